"""E-mails to people."""
