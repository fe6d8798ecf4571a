"""Importing files: rows become events and go the same way as what billing reports."""
