"""What people and systems do with the product: one file and one transaction each."""
