"""What the product costs, beside what its parts cost at least: `make bench`."""
