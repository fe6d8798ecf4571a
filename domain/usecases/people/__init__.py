"""Who speaks to the bot."""
