"""Clients that a partner names in advance: naming, the client's answer, protection and its end."""
