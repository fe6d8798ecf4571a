"""Promo codes for clients that came by a partner's link (R36)."""
