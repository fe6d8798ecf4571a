"""The home of sending webhooks to the vendor: sign, post, and keep what came of it."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from domain.entities.outbound import OutboundEvent
from domain.ids import encode
from domain.period import text_of
from domain.signatures import key_of, sign_with_all
from domain.usecases.outbound.deliver import ClaimOutbound, SettleOutbound

log = logging.getLogger(__name__)

AT_ONCE = 8
LOOK_AGAIN_SECONDS = 1.0
TIMEOUT = aiohttp.ClientTimeout(total=20, connect=10)
HOLD_SECONDS_FIRST, HOLD_SECONDS_MOST = 1.0, 60.0
GONE, TOO_MANY, UNAVAILABLE = 410, 429, 503
USER_AGENT = "PartnerBot-Webhooks/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundDelivery:
    """Whom the delivery asks.

    Attributes:
        url: The one address that is ever called.
        secrets: Standard Webhooks secrets; each one signs.
        claim: Leases what is due.
        settle: Keeps what came of it.
        clock: Tells the time.
        steady: A clock that only goes forward, in seconds.
    """

    url: str
    secrets: tuple[str, ...]
    claim: ClaimOutbound
    settle: SettleOutbound
    clock: Callable[[], datetime]
    steady: Callable[[], float]


class DeliverOutbound:
    """Sends what is owed; an event may come twice after a crash, under the same ``webhook-id``.

    - Only 2xx is success. No redirect is followed and no answer is read beyond its headers, so
      whoever answers decides nothing but success.
    - After a failure events are tried one by one, with growing pauses, until one is taken: an
      address that is down is not stormed, and those that wait do not use up their attempts.
    """

    def __init__(self, delivery: OutboundDelivery) -> None:
        """Ask these."""
        self._to = delivery
        self._keys = tuple(key_of(secret) for secret in delivery.secrets)
        self._session: aiohttp.ClientSession | None = None
        self._failures = 0
        self._hold_until = float("-inf")
        self.is_open = True

    async def __call__(self) -> int:
        """Deliver what is due; return how many events were tried."""
        tried = 0
        under_way: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                events = await self._claim(self._room(len(under_way)))
                tried += len(events)
                under_way |= {group.create_task(self._deliver(event)) for event in events}
                if not under_way:
                    return tried
                _, under_way = await asyncio.wait(
                    under_way, timeout=LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )

    def close(self) -> None:
        """Begin nothing new; what is under way ends, so that it is not sent again later."""
        self.is_open = False

    async def disconnect(self) -> None:
        """Leave the connections."""
        if self._session is not None:
            await self._session.close()

    def _room(self, under_way: int) -> int:
        """Return how many more may be begun now."""
        if not self.is_open or self._to.steady() < self._hold_until:
            return 0
        return max((1 if self._failures else AT_ONCE) - under_way, 0)

    async def _claim(self, limit: int) -> Sequence[OutboundEvent]:
        if not limit:
            return ()
        try:
            return await self._to.claim(limit)
        except Exception:
            log.exception("webhooks could not be read; it is tried again")
            return ()

    async def _deliver(self, event: OutboundEvent) -> None:
        try:
            await self._try(event)
        except Exception:
            log.exception("webhook %s: it is tried again when its lease ends", encode(event.id))

    async def _try(self, event: OutboundEvent) -> None:
        try:
            status, retry_after = await self._post(event)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            # Only the kind of error: its text may hold the address with its secrets.
            self._hold()
            await self._to.settle.failed(event, type(error).__name__)
            return
        if status // 100 == 2:  # noqa: PLR2004 - success
            self._failures = 0
            await self._to.settle.delivered(event)
            return
        self._hold()
        if status == GONE:
            await self._to.settle.gone(event, f"status {status}")
        else:
            await self._to.settle.failed(event, f"status {status}", retry_after=retry_after)

    def _hold(self) -> None:
        """Call nobody for a while; what fails together counts once."""
        now = self._to.steady()
        if now >= self._hold_until:
            pause = min(HOLD_SECONDS_FIRST * 2 ** min(self._failures, 16), HOLD_SECONDS_MOST)
            self._failures += 1
            self._hold_until = now + pause

    async def _post(self, event: OutboundEvent) -> tuple[int, float | None]:
        """Return the status, and how long to wait if that was said."""
        body = body_of(event)
        headers = self._headers(encode(event.id), body)
        async with self._open_session().post(
            self._to.url, data=body, headers=headers, allow_redirects=False
        ) as response:
            status, said = response.status, response.headers.get("Retry-After", "")
            response.close()
        is_asked = status in {TOO_MANY, UNAVAILABLE} and said.isascii() and said.isdigit()
        return status, float(said[:9]) if is_asked else None

    def _headers(self, event_id: str, body: bytes) -> Mapping[str, str]:
        timestamp = str(int(self._to.clock().timestamp()))
        return {
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "webhook-id": event_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign_with_all(self._keys, event_id, timestamp, body),
        }

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=TIMEOUT,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session


def body_of(event: OutboundEvent) -> bytes:
    """Return the body of an event, the same at each attempt."""
    envelope = {"type": event.type, "timestamp": text_of(event.created_at), "data": event.data}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
