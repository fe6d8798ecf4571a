"""The home of reading control calls: JSON objects, numbers, words."""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.simulator.errors import ControlError
from bot.simulator.wire import Json

Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(route: Route) -> Route:
    """Turn refusals into ``{"error": …}`` answers."""

    async def guarded_route(request: web.Request) -> web.StreamResponse:
        try:
            return await route(request)
        except ControlError as error:
            return web.json_response({"error": error.sentence}, status=error.status)

    return guarded_route


async def read_object(request: web.Request) -> Json:
    """Read the JSON object of a body; an empty body is an empty object."""
    raw = await request.text()
    try:
        parsed = json.loads(raw or "{}")
    except ValueError as error:
        raise ControlError("the body is not JSON") from error
    if not isinstance(parsed, dict):
        raise ControlError("the body must be a JSON object")
    return parsed


def number(fields: Json, name: str, *, default: int | None = None) -> int:
    """Read a whole number.

    Raises:
        ControlError: It is missing without a default, or no number.
    """
    value = fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ControlError(f"“{name}” must be a whole number")
    try:
        return int(value)
    except ValueError as error:
        raise ControlError(f"“{name}” must be a whole number") from error


def optional_number(fields: Json, name: str) -> int | None:
    """Read a whole number that may be missing."""
    value = fields.get(name)
    return None if value is None or value == "" else number(fields, name)


def seconds(fields: Json, name: str, *, most: float) -> float:
    """Read a span of time, none if it is missing."""
    value = fields.get(name) or 0
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError(f"“{name}” must be a number of seconds")
    return min(float(value), most)


def words(fields: Json, name: str, *, default: str = "") -> str:
    """Read a text."""
    value = fields.get(name, default)
    if not isinstance(value, str):
        raise ControlError(f"“{name}” must be a text")
    return value


def in_path(request: web.Request, name: str) -> int:
    """Read a number from the path."""
    return number(dict(request.match_info), name)


def in_query(request: web.Request, name: str, *, default: int = 0) -> int:
    """Read a number from the query string."""
    return number(dict(request.query), name, default=default)
