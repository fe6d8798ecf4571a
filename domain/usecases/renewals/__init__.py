"""Renewals of clients' services (R45)."""
