"""Signals of fraud and the holds that they open."""
