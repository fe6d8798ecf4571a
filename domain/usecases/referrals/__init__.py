"""Whom a partner brought."""
