"""Why a sum is what it is."""
