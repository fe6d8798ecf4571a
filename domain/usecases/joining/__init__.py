"""How a partner comes in."""
