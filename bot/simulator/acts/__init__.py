"""What happens in the world: people act, messages are posted, updates follow."""
