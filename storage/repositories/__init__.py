"""One repository per capability; strangers to each other."""
