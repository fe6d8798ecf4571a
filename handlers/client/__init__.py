"""Clients in Telegram."""
