"""The paying customers."""
