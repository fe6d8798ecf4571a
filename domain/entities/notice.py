"""The home of notices: messages owed to a person or to the staff, rendered when they are sent."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.records import quick

STAFF_CHAT = 0
"""Recipient of what goes to the admin chat, wherever that is when the notice is sent."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message owed.

    Attributes:
        id: Our id; the order within one recipient.
        recipient: Telegram user id, or ``STAFF_CHAT``.
        kind: Names the screen that words it.
        params: Facts for the screen: texts, integers, ISO instants.
        created_at: When it was owed.
        attempts: How often sending was tried.
        error: What came of the last try, for engineers; ``None`` before the first.
    """

    id: int
    recipient: int
    kind: str
    params: dict[str, object] = field(default_factory=dict)
    created_at: datetime
    attempts: int = 0
    error: str | None = None
