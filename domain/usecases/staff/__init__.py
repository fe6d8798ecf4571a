"""The people of the vendor."""
