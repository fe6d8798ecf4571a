"""Earnings that become service credit."""
