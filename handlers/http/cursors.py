"""The home of pages over HTTP: ``limit``, opaque cursors, and the shape of a list."""

import base64
import hashlib
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from aiohttp import web

from domain.entities.page import Page
from domain.entities.views import Cursor
from handlers.http.errors import Refused

LIMIT_DEFAULT = 50
LIMIT_MAX = 200

Row = TypeVar("Row")

_PLACE = struct.Struct(">qq")
_CHECK_BYTES = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def wanted_page(request: web.Request) -> tuple[Cursor | None, int]:
    """Return after which row the page begins, and how many rows it may have.

    Raises:
        Refused: 422, a parameter is wrong.
    """
    limit = wanted_limit(request)
    cursor = one_parameter(request, "cursor")
    return (decoded(cursor) if cursor else None), limit


def wanted_limit(request: web.Request) -> int:
    """Return how many rows a page may have.

    Raises:
        Refused: 422, it is no such number.
    """
    said = one_parameter(request, "limit")
    if said is None:
        return LIMIT_DEFAULT
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(LIMIT_MAX))
    if not is_number or not 1 <= int(said) <= LIMIT_MAX:
        raise wrong_parameter("limit", f"must be a whole number from 1 to {LIMIT_MAX}")
    return int(said)


def one_parameter(request: web.Request, name: str) -> str | None:
    """Return a query parameter, ``None`` where it is absent.

    Raises:
        Refused: 422, it stands there twice.
    """
    said = request.query.getall(name, [])
    if len(said) > 1:
        raise wrong_parameter(name, "must stand there once")
    return said[0] if said else None


def encoded(cursor: Cursor) -> str:
    """Return the cursor as an opaque text."""
    place = _PLACE.pack((cursor.at - _EPOCH) // _MICROSECOND, cursor.id)
    return base64.urlsafe_b64encode(place + _check(place)).decode()


def decoded(text: str) -> Cursor:
    """Return the cursor behind the text.

    Raises:
        Refused: 422, it is not one of ours.
    """
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        place, check = raw[: _PLACE.size], raw[_PLACE.size :]
        micros, row_id = _PLACE.unpack(place)
        cursor = Cursor(_EPOCH + timedelta(microseconds=micros), row_id)
    except (ValueError, OverflowError, struct.error):
        raise wrong_parameter("cursor", "must be a next_cursor as it was given") from None
    if check != _check(place):
        raise wrong_parameter("cursor", "must be a next_cursor as it was given")
    return cursor


def _check(place: bytes) -> bytes:
    """Return a few bytes that find a damaged cursor; it opens nothing, so nobody need sign it."""
    return hashlib.sha256(place).digest()[:_CHECK_BYTES]


def shown_page(page: Page[Row], show: Callable[[Row], dict[str, object]]) -> dict[str, object]:
    """Return the page as the API shows it."""
    following = encoded(page.following) if page.following else None
    return {"items": [show(row) for row in page.rows], "next_cursor": following}


def wrong_parameter(field: str, message: str) -> Refused:
    """Return that a query parameter is wrong."""
    return Refused(422, "malformed", f"{field} {message}", field=field)
