"""What the vendor knows about a partner, and what the partner changes of it."""
