"""The wire between the bot and Telegram, on which answers are late, odd, refused or lost."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

import aiohttp
from aiohttp import web

LATE_SECONDS = 0.4
_SECONDS_MAX = 120.0
_BAD_GATEWAY = 502
_TOO_MANY = 429


class Fault(StrEnum):
    """What happens to a call."""

    LATE = "late"
    """It is done at once, and the answer comes a moment later."""
    HANGS = "hangs"
    """It is done when the fault ends."""
    BANNED = "banned"
    """Telegram asks to wait for as long as the fault lasts."""
    BROKEN = "broken"
    """A proxy answers with a page of its own."""
    LOST = "lost"
    """It is done, and the connection breaks before the answer."""


@dataclass
class Rule:
    """A fault of some calls.

    Attributes:
        fault: What happens.
        until: When it ends, by the clock of ``time.monotonic``.
        method: Of the Bot API; "" for every one.
        chat_id: A chat; 0 for all.
        times: How many calls it strikes at most.
        struck: How many it has struck.
    """

    fault: Fault
    until: float
    method: str = ""
    chat_id: int = 0
    times: int = 1_000_000
    struck: int = 0

    def strikes(self, method: str, body: bytes) -> bool:
        """Test if a call is meant, and count it then."""
        is_meant = (
            time.monotonic() < self.until
            and self.struck < self.times
            and self.method in {"", method}
            and (not self.chat_id or str(self.chat_id).encode() in body)
        )
        self.struck += is_meant
        return is_meant


@dataclass
class Wire:
    """A server that passes calls on to the simulator, but for those that a rule strikes.

    Attributes:
        to: The simulator's address.
        url: The own address.
    """

    to: str = ""
    url: str = ""
    _rules: list[Rule] = field(default_factory=list)
    _session: aiohttp.ClientSession | None = None

    def add(
        self,
        fault: Fault,
        *,
        seconds: float = _SECONDS_MAX,
        method: str = "",
        chat_id: int = 0,
        times: int = 1_000_000,
    ) -> Rule:
        """Let calls fail for a while, or so many of them."""
        rule = Rule(fault, time.monotonic() + seconds, method, chat_id, times)
        self._rules.append(rule)
        return rule

    def clear(self) -> None:
        """End every fault."""
        self._rules.clear()

    async def handle(self, request: web.Request) -> web.Response:
        """Pass one call on, or not."""
        body = await request.read()
        method = request.path.rpartition("/")[2]
        rule = next((rule for rule in self._rules if rule.strikes(method, body)), None)
        match rule.fault if rule else None:
            case Fault.BROKEN:
                page = "<html><body><h1>502 Bad Gateway</h1></body></html>"
                return web.Response(status=_BAD_GATEWAY, text=page, content_type="text/html")
            case Fault.BANNED:
                return _banned(max(1, math.ceil(self._left(rule))))
            case Fault.HANGS:
                await asyncio.sleep(self._left(rule))
                return await self._pass_on(request, body)
            case Fault.LATE:
                answer = await self._pass_on(request, body)
                await asyncio.sleep(LATE_SECONDS)
                return answer
            case Fault.LOST:
                await self._pass_on(request, body)
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()
        return await self._pass_on(request, body)

    def _left(self, rule: Rule | None) -> float:
        return max(0.0, rule.until - time.monotonic()) if rule else 0.0

    async def _pass_on(self, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None
        headers = {"Content-Type": request.headers.get("Content-Type", "")}
        async with self._session.request(
            request.method, self.to + request.path_qs, data=body, headers=headers
        ) as answer:
            content = await answer.read()
            return web.Response(
                status=answer.status, body=content, content_type=answer.content_type
            )


def _banned(seconds: int) -> web.Response:
    body = {
        "ok": False,
        "error_code": _TOO_MANY,
        "description": f"Too Many Requests: retry after {seconds}",
        "parameters": {"retry_after": seconds},
    }
    return web.json_response(body, status=_TOO_MANY)


@asynccontextmanager
async def open_wire() -> AsyncIterator[Wire]:
    """Open a wire whose far end, ``to``, is set later."""
    wire = Wire()
    app = web.Application(client_max_size=1 << 26)
    app.router.add_route("*", "/{path:.*}", wire.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    wire.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=_SECONDS_MAX)
        ) as session:
            wire._session = session
            yield wire
    finally:
        with suppress(asyncio.CancelledError):
            await runner.cleanup()
