"""The home of claims: a partner says that a client is its own, or a client says it is not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.entities.pin import Pin


class ClaimOrigin(StrEnum):
    """Who asks staff to look again."""

    PARTNER = "partner"
    CLIENT = "client"


class ClaimStatus(StrEnum):
    """Where a claim stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class NamedBy(StrEnum):
    """By what a client was named."""

    ACCOUNT = "account"
    EMAIL = "email"
    PHONE = "phone"
    PERSON = "person"
    DATE = "date"


CLAIM_REASONS = ("proof", "our_mistake", "client_word", "other")
"""Coded reasons of an acceptance."""
CLIENT_ERASED = "client_erased"
"""Reason of an objection that ended because its client was erased."""
CLAIM_REFUSALS = ("no_proof", "rules", "client_word", "duplicate", "other")
"""Coded reasons of a rejection."""


@dataclass(frozen=True, slots=True)
class NamedClient:
    """What a partner typed to name a client, read.

    Attributes:
        by: What it is.
        value: Normalised: an address, digits, an id, a day as ``2026-03-01``.
    """

    by: NamedBy
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim.

    Attributes:
        id: Our id.
        origin: A partner claims, or a client objects.
        program: In which program.
        enrolment_id: The partner that claims; ``None`` for a client's objection.
        client_id: The client, ``None`` while nobody is known by what was named.
        opened_by: Telegram user id of who asked.
        named_by: By what the client was named.
        name_key: Keyed digest of what was named, or of the client: one open claim for each.
        named: What was named; personal, encrypted at rest.
        comment: The asker's own words and what it forwarded; encrypted at rest; may be empty.
        status: Where it stands.
        opened_at: When.
        due_at: Until when staff promise to decide.
        reminders: How often staff were reminded.
        decided_by: Staff member, or ``None``.
        decided_at: When, or ``None``.
        given_to: The enrolment that has the client since an acceptance, or ``None``.
        reason_code: Coded reason of the decision, or ``None``.
        reason_text: The words of staff; may be empty.
        pin_id: The refused pin that it disputes, or ``None`` (R24).
    """

    id: int
    origin: ClaimOrigin
    program: str
    enrolment_id: int | None
    client_id: int | None
    opened_by: int
    named_by: NamedBy
    name_key: str
    named: str
    comment: str
    status: ClaimStatus
    opened_at: datetime
    due_at: datetime
    reminders: int = 0
    decided_by: int | None = None
    decided_at: datetime | None = None
    given_to: int | None = None
    reason_code: str | None = None
    reason_text: str = ""
    pin_id: int | None = None


class Whereabouts(StrEnum):
    """The honest answer to "why is my client not here?"."""

    YOURS = "yours"
    YOURS_ENDED = "yours_ended"
    YOURS_PARKED = "yours_parked"
    UNKNOWN = "unknown"
    NOT_REPORTED = "not_reported"
    NO_CLICK = "no_click"
    BEFORE_CLICK = "before_click"
    OUTSIDE_WINDOW = "outside_window"
    SELF_REFERRAL = "self_referral"
    CLICK_INVALID = "click_invalid"
    CLICK_NOT_SEEN = "click_not_seen"
    PARTNER_SUSPENDED = "partner_suspended"
    DETACHED = "detached"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One click of the client, as staff see it.

    Attributes:
        code: Of the link.
        enrolment_id: Whose link.
        at: When.
        how: ``redirect``, ``start``, ``recorded``, ``token`` or ``named``.
    """

    code: str
    enrolment_id: int
    at: datetime
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a partner may know of a client that it misses.

    Attributes:
        where: The answer.
        client_id: Our id of the client, for the claim; never shown.
        first_click_at: The client's first click on the partner's own link, or ``None``.
        registered_at: When it registered; only with a click on the own link, or if it is its own.
        window_ends_at: The last second that would have counted, or ``None``.
        earns_until: Of an own client that earns no more, or ``None``.
        claim: A claim of this client that is open already, or ``None``.
        may_claim: A claim can be opened.
    """

    where: Whereabouts
    client_id: int | None = None
    first_click_at: datetime | None = None
    registered_at: datetime | None = None
    window_ends_at: datetime | None = None
    earns_until: datetime | None = None
    claim: Claim | None = None
    may_claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """What happened through the partner's links on one day.

    Attributes:
        day: As ``2026-03-01``.
        clicks: Visits.
        starts: Deep links opened.
        names: Of the clients that registered; hostile texts.
    """

    day: str
    clicks: int
    starts: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A partner that a client might belong to, as staff see it on a claim.

    Attributes:
        enrolment_id: Which.
        code: Its code.
        name: Hostile text.
        first_click_at: The client's first click on its links, or ``None``.
        clicks: How many clicks are known.
        claims: It has an open claim of this client.
        has_it: The client belongs to it now.
        is_self: The client is the partner itself (R4).
    """

    enrolment_id: int
    code: str
    name: str
    first_click_at: datetime | None
    clicks: int
    claims: bool
    has_it: bool
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim with its evidence, for its card.

    Attributes:
        claim: The claim.
        client_name: Hostile text; ``None`` while no client is known.
        client_shown_id: Billing's id, or ``None``.
        registered_at: Of the client, or ``None``.
        reason: Why nobody has the client, or ``None``.
        claimants: Every partner that comes into question, the one that claims first.
        unpaid_minor: What the claimant would have earned by payments of the client so far.
        currency: Of ``unpaid_minor``.
        decided_by_name: Who decided, or ``None``.
        window_days: The attribution window of the program.
        pin: The refused pin that is disputed, or ``None``.
    """

    claim: Claim
    client_name: str | None = None
    client_shown_id: str | None = None
    registered_at: datetime | None = None
    reason: str | None = None
    claimants: tuple[Claimant, ...] = ()
    unpaid_minor: int = 0
    currency: str = ""
    decided_by_name: str | None = None
    window_days: int | None = None
    pin: Pin | None = None
