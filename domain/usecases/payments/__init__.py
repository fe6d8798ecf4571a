"""What clients paid."""
