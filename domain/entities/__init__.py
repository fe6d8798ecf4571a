"""Frozen records of the product; each constructor checks its own sense."""
