"""The home of the edge: what every answer gets, and what becomes of every exception."""

import asyncio
import logging
import time
from random import getrandbits

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from handlers.http.doors import HttpDoors
from handlers.http.errors import Refused, json_answer
from handlers.http.headers import SAFETY
from handlers.http.pages import problem_page
from handlers.reference import REFERENCE

API_PREFIX = "/api/"
OUTAGE_RETRY_SECONDS = "5"
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}

logger = logging.getLogger(__name__)


def build_edge(doors: HttpDoors) -> Middleware:
    """Return the outermost middleware of a server."""

    @web.middleware
    async def edge(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer whatever happens, time it, and add the headers of safety."""
        begun = time.perf_counter()
        # A name for people to quote, no secret: any that the log has once will do.
        REFERENCE.set(f"{getrandbits(32):08x}")
        try:
            response = await handler(request)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - logged below where it is not expected
            response = _answer_to(error, request, doors)
        if not isinstance(response, web.Response) or response.body:
            for name, value in SAFETY.items():
                response.headers.setdefault(name, value)
        resource = request.match_info.route.resource
        doors.metrics.observe_request(
            request.method if resource else "other",
            resource.canonical if resource else "unmatched",
            response.status,
            time.perf_counter() - begun,
        )
        return response

    return edge


def _answer_to(error: Exception, request: web.Request, doors: HttpDoors) -> web.StreamResponse:
    if isinstance(error, Refused):
        return _shown(request, error)
    if isinstance(error, web.HTTPException):
        if error.status < 400:  # noqa: PLR2004 - the first status of errors
            return error
        allowed = error.headers.get("Allow")
        headers = {"Allow": allowed} if allowed else {}
        code = _CODES.get(error.status, "refused")
        return _shown(request, Refused(error.status, code, error.reason, headers=headers))
    reference = REFERENCE.get()
    logger.error(
        "request %s failed, reference %s", request.rel_url.raw_path, reference, exc_info=error
    )
    if isinstance(error, doors.outages):
        headers = {"Retry-After": OUTAGE_RETRY_SECONDS}
        message = f"not possible for now; reference {reference}"
        return _shown(request, Refused(503, "unavailable", message, headers=headers))
    return _shown(request, Refused(500, "internal", f"reference {reference}"))


def _shown(request: web.Request, refused: Refused) -> web.Response:
    if request.path.startswith(API_PREFIX):
        return json_answer(refused.body, refused.status, refused.headers)
    return problem_page(request, refused.status, refused.headers)
