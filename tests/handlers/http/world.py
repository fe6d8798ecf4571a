"""A vendor, its partners and its billing, around a real server and a real database."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.click_tokens import SignedClickTokens
from domain.entities.payout import Payout
from domain.entities.people import Caller, Person
from domain.surroundings import Surroundings
from domain.usecases.joining.accept_rules import AcceptRules
from domain.usecases.joining.name_account import NameVendorAccount
from domain.usecases.payouts.decide import DecidePayout, PayoutDecision, PayoutMove
from domain.usecases.payouts.request import PayoutRequest, RequestPayout
from handlers.http.auth import key_of, sign

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
TOKEN = "a-token-of-the-vendor-0123456789"
LANDING = "https://vendor.example/signup?lang=en#form"
BOT_LINK = "https://t.me/partner_test_bot"
BEGIN = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)
OWNER = 77
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

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


@dataclass
class World:
    """The server with everybody around it."""

    app: web.Application
    url: str
    session: aiohttp.ClientSession
    clock: MovableClock
    around: Surroundings
    tokens: SignedClickTokens
    billing: Billing
    people: "itertools.count[int]" = field(default_factory=lambda: itertools.count(501))
    members: dict[str, Person] = field(default_factory=dict)

    async def joins(self, program: str = "saas-tiers") -> str:
        """Let somebody become a partner and return its code."""
        person = Person(id=next(self.people), language="en", name="Leo")
        async with self.around.open_work() as work:
            await work.people.keep(person, at=self.clock())
            await work.commit()
        joined = await AcceptRules(self.around)(Caller(person=person), program)
        self.members[joined.enrolment.code] = person
        return joined.enrolment.code

    async def asks_for(self, code: str, amount: str) -> Payout:
        """Let a partner ask for a pay-out."""
        async with self.around.open_work.read() as work:
            caller = await work.people.caller(self.members[code].id)
        assert caller is not None
        await NameVendorAccount(self.around)(caller, f"own-{code}")
        request = PayoutRequest(
            amount=amount, account="IBAN 1", comment="March", request_key=f"{code}-{amount}"
        )
        return await RequestPayout(self.around)(caller, request)

    async def decides(self, payout: Payout, move: PayoutMove) -> None:
        """Let the owner press a button on the card."""
        owner = Person(id=OWNER, language="en", name="Olga")
        caller = Caller(person=owner, in_admin_chat=True)
        async with self.around.open_work() as work:
            await work.people.keep(owner, at=self.clock())
            await work.commit()
        await DecidePayout(self.around)(caller, PayoutDecision(payout_id=payout.id, move=move))

    async def get(self, path: str, **headers: str) -> Reply:
        """Read a JSON route with the vendor's token."""
        headers = {"Authorization": f"Bearer {TOKEN}"} | headers
        async with self.session.get(self.url + path, headers=headers) as answer:
            return Reply(answer.status, await answer.json(), answer.headers)

    async def visit(
        self, path: str, method: str = "GET", **headers: str
    ) -> aiohttp.ClientResponse:
        """Open a link as a browser that follows nothing; cookies are kept by the caller."""
        headers = {"User-Agent": BROWSER} | headers
        async with self.session.request(
            method, URL(self.url + path, encoded=True), headers=headers, allow_redirects=False
        ) as answer:
            await answer.read()
            return answer

    async def clicks_of(self, code: str) -> int:
        """Return how many clicks are counted."""
        reply = await self.get(f"/api/v1/partners/{code}")
        return int(reply.body["counts"]["clicks"])


only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests in which the database plays no part."""


def parameters_of(location: str) -> dict[str, str]:
    """Return the query parameters of a URL."""
    return dict(parse_qsl(urlsplit(location).query, keep_blank_values=True))
