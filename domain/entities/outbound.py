"""The home of outbound events: what the vendor's systems are told, signed, in their own time."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

OUTBOUND_STOPPED = "outbound_stopped"
"""Names the setting with the address that answered that it is gone; an empty text is none."""

OUTBOUND_TYPES: Final = frozenset(
    {
        *("client.registered", "client.pinned", "client.unprotected", "client.pin_requested"),
        *("commission.created", "commission.clawed_back"),
        *("payout.requested", "payout.done", "payout.rejected", "payout.cancelled"),
        *("payout.returned", "payout.reopened"),
        *("promo.activated", "credit.granted", "credit.reduced"),
        *("invoice.requested", "invoice.cancelled"),
        *("ticket.opened", "ticket.replied"),
    }
)
"""All that the vendor's systems are told; each is documented, and a test compares them."""


def address_name(address: str) -> str:
    """Return a name of an address that gives none of its secrets away."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundEvent:
    """One webhook owed to the vendor.

    Attributes:
        id: Our id; its text is the ``webhook-id``, the same at each attempt.
        type: Such as ``commission.created``.
        data: JSON values only: amounts and instants as text.
        created_at: When the fact was written; the ``timestamp`` of the body.
        subject: Events about one subject, such as ``payout:42``, go out one after the other;
            ``None`` for an event that may overtake any other.
        client_id: Our id of the client whose personal data is in ``data``, so that it can be
            erased; ``None`` where there is none.
        attempts: How often it was sent, this time included.
        tried_since: When the attempts began, ``None`` before the first.
        error: What came of the last attempt, for engineers; ``None`` before the first.
    """

    id: int
    type: str
    data: dict[str, object] = field(default_factory=dict)
    created_at: datetime
    subject: str | None = None
    client_id: int | None = None
    attempts: int = 0
    tried_since: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundCounts:
    """How many webhooks wait to be sent, and how many were given up."""

    waiting: int
    undelivered: int
