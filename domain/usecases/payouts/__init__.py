"""Money sent to partners."""
