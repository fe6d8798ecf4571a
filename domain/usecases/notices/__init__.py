"""Messages owed."""
