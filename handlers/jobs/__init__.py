"""Plain callables that the process runs by itself."""
