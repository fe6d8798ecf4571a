"""Whose a client is: questions, claims, objections."""
