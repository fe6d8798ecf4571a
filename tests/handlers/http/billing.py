"""The vendor's billing: signs events, posts them, and reads the answers."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from domain.signatures import key_of, sign

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
BEGIN = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)

Json = dict[str, Any]


@dataclass
class MovableClock:
    """A clock that stands still until it is moved."""

    at: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def text(at: datetime) -> str:
    """Return the instant as billing writes it."""
    return at.isoformat().replace("+00:00", "Z")


@dataclass
class Reply:
    """An answer with its body read."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def told(self) -> tuple[int, str, str | None]:
        """HTTP status, status of the event, and reason or code."""
        error = self.body.get("error") or {}
        return self.status, self.body.get("status"), self.body.get("reason") or error.get("code")


@dataclass
class Billing:
    """Signs and posts events."""

    session: aiohttp.ClientSession
    url: str
    clock: MovableClock
    secret: str = SECRET
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def headers(self, body: bytes, event_id: str, *, skew: int = 0) -> dict[str, str]:
        """Return the headers of a signed request."""
        timestamp = str(int(self.clock().timestamp()) + skew)
        return {
            "webhook-id": event_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": sign(key_of(self.secret), event_id, timestamp, body),
        }

    async def post(
        self, body: bytes, headers: Mapping[str, str], path: str = "/api/v1/events"
    ) -> Reply:
        """Post raw bytes."""
        async with self.session.post(self.url + path, data=body, headers=headers) as answer:
            return Reply(answer.status, await answer.json(), answer.headers)

    def envelope(self, kind: str, /, **data: object) -> Json:
        """Return an envelope sent now."""
        return {"type": kind, "timestamp": text(self.clock()), "data": data}

    async def send(
        self, kind: str, /, *, event_id: str | None = None, query: str = "", **data: object
    ) -> Reply:
        """Post one event, under a fresh id unless one is given."""
        body = json.dumps(self.envelope(kind, **data)).encode()
        event_id = event_id or f"evt-{next(self.numbers)}"
        return await self.post(body, self.headers(body, event_id), f"/api/v1/events{query}")

    async def send_batch(self, events: Sequence[object], query: str = "") -> Reply:
        """Post a batch."""
        body = json.dumps({"events": events}).encode()
        headers = self.headers(body, f"batch-{next(self.numbers)}")
        return await self.post(body, headers, f"/api/v1/events/batch{query}")

    def item(self, event_id: str, kind: str, /, **data: object) -> Json:
        """Return an event of a batch."""
        return {"id": event_id} | self.envelope(kind, **data)

    async def registers(self, client: str, *, at: datetime | None = None, **data: object) -> Reply:
        """Report a registration."""
        registered_at = text(at or self.clock())
        return await self.send(
            "client.registered",
            client_id=client,
            name=client.title(),
            registered_at=registered_at,
            **data,
        )

    async def pays(
        self,
        client: str,
        amount: str = "100.00",
        *,
        payment: str | None = None,
        at: datetime | None = None,
        **data: object,
    ) -> Reply:
        """Report a payment."""
        return await self.send(
            "payment.succeeded",
            payment_id=payment or f"pay-{next(self.numbers)}",
            client_id=client,
            amount=amount,
            currency=data.pop("currency", "USD"),
            paid_at=text(at or self.clock()),
            **data,
        )
