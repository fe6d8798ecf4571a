"""The home of stored events: what billing said, and what came of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.records import quick

SUPERSEDED = "superseded"
"""Code of the error of a parked event that another one about the same fact took the place of."""
REPLACED_BY = "replaced by event "
"""What its sentence begins with; the id of the other follows."""


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

    @classmethod
    def replaced(cls, by: str) -> "EventError":
        """Return why a parked event came to nothing: another one says the same fact anew."""
        return cls(code=SUPERSEDED, field=None, message=f"{REPLACED_BY}{by}")

    @property
    def replaced_by(self) -> str | None:
        """The id of the event that took its place, ``None`` for another error."""
        return self.message.removeprefix(REPLACED_BY) if self.code == SUPERSEDED else None


@quick
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


class EventShelf(StrEnum):
    """Which events that took no effect are asked for."""

    FOR_STAFF = "staff"
    """Parked until people mend something."""
    WAITING = "waiting"
    """Parked until their cause arrives."""
    PARKED = "parked"
    """Both of them."""
    REJECTED = "rejected"
    """Final."""
    OPEN = "open"
    """All of them."""


@dataclass(frozen=True, slots=True)
class EventCursor:
    """A place in a list of events, newest first: the last one that was shown."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCounts:
    """How many events took no effect.

    Attributes:
        for_staff: Parked until people mend something.
        waiting: Parked until their cause arrives.
        rejected: Final, of late.
    """

    for_staff: int
    waiting: int
    rejected: int


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Names an event on a button, where its id may not fit: when we got it, and a digest."""

    received_at: datetime
    digest: str


def place_of(record: EventRecord) -> EventPlace:
    """Return the event's name on a button."""
    return EventPlace(record.received_at, short_digest(record.id))


def short_digest(text: str) -> str:
    """Return a short name of a text; a match is looked for among few."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
