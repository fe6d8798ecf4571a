"""Messages of staff to many people."""
