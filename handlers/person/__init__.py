"""What anybody has in Telegram: settings, privacy, help, news."""
