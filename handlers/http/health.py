"""The home of health: alive, ready, and the counters for operators."""

import logging

from aiohttp import web

from handlers.http.addresses import client_address, is_inside
from handlers.http.auth import require_token
from handlers.http.doors import API_TOKENS, DOORS, Readiness
from handlers.http.errors import json_answer

METRICS_TYPE = "text/plain; version=1.0.0; charset=utf-8"
_NO_STORE = {"Cache-Control": "no-store"}

logger = logging.getLogger(__name__)


async def show_health(_request: web.Request) -> web.Response:
    """Tell that the process is alive."""
    return json_answer({"status": "ok"}, headers=_NO_STORE)


async def show_readiness(request: web.Request) -> web.Response:
    """Tell whether the process may be sent work, and why not."""
    try:
        readiness = await request.app[DOORS].readiness()
    except Exception:
        logger.exception("the readiness check failed")
        readiness = Readiness(ok=False, reasons=("the check itself failed; see the log",))
    body = {
        "status": "ready" if readiness.ok else "not_ready",
        "reasons": list(readiness.reasons),
        "details": dict(readiness.details),
    }
    return json_answer(body, 200 if readiness.ok else 503, _NO_STORE)


async def show_metrics(request: web.Request) -> web.Response:
    """Show the counters to private networks, and to holders of an API token."""
    doors = request.app[DOORS]
    if not is_inside(client_address(request, doors.trusted_proxies)):
        tokens = request.app[API_TOKENS]
        require_token(request.headers, tokens)
    return web.Response(
        body=doors.metrics.text(), headers={"Content-Type": METRICS_TYPE, **_NO_STORE}
    )
