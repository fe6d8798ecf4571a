"""The simulated world as plain data: no HTTP, no waiting."""
