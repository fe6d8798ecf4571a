"""Looking partners and clients up by whatever is known of them."""
