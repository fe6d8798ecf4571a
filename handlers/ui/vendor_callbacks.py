"""The home of button values about the vendor's systems: events in, webhooks out, lost messages."""

from datetime import UTC, datetime, timedelta

from aiogram.filters.callback_data import CallbackData

from domain.entities.event import EventPlace, EventRecord, EventShelf, place_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
CALLBACK_BYTES_MAX = 64


class _Placed(CallbackData, prefix=""):
    """Names an event by when we got it and a digest; ids may be too long for a button."""

    at: int = 0
    digest: str = ""

    @property
    def place(self) -> EventPlace | None:
        """The event, ``None`` for no place at all."""
        try:
            return EventPlace(_EPOCH + self.at * _MICROSECOND, self.digest) if self.at else None
        except OverflowError:
            return None


class EventList(_Placed, prefix="el"):
    """Open a list of events without effect, behind an event of it."""

    shelf: str = EventShelf.FOR_STAFF.value


class EventPress(_Placed, prefix="ev"):
    """A press under an event; ``pick`` is a digest of the category that was chosen."""

    action: str
    pick: str = ""


class EventById(CallbackData, prefix="ei"):
    """Open an event by its id, where that fits."""

    id: str


class OutboundPress(CallbackData, prefix="ob"):
    """A press in the list of webhooks that were not delivered."""

    action: str
    id: int = 0


class LostPress(CallbackData, prefix="lo"):
    """A press in the list of messages that this chat never got."""

    action: str


def event_press(action: str, record: EventRecord, pick: str = "") -> EventPress:
    """Return the value of a button under an event."""
    at, digest = _named(record)
    return EventPress(action=action, at=at, digest=digest, pick=pick)


def events_after(shelf: EventShelf, record: EventRecord | None = None) -> EventList:
    """Return the value of a button that opens a list, behind an event of it or at its start."""
    at, digest = _named(record) if record else (0, "")
    return EventList(shelf=shelf.value, at=at, digest=digest)


def event_by_id(event_id: str) -> EventById | None:
    """Return the value of a button that opens an event, ``None`` where its id does not fit."""
    if ":" in event_id or len(f"ei:{event_id}".encode()) > CALLBACK_BYTES_MAX:
        return None
    return EventById(id=event_id)


def _named(record: EventRecord) -> tuple[int, str]:
    place = place_of(record)
    return (place.received_at - _EPOCH) // _MICROSECOND, place.digest
