"""Taking data out as tables."""
