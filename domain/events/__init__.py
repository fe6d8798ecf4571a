"""What billing reports: the typed events and the reader that names every wrong field."""
