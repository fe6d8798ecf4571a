"""Partners in Telegram."""
