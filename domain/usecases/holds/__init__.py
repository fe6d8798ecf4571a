"""Commissions that wait."""
