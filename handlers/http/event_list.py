"""The home of listing events that took no effect, for the vendor's systems."""

import base64
import binascii
import hashlib
import struct
from datetime import UTC, datetime, timedelta

from aiohttp import web

from domain.entities.event import EventCursor, EventShelf
from handlers.http.clients import shown_event
from handlers.http.cursors import one_parameter, wanted_limit, wrong_parameter
from handlers.http.doors import DOORS
from handlers.http.readers import reads

SHELVES = {"parked": EventShelf.PARKED, "rejected": EventShelf.REJECTED}

_AT = struct.Struct(">q")
_CHECK_BYTES = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@reads
async def list_events(request: web.Request) -> dict[str, object]:
    """List events that are parked or were rejected, newest first; both without ``status``."""
    said = one_parameter(request, "status")
    if said is not None and said not in SHELVES:
        raise wrong_parameter("status", f"must be one of {', '.join(SHELVES)}")
    shelf = SHELVES[said] if said else EventShelf.OPEN
    cursor = one_parameter(request, "cursor")
    before = decoded(cursor) if cursor else None
    page = await request.app[DOORS].list_events.for_systems(shelf, before, wanted_limit(request))
    return {
        "items": [shown_event(record) for record in page.rows],
        "next_cursor": encoded(page.following) if page.following else None,
    }


def encoded(cursor: EventCursor) -> str:
    """Return the cursor as an opaque text."""
    place = _AT.pack((cursor.at - _EPOCH) // _MICROSECOND) + cursor.id.encode()
    return base64.urlsafe_b64encode(_check(place) + place).decode()


def decoded(text: str) -> EventCursor:
    """Return the cursor behind the text.

    Raises:
        Refused: 422, it is not one of ours.
    """
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        check, place = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
        (micros,) = _AT.unpack(place[: _AT.size])
        event_id = place[_AT.size :].decode()
        cursor = EventCursor(_EPOCH + timedelta(microseconds=micros), event_id)
    except (binascii.Error, ValueError, OverflowError, struct.error):
        raise wrong_parameter("cursor", "must be a next_cursor as it was given") from None
    if check != _check(place):
        raise wrong_parameter("cursor", "must be a next_cursor as it was given")
    return cursor


def _check(place: bytes) -> bytes:
    """Return a few bytes that find a damaged cursor; it opens nothing, so nobody need sign it."""
    return hashlib.sha256(b"events" + place).digest()[:_CHECK_BYTES]
