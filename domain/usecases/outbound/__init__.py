"""Webhooks to the vendor."""
