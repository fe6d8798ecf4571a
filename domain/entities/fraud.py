"""The home of signals of fraud and of the holds that they open."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SignalKind(StrEnum):
    """What looked wrong."""

    SELF_REFERRAL = "self_referral"
    SHARED_ACCOUNT = "shared_account"
    PAYOUT_TAKEOVER = "payout_takeover"
    VELOCITY = "velocity"
    CLICK_FLOOD = "click_flood"
    LAST_SECOND = "last_second"
    REFUND_RATE = "refund_rate"
    REFUNDED_AFTER_PAYOUT = "refunded_after_payout"


class HoldScope(StrEnum):
    """What a hold is about."""

    REGISTRATION = "registration"
    COMMISSION = "commission"
    ENROLMENT = "enrolment"


class HoldStatus(StrEnum):
    """Where a hold stands; a noted one holds nothing yet and waits for eyes."""

    NOTED = "noted"
    OPEN = "open"
    RELEASED = "released"
    CONFIRMED = "confirmed"


WAITING = (HoldStatus.NOTED, HoldStatus.OPEN)
RELEASE_REASONS = ("explained", "mistake", "verified", "other")
"""Coded reasons of a release."""
CONFIRM_REASONS = ("self_dealing", "fake_clients", "stolen_account", "rules", "other")
"""Coded reasons of a confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing that looked wrong; found once, never edited but for its hold.

    Attributes:
        id: Our id.
        kind: What.
        enrolment_id: Whose.
        subject: What it is about, such as ``client:42``; one signal of a kind for each.
        found_at: When.
        client_id: The client, or ``None``.
        commission_id: The commission, or ``None``.
        details: Figures for the words; nothing personal.
        hold_id: The hold that it is a reason of, or ``None``.
    """

    id: int
    kind: SignalKind
    enrolment_id: int
    subject: str
    found_at: datetime
    client_id: int | None = None
    commission_id: int | None = None
    details: dict[str, object] = field(default_factory=dict)
    hold_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudHold:
    """A hold with its decision.

    Attributes:
        id: Our id.
        enrolment_id: Whose.
        scope: What it is about.
        subject_id: Our id of the client or commission; of the enrolment itself else.
        status: Where it stands.
        opened_at: When.
        opened_by: Staff member, ``None`` where signals opened it.
        opened_text: Why staff opened it; empty else.
        decided_by: Staff member, or ``None``.
        decided_at: When, or ``None``.
        reason_code: Coded reason of the decision, or ``None``.
        reason_text: The words of staff; may be empty.
    """

    id: int
    enrolment_id: int
    scope: HoldScope
    subject_id: int
    status: HoldStatus
    opened_at: datetime
    opened_by: int | None = None
    opened_text: str = ""
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason_code: str | None = None
    reason_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudHoldView:
    """A hold with its reasons, for its card.

    Attributes:
        hold: The hold.
        signals: Its reasons, oldest first.
        code: Of the partner.
        partner_name: Hostile text.
        client_name: Of a registration or a commission; hostile; ``None`` else.
        payment_id: Of a commission, billing's id; ``None`` else.
        minor: Of a commission: what the hold keeps; 0 else.
        currency: Of ``minor`` and of the program.
        decided_by_name: Who decided, or ``None``.
        opened_by_name: Who opened it, or ``None``.
    """

    hold: FraudHold
    signals: tuple[Signal, ...]
    code: str
    partner_name: str
    client_name: str | None = None
    payment_id: str | None = None
    minor: int = 0
    currency: str = ""
    decided_by_name: str | None = None
    opened_by_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUse:
    """How a pay-out account was used before.

    Attributes:
        first_used_at: By this partner first; now where it is new.
        other_partners: How many others use the same account.
        other_accounts: How many other accounts this partner used before.
    """

    first_used_at: datetime
    other_partners: int
    other_accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What came through a partner's links on a day."""

    enrolment_id: int
    clicks: int
    starts: int
    registrations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundShare:
    """What a partner earned and lost by refunds in a period, minor units."""

    enrolment_id: int
    program: str
    payments: int
    earned: int
    clawed_back: int
