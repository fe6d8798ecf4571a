"""Reminding people of what waits for them."""
