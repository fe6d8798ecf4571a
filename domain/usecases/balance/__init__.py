"""What a partner has."""
