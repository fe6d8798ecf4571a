"""The home of pins: a client that a partner named in advance by its account (R23)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.ids import encode

LINK_PREFIX: Final = "p_"
"""How a client's link to a request begins."""


class PinStatus(StrEnum):
    """Where a pin stands."""

    ACTIVE = "active"
    WAITING = "waiting"
    COMMISSION_ONLY = "commission_only"
    REFUSED = "refused"
    ENDED = "ended"


STANDING = (PinStatus.ACTIVE, PinStatus.WAITING, PinStatus.COMMISSION_ONLY)
"""Pins that still mean something; a partner has one of them for an account."""


class PinReason(StrEnum):
    """Why a pin does not protect."""

    OTHERS = "others"
    SELF_REFERRAL = "self_referral"
    DECLINED = "declined"
    SILENCE = "silence"
    RELEASED = "released"
    CLIENT = "client"
    STAFF = "staff"
    MOVED = "moved"
    LEFT = "left"
    SAME_CLIENT = "same_client"


DISPUTABLE = frozenset(
    {PinReason.OTHERS, PinReason.SELF_REFERRAL, PinReason.DECLINED, PinReason.SILENCE}
)
"""Refusals that staff can be asked to look at again (R24)."""


class PinProof(StrEnum):
    """How the client shows that it is itself when it answers."""

    NONE = "none"
    """Nobody is asked."""
    PERSON = "person"
    """By the Telegram account that is known of it."""
    PHONE = "phone"
    """By sharing the phone number that is known of it."""
    VENDOR = "vendor"
    """By a link that only the vendor hands on: nothing is known to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A client's account as a partner named it.

    Attributes:
        id: Our id.
        enrolment_id: Who named it.
        program: In which program.
        account_id: The account, as the vendor knows it.
        client_id: The client of the account; ``None`` where there is none.
        status: Where it stands; only an active one protects.
        reason: Why it does not protect, or ``None``.
        proof: How the client shows that it is itself.
        created_by: Telegram user id of the member who named it.
        created_at: When.
        expires_at: From this instant the client's silence is its answer, or ``None``.
        answered_at: When the client answered, or ``None``.
        ended_at: When it ended, or ``None``.
    """

    id: int
    enrolment_id: int
    program: str
    account_id: str
    client_id: int | None
    status: PinStatus
    reason: PinReason | None = None
    proof: PinProof = PinProof.NONE
    created_by: int
    created_at: datetime
    expires_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def protects(self) -> bool:
        """Test if the vendor's sales must leave the client alone."""
        return self.status is PinStatus.ACTIVE

    @property
    def is_disputable(self) -> bool:
        """Test if it was refused, so that staff can be asked to look again (R24)."""
        is_over = self.status in (PinStatus.REFUSED, PinStatus.COMMISSION_ONLY)
        return is_over and self.reason in DISPUTABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class PinView:
    """A pin with what is known of the client.

    Attributes:
        pin: The pin.
        client_name: Hostile text; ``None`` where the asker may not know it.
        client_shown_id: Billing's id or ``bot-...``, or ``None`` as above.
        is_reported: Billing has reported the client.
        is_paying: It has a payment that is not fully refunded.
        is_active: It has an active service.
        deleted_at: When the client was deleted, or ``None``.
        code: Of the partner; for staff.
        claim_id: An open dispute about it, or ``None``.
        key: The secret end of the client's link; "" where the reader is not to have it.
    """

    pin: Pin
    client_name: str | None = None
    client_shown_id: str | None = None
    is_reported: bool = False
    is_paying: bool = False
    is_active: bool = False
    deleted_at: datetime | None = None
    code: str = ""
    claim_id: int | None = None
    key: str = ""


def link_of(pin_id: int, key: str) -> str:
    """Return what stands behind ``?start=`` in the client's link."""
    return f"{LINK_PREFIX}{encode(pin_id)}_{key}"
