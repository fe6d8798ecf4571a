"""Named levels of partners."""
