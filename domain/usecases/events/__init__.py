"""What billing reports."""
