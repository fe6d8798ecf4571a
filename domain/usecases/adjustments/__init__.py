"""Balances adjusted by staff."""
