"""The links that partners share."""
