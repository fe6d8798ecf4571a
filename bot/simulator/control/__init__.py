"""The control API under /sim/: what people do, for the page and the tests."""
