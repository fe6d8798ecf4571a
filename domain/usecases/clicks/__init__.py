"""Visits through links."""
