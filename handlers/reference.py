"""The home of the reference number: a person is told it, and the log has it in every line."""

from contextvars import ContextVar

REFERENCE: ContextVar[str] = ContextVar("reference", default="")
"""Of the update or request that is being handled; "" outside of any."""
