"""What all Telegram screens share; no use case is called here."""
