"""What a partner program means: no framework, no I/O, no clock."""
