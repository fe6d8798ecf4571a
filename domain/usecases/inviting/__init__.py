"""Inviting clients by e-mail, and registering by such an invitation."""
