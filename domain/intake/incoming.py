"""The home of events on their way in, and of what their senders are told."""

from dataclasses import dataclass, field

from domain.entities.event import EventError, EventRecord, EventStatus
from domain.events.kept import ClientUpdated
from domain.events.types import Event
from domain.records import quick


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event as it came.

    Attributes:
        id: The sender's id.
        kind: Type, such as ``payment.succeeded``.
        data: The data as canonical JSON text.
        event: The same, typed.
        source: ``billing``, ``staff`` or ``import``.
        rerun: A parked event that staff run again.
    """

    id: str
    kind: str
    data: str
    event: Event
    source: str = "billing"
    rerun: bool = False

    @property
    def fact(self) -> str:
        """What it is about; of what may be said again and again, each event is its own."""
        fact = self.event.fact
        return f"{fact}{self.id}" if isinstance(self.event, ClientUpdated) else fact


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the sender of one event is told.

    Attributes:
        id: The sender's id.
        status: ``applied``, ``duplicate``, ``parked``, ``rejected`` or ``conflict``.
        reason: Why an applied event earned nothing or attributed nobody.
        error: Why it is parked or rejected.
        standing: What came of the event that a duplicate repeats; ``None`` for all others.
    """

    id: str
    status: str
    reason: str | None = None
    error: EventError | None = None
    standing: EventStatus | None = field(default=None, compare=False)


def told(record: EventRecord) -> Answer:
    """Return what the sender is told of an event as it stands."""
    return Answer(
        id=record.id, status=record.status.value, reason=record.reason, error=record.error
    )
