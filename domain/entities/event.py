"""The home of stored events: what billing said, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventStatus(StrEnum):
    """What came of an event; every accepted event is in exactly one."""

    APPLIED = "applied"
    PARKED = "parked"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    """The same fact under a new id: the id is used up, the first event stands for both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventError:
    """Why an event is parked or rejected: code, field and a sentence for engineers."""

    code: str
    field: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """An event as it was accepted.

    Attributes:
        id: The sender's id; one space for single events and batches.
        kind: Type, such as ``payment.succeeded``.
        data: The data as canonical JSON text.
        fact: What it is about; unique among events that are not rejected.
        at: Its own time.
        source: ``billing``, ``staff`` or ``import``.
        received_at: When we got it.
        status: What came of it.
        reason: Why an applied event earned nothing or attributed nobody, or ``None``.
        error: Why it is parked or rejected, or ``None``.
        waits_for: What a parked event waits for, such as ``client:42``; ``staff:...`` for people.
        applied_at: When it was applied, or ``None``.
    """

    id: str
    kind: str
    data: str
    fact: str
    at: datetime
    source: str
    received_at: datetime
    status: EventStatus
    reason: str | None = None
    error: EventError | None = None
    waits_for: str | None = None
    applied_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventConflict:
    """A second body under the id of an event that says something else; both are kept."""

    id: int
    event_id: str
    kind: str
    data: str
    received_at: datetime
