"""Joining by application: the form, the papers, the review, the decision (R30-R34)."""
