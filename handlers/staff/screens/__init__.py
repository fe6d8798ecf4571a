"""What staff see: pure functions from results to screens."""
