"""A vendor, its partners and its billing, around a real server and a real database."""

import itertools
from dataclasses import dataclass, field
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
from tests.handlers.http.billing import (
    Billing,
    MovableClock,
    Reply,
    text,
)

TOKEN = "a-token-of-the-vendor-0123456789"
LANDING = "https://vendor.example/signup?lang=en#form"
BOT_LINK = "https://t.me/partner_test_bot"
OWNER = 77
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


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

    async def uses(self, client: str, change: str, service: str = "plan") -> None:
        """Let a service of a client change; its account is named after it."""
        reply = await self.billing.send(
            f"service.{change}",
            client_id=client,
            account_id=f"acc-{client}",
            service_id=f"{client}-{service}",
            category="shared_hosting",
            name="Plan",
            at=text(self.clock()),
        )
        assert reply.told == (200, "applied", None)

    async def caller(self, code: str) -> Caller:
        """Return the admin of a partner."""
        async with self.around.open_work.read() as work:
            caller = await work.people.caller(self.members[code].id)
        assert caller is not None
        return caller

    async def asks_for(self, code: str, amount: str) -> Payout:
        """Let a partner ask for a pay-out."""
        caller = await self.caller(code)
        await NameVendorAccount(self.around)(caller, f"own-{code}")
        request = PayoutRequest(
            amount=amount,
            account="account 1000001",
            comment="March",
            request_key=f"{code}-{amount}",
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
