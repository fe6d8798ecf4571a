"""What partners see: pure functions from results to screens."""
