"""Months of a partner's money."""
