"""The home of a partner's team: its members and the invitations that are open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.rights import MemberRole

TEAM_INVITATION_HOURS: Final = 48
MEMBERS_MAX: Final = 50
"""Members of a partner at a time."""
INVITATIONS_MAX: Final = 10
"""Open invitations of a partner at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a partner.

    Attributes:
        person_id: Telegram user id.
        name: As Telegram shows it; hostile text.
        role: What the person may do.
        joined_at: Since when.
    """

    person_id: int
    name: str
    role: MemberRole
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInvitation:
    """A one-time invitation into a partner's team (R35).

    Attributes:
        id: Our id.
        token_hash: SHA-256 of the token; the token itself is not kept.
        partner_id: The partner.
        role: The role that it gives.
        created_by: Who invited.
        created_at: When.
        expires_at: The first instant at which it is void.
        used_by: Who used it, or ``None``.
        used_at: When, or ``None``.
        cancelled_at: When it was taken back, or ``None``.
    """

    id: int
    token_hash: str
    partner_id: int
    role: MemberRole
    created_by: int
    created_at: datetime
    expires_at: datetime
    used_by: int | None = None
    used_at: datetime | None = None
    cancelled_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Test if somebody can still use it."""
        return self.used_at is None and self.cancelled_at is None and now < self.expires_at
