"""Use cases of calculator."""
