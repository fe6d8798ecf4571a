"""A server of the product in a thread of its own, with a small vendor in it, to be fuzzed."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiohttp import web

from bot.click_tokens import SignedClickTokens
from bot.programs import load_programs
from domain.entities.people import Caller, Person
from domain.signatures import key_of, sign
from domain.surroundings import Surroundings
from domain.usecases.events.record import RecordEvents, ReportedEvent
from domain.usecases.joining.accept_rules import AcceptRules
from domain.usecases.joining.name_account import NameVendorAccount
from domain.usecases.payouts.request import PayoutRequest, RequestPayout
from handlers.http.routes import VISITS, build_app
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY, open_test_engines
from tests.handlers.http.billing import SECRET
from tests.handlers.http.conftest import doors_of

LONG_AGO = "2026-01-05T10:00:00Z"


def now() -> datetime:
    return datetime.now(UTC)


def signed(body: bytes, event_id: str) -> dict[str, str]:
    """Return the headers of a genuine request."""
    stamp = str(int(time.time()))
    signature = sign(key_of(SECRET), event_id, stamp, body)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": signature,
    }


class Server:
    """Runs until it is stopped."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.url = ""
        self.code = ""

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        engines = open_test_engines(self._database_url)
        numbers = count(1001)
        tokens = SignedClickTokens("a secret of the tests")
        around = Surroundings(
            open_work=SqlOpenWork(engines, Vault(VAULT_KEY), lambda: next(numbers)),
            clock=now,
            new_id=lambda: next(numbers),
            programs=load_programs(["saas-tiers"], base=Path()),
            zone=UTC,
            tokens=tokens,
        )
        self.code = await _live_a_little(around)
        app = build_app(doors_of(around, tokens))
        runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        writing = asyncio.create_task(app[VISITS].run())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        await self._stop.wait()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        await runner.cleanup()
        await engines.close()


async def _live_a_little(around: Surroundings) -> str:
    """Let a partner earn and ask for money, and some events wait or fail; return its code."""
    person = Person(id=501, language="en", name="Leo")
    async with around.open_work() as work:
        await work.people.keep(person, at=now())
        await work.commit()
    joined = await AcceptRules(around)(Caller(person=person), "saas-tiers")
    code = joined.enrolment.code
    client = {"client_id": "c-1", "name": "Ann", "registered_at": LONG_AGO}
    paid = {"amount": "2000.00", "currency": "USD", "paid_at": LONG_AGO}
    events = [
        ("client.registered", client | {"referral_code": code, "account": _account("a-1")}),
        ("payment.succeeded", paid | {"payment_id": "p-1", "client_id": "c-1"}),
        ("payment.refunded", {"refund_id": "r-0", "payment_id": "p-1", "amount": "5.00"}),
        ("payment.succeeded", paid | {"payment_id": "p-2", "client_id": "c-none"}),
        ("payment.succeeded", paid | {"payment_id": "p-3", "client_id": "c-1", "program": "x"}),
    ]
    for number, (kind, data) in enumerate(events):
        if kind == "payment.refunded":
            data["refunded_at"] = LONG_AGO
        await RecordEvents(around)([[ReportedEvent(id=f"e-{number}", kind=kind, data=data)]])
    async with around.open_work.read() as work:
        caller = await work.people.caller(person.id)
    assert caller is not None
    await NameVendorAccount(around)(caller, "own-account")
    request = PayoutRequest(amount="60.00", account="account 1000001", comment="", request_key="1")
    await RequestPayout(around)(caller, request)
    return code


def _account(account_id: str) -> dict[str, str]:
    return {"account_id": account_id, "name": account_id}


@contextmanager
def serving(database_url: str) -> Iterator[Server]:
    """Serve inside the block."""
    server = Server(database_url)
    server.start()
    try:
        yield server
    finally:
        server.stop()
