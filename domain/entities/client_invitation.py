"""The home of invitations that a partner sends to a client by e-mail."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

CLIENT_INVITATION_DAYS: Final = 14
CLIENT_INVITATIONS_PER_DAY: Final = 10
DAY: Final = timedelta(hours=24)
CLIENT_NAME_MAX: Final = 200


class InvitationStatus(StrEnum):
    """Where an invitation stands; whether it was opened is the client's own business."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientInvitation:
    """One e-mail by which a partner invites a client; used once.

    Attributes:
        id: Our id.
        enrolment_id: Whose client it would be.
        invited_by: The member that sent it.
        address: Encrypted at rest; "" once it was used, revoked or has expired long ago.
        name: As the partner typed it, encrypted at rest; may be empty.
        token_hash: SHA-256 of the token in the link.
        created_at: When it was sent.
        expires_at: The first instant at which it is void.
        person_id: Who opened it in Telegram, or ``None``.
        accepted_at: When the client registered by it, or ``None``.
        revoked_at: When the partner took it back, or the reader wanted no more, or ``None``.
    """

    id: int
    enrolment_id: int
    invited_by: int
    address: str = field(repr=False)
    name: str = field(repr=False)
    token_hash: str
    created_at: datetime
    expires_at: datetime
    person_id: int | None = None
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def click_id(self) -> str:
        """The id of the click that opening it is: the same for every visit."""
        return f"invitation:{self.id}"

    def status(self, now: datetime) -> InvitationStatus:
        """Return where it stands."""
        if self.accepted_at is not None:
            return InvitationStatus.ACCEPTED
        if self.revoked_at is not None:
            return InvitationStatus.REVOKED
        return InvitationStatus.SENT if now < self.expires_at else InvitationStatus.EXPIRED
