"""What is new to a person."""
