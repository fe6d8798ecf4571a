"""A partner's team: who belongs to it, inviting, roles, leaving (R35)."""
