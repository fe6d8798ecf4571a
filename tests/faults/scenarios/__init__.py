"""Scenarios of faults; each gives one row of the table."""
