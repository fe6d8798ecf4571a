"""The home of the read routes' common steps: who reads, and what is not there."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.http.addresses import sender_of
from handlers.http.auth import require_token
from handlers.http.doors import API_TOKENS, DOORS, THROTTLE
from handlers.http.errors import Refused, json_answer

NO_STORE = {"Cache-Control": "no-store"}
Read = Callable[[web.Request], Awaitable[dict[str, object]]]
Handler = Callable[[web.Request], Awaitable[web.Response]]


def reads(read: Read) -> Handler:
    """Return a handler that answers what ``read`` returns to holders of a bearer token."""

    async def handle(request: web.Request) -> web.Response:
        _require_reader(request)
        return json_answer(await read(request), headers=NO_STORE)

    return handle


def _require_reader(request: web.Request) -> None:
    doors, throttle, tokens = request.app[DOORS], request.app[THROTTLE], request.app[API_TOKENS]
    sender = sender_of(request, doors.trusted_proxies)
    try:
        number = require_token(request.headers, tokens)
    except Refused:
        throttle.count(doors.limits.refused, "refused", sender)
        raise
    throttle.count(doors.limits.reads, "reads", str(number))


def name_in(request: web.Request, part: str) -> str:
    """Return a part of the path; what no name can be is not there.

    Raises:
        Refused: 404, it cannot be a name of anything.
    """
    name = request.match_info[part]
    if not name.isprintable():
        raise not_there(part)
    return name


def not_there(what: str) -> Refused:
    """Return that nothing is known under the name in the path."""
    return Refused(404, "not_found", "nothing is known under this name", field=what)
