"""The Bot API: reading calls, checking them in Telegram's order, answering."""
