"""The HTTP side: billing events, the redirect, the read API, health and metrics."""
