"""Certificates of partners."""
