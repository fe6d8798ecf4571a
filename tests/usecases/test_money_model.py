"""Whatever happens in whatever order: every figure is what a second implementation says.

``PARTNER_BOT_MODEL_EXAMPLES`` sets the number of lives that are lived on each database, of fifty
steps each; ``PARTNER_BOT_MODEL_AUDITS`` after how many steps the books are audited meanwhile.
"""

import asyncio
import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from domain.entities.adjustment import Adjustment
from domain.entities.payout import Payout
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.ledger.accounts import sheet_of
from domain.money import Money
from domain.period import text_of
from domain.usecases.conversions.convert import ConversionRequest
from domain.usecases.events.record import ReportedEvent
from domain.usecases.payouts.decide import PayoutDecision, PayoutMove
from domain.usecases.payouts.request import PayoutRequest
from storage.books import audit
from storage.engine import Engines
from storage.tables import metadata
from tests.conftest import VAULT_KEY, open_test_engines
from tests.domain.builders import written
from tests.usecases.app import START, App, new_app
from tests.usecases.money_oracle import Adjusted, Asked, Oracle

EXAMPLES = int(os.environ.get("PARTNER_BOT_MODEL_EXAMPLES", "6"))
STEPS = 50
PHASES = (Phase.generate, Phase.shrink)
AUDIT_EVERY = int(os.environ.get("PARTNER_BOT_MODEL_AUDITS", "25"))
PARTNERS = ("ann", "bob")
PROGRAM = written(
    """
    [program]
    key = "model"
    currency = "USD"
    [tiers]
    levels = [{ key = "low", from = 1 }, { key = "high", from = 3 }]
    [attribution]
    window_days = 7
    [commission]
    hold_days = 3
    rates = [{ tier = "low", rate = "10%" }, { tier = "high", rate = "33.33%" }]
    [payout]
    minimum = "0.01"
    [conversion]
    bonus = "20%"
    """
)
KEPT = {"people", "partners", "members", "enrolments", "links", "ledger_accounts", "settings"}
EMPTY_IT = ";".join(
    [
        *(f"DELETE FROM {t.name}" for t in reversed(metadata.sorted_tables) if t.name not in KEPT),  # noqa: S608
        "UPDATE ledger_accounts SET balance = 0, version = 0",
        "UPDATE enrolments SET paying_clients = 0, tier = NULL",
    ]
)
"""Only the partners stay, with nothing on their balances."""


@dataclass
class Stage:
    """One database with the product on it, for life after life."""

    engines: Engines
    app: App
    runner: asyncio.Runner
    codes: dict[str, str]
    callers: dict[str, Caller]
    boss: Caller
    empty: Callable[[], None]

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
        return self.runner.run(coroutine)


async def _open(url: str) -> tuple[Engines, App, dict[str, str], dict[str, Caller], Caller]:
    engines = open_test_engines(url)
    app = new_app(engines, VAULT_KEY, itertools.count(1001).__next__)
    app.offers(PROGRAM)
    for name in PARTNERS:
        await app.joins(name, "model")
    async with engines.writes.begin() as connection:
        for trigger in await _triggers(engines):
            await connection.execute(text(trigger))
    codes = {name: await app.code_of(name, "model") for name in PARTNERS}
    callers = {name: await app.private(name) for name in PARTNERS}
    return engines, app, codes, callers, await app.owner()


async def _triggers(engines: Engines) -> list[str]:
    """Return what lets append-only tables be emptied between two lives."""
    query = (
        "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass"
        " FROM pg_trigger WHERE NOT tgisinternal"
        if engines.is_postgresql
        else "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
    )
    async with engines.reads.connect() as connection:
        return list((await connection.execute(text(query))).scalars())


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(
    request: pytest.FixtureRequest, migrated_sqlite: Path, tmp_path: Path
) -> Iterator[Stage]:
    """Return a stage; an SQLite file lies in memory where the system can do that."""
    with asyncio.Runner() as runner:
        if request.param == "sqlite":
            memory = Path("/dev/shm")  # noqa: S108 - a name of its own in it
            folder = memory if os.access(memory, os.W_OK) else tmp_path
            path = folder / f"partner-bot-model-{os.getpid()}.db"
            shutil.copyfile(migrated_sqlite, path)
            url = f"sqlite+aiosqlite:///{path}"
        else:
            path = None
            url = request.getfixturevalue("postgres").create("model")
        engines, *made = runner.run(_open(url))

        async def empty_postgresql() -> None:
            async with engines.writes.begin() as connection:
                for statement in EMPTY_IT.split(";"):
                    await connection.execute(text(statement))

        def empty() -> None:
            if path is None:
                runner.run(empty_postgresql())
                return
            with closing(sqlite3.connect(path)) as connection:
                connection.executescript(f"BEGIN IMMEDIATE;{EMPTY_IT};COMMIT")

        app, codes, callers, boss = made
        yield Stage(engines, app, runner, codes, callers, boss, empty)
        runner.run(engines.close())
        if path is not None:
            for file in path.parent.glob(f"{path.name}*"):
                file.unlink()
        else:
            request.getfixturevalue("postgres").drop("model")


partners = st.sampled_from(PARTNERS)
cents = st.sampled_from([1, 5, 33, 99, 1_005, 10_000, 33_333])
any_one = st.integers(0, 11)
share = st.sampled_from([1, 3, 7, 10])


class Money_(RuleBasedStateMachine):  # noqa: N801
    """A life of the product beside the oracle."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.app = self.stage.app
        self.steps = 0
        self.names = itertools.count(1)
        self.sent: list[ReportedEvent] = []
        self.payouts: list[tuple[Payout, Asked]] = []
        self.adjustments: list[tuple[Adjustment, Adjusted]] = []

    @initialize()
    def begin(self) -> None:
        self.stage.empty()
        self.app.now = START
        self.oracle = Oracle(START)

    def teardown(self) -> None:
        if hasattr(self, "oracle"):
            assert self.stage.run(audit(self.stage.engines)) == []

    # What billing reports

    def _tick(self, **by: float) -> datetime:
        self.app.now += timedelta(**(by or {"seconds": 1}))
        self.oracle.now = self.app.now
        return self.app.now

    def _send(self, *told: tuple[datetime, str, dict[str, Any]]) -> None:
        events = [self._event(*one) for one in told]
        self.sent += events
        self.stage.run(self.app.use.record_events([events]))
        self.oracle.apply(list(told))

    def _event(self, at: datetime, kind: str, data: dict[str, Any]) -> ReportedEvent:
        when, number = text_of(at), next(self.names)
        match kind:
            case "click":
                name = "click.recorded"
                code = self.stage.codes[data["owner"]]
                body = {"click_id": data["click"], "code": code, "clicked_at": when}
            case "register":
                name = "client.registered"
                body = {"client_id": data["client"], "name": "Sample", "registered_at": when}
                if data["owner"]:
                    body["referral_code"] = self.stage.codes[data["owner"]]
                if data["click"]:
                    body["click_id"] = data["click"]
            case "pay":
                name = "payment.succeeded"
                is_usd = data["exchange"] == "1"
                body = {
                    "payment_id": data["payment"],
                    "client_id": data["client"],
                    "amount": str(Money(data["minor"], "USD")),
                    "currency": "USD" if is_usd else "UAH",
                    "paid_at": when,
                    "settlement": "via_partner" if data["retained"] else "direct",
                }
                if not is_usd:
                    body["exchange_rate"] = data["exchange"]
            case _:
                name = "payment.refunded"
                body = {
                    "refund_id": f"refund-{number}",
                    "payment_id": data["payment"],
                    "amount": str(Money(data["minor"], "USD")),
                    "refunded_at": when,
                    "kind": data["kind"],
                }
        return ReportedEvent(id=f"event-{number}", kind=name, data=body)

    def _register(self, client: str, owner: str | None, click: str | None) -> tuple[Any, ...]:
        waiting = self.oracle.parked.get(f"client {client}")
        at = min(row[0] for row in waiting) - timedelta(minutes=1) if waiting else self._tick()
        return at, "register", {"client": client, "owner": owner, "click": click}

    def _next_client(self) -> str:
        return f"client-{len(self.oracle.clients) + 1}"

    @rule(owner=st.sampled_from([*PARTNERS, *PARTNERS, None]))
    def register(self, owner: str | None) -> None:
        self._send(self._register(self._next_client(), owner, None))

    @rule(owner=partners, is_late=st.booleans(), days=st.sampled_from([0, 7, 8]))
    def click(self, owner: str, is_late: bool, days: int) -> None:
        """Register by a click that billing reports before, or some steps later."""
        click = f"click-{next(self.names)}"
        if not is_late:
            self._send((self._tick(), "click", {"click": click, "owner": owner}))
            self._tick(days=days)
        self._send(self._register(self._next_client(), None, click))

    @precondition(lambda self: any(c.awaits for c in self.oracle.clients.values()))
    @rule(owner=partners)
    def late_click(self, owner: str) -> None:
        waiting = next(c for c in self.oracle.clients.values() if c.awaits)
        self._tick()
        at = waiting.registered_at - timedelta(hours=1)
        self._send((at, "click", {"click": waiting.awaits, "owner": owner}))

    def _payment(self, number: int, minor: int, exchange: str, retained: bool) -> tuple[Any, ...]:
        """Pay by a client that is there, or by the next one, which is not yet."""
        client = f"client-{1 + number % (len(self.oracle.clients) + 1)}"
        data = {"payment": self._next_payment(), "client": client, "minor": minor}
        return self._tick(), "pay", data | {"exchange": exchange, "retained": retained}

    def _next_payment(self) -> str:
        self.paid = getattr(self, "paid", 0) + 1
        return f"pay-{self.paid}"

    @rule(
        number=any_one,
        minor=cents,
        exchange=st.sampled_from(["1", "1", "1", "0.024137"]),
        retained=st.sampled_from([False, False, False, True]),
    )
    def pay(self, number: int, minor: int, exchange: str, retained: bool) -> None:
        self._send(self._payment(number, minor, exchange, retained))

    @rule(
        number=any_one,
        parts=st.sampled_from([1, 1, 2, 3]),
        kind=st.sampled_from(["refund", "chargeback", "chargeback_won"]),
        is_late=st.booleans(),
    )
    def refund(self, number: int, parts: int, kind: str, is_late: bool) -> None:
        """Refund a payment, or the next one, which is not there yet; tell of some a day late."""
        at, name, data = self._refund(number, parts, kind)
        self._send((at - timedelta(days=is_late), name, data))

    def _refund(self, number: int, parts: int, kind: str) -> tuple[Any, ...]:
        last = getattr(self, "paid", 0)
        name = f"pay-{1 + number % (last + 1)}"
        paid = self.oracle.payments.get(name)
        whole = 100 if paid is None else paid.minor
        if paid is not None and kind == "chargeback_won":
            whole = paid.chargebacks or whole
        data = {"payment": name, "minor": max(1, whole // parts), "kind": kind}
        return self._tick(), "refund", data

    @rule(owner=partners, minor=st.sampled_from([10_000, 33_333]))
    def earn(self, owner: str, minor: int) -> None:
        """Let a client pay and its hold end, so that there is something to take out."""
        mine = [name for name, row in self.oracle.clients.items() if row.owner == owner]
        if not mine:
            mine = [self._next_client()]
            self._send(self._register(mine[0], owner, None))
        data = {"payment": self._next_payment(), "client": mine[-1], "minor": minor}
        self._send((self._tick(), "pay", data | {"exchange": "1", "retained": False}))
        self._tick(hours=73)

    @rule(owner=partners, minor=cents, order=st.permutations(range(3)))
    def batch(self, owner: str, minor: int, order: list[int]) -> None:
        """Report a client, its payment and a refund at once, in any order."""
        client = self._next_client()
        registered = self._register(client, owner, None)
        data = {"payment": self._next_payment(), "client": client, "minor": minor}
        paid = (self._tick(), "pay", data | {"exchange": "1", "retained": False})
        refund = {"payment": data["payment"], "minor": max(1, minor // 3), "kind": "chargeback"}
        story = [registered, paid, (self._tick(), "refund", refund)]
        self._send(*(story[place] for place in order))

    @precondition(lambda self: self.sent)
    @rule(number=any_one)
    def duplicate(self, number: int) -> None:
        event = self.sent[-1 - number % len(self.sent)]
        ((answer,),) = self.stage.run(self.app.use.record_events([[event]]))
        assert answer.status == "duplicate"

    # Time

    @rule(hours=st.sampled_from([1, 24, 71, 72, 240]))
    def advance(self, hours: int) -> None:
        self._tick(hours=hours)

    @rule()
    def restart(self) -> None:
        self.app.configures()

    # Money out

    def _amount(self, owner: str, part: int) -> Money | None:
        payable = self.oracle.figures(owner)["payable"]
        return Money(max(1, payable * part // 10), "USD") if payable > 0 else None

    @rule(owner=partners, part=share)
    def withdraw(self, owner: str, part: int) -> None:
        amount = self._amount(owner, part)
        self._tick()
        number = next(self.names)
        request = PayoutRequest(
            amount=str(amount or Money(1, "USD")),
            account=f"Account 100001 of {owner}",
            comment="",
            request_key=f"payout-{number}",
        )
        asking = self.app.use.request_payout(self.stage.callers[owner], request)
        if amount is None:
            self._is_refused(asking)
            return
        # Time has passed by a second: a hold may have ended and only adds to what can be taken.
        payout = self.stage.run(asking)
        self.oracle.release()
        self.oracle.withdraw(owner, amount.minor)
        self.payouts.append((payout, self.oracle.payouts[-1]))

    def _is_refused(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        with pytest.raises(DomainError):
            self.stage.run(coroutine)

    @precondition(lambda self: self.payouts)
    @rule(number=any_one, choice=any_one)
    def decide(self, number: int, choice: int) -> None:
        """Press what is on the card, and now and then what is not."""
        payout, asked = self.payouts[-1 - number % len(self.payouts)]
        moves = {
            "requested": ("settle", "reject", "cancel", "approve", "bring_back"),
            "approved": ("settle", "reject", "cancel"),
            "done": ("bring_back", "bring_back", "settle"),
        }.get(asked.status, ("settle", "reject"))
        move = moves[choice % len(moves)]
        self._tick()
        if move == "cancel":
            press = self.app.use.cancel_payout(self.stage.callers[asked.owner], payout.id)
        else:
            decision = PayoutDecision(payout_id=payout.id, move=PayoutMove(move))
            press = self.app.use.decide_payout(self.stage.boss, decision)
        if self.oracle.move(asked, move):
            self.stage.run(press)
        else:
            self._is_refused(press)

    @rule(owner=partners, part=share, twice=st.booleans())
    def convert(self, owner: str, part: int, twice: bool) -> None:
        amount = self._amount(owner, part)
        self._tick()
        request = ConversionRequest(
            amount=amount or Money(1, "USD"), credit=None, request_key=f"c-{next(self.names)}"
        )
        caller = self.stage.callers[owner]
        if amount is None:
            self._is_refused(self.app.use.convert_balance(caller, request))
            return
        self.oracle.release()
        credit = self.oracle.convert(owner, amount.minor)
        for _ in range(2 if twice else 1):
            made = self.stage.run(self.app.use.convert_balance(caller, request))
            assert made.credit.minor == credit

    @rule(owner=partners, minor=st.sampled_from([-3_000, -77, 5, 250, 4_000]))
    def adjust(self, owner: str, minor: int) -> None:
        self._tick()
        use, number = self.app.use.adjust_balance, next(self.names)
        amount = f"{'-' if minor < 0 else ''}{Money(abs(minor), 'USD')}"
        asking = use.ask(
            self.stage.boss,
            code=self.stage.codes[owner],
            amount=amount,
            reason="a sample reason",
            request=f"adjust-{number}",
        )
        asked = self.stage.run(asking)
        view = self.stage.run(use.confirm(self.stage.boss, asked.adjustment.id))
        self.adjustments.append((view.adjustment, self.oracle.adjust(owner, minor)))

    @precondition(lambda self: self.adjustments)
    @rule(number=any_one)
    def undo(self, number: int) -> None:
        booked, ours = self.adjustments[-1 - number % len(self.adjustments)]
        self._tick()
        undoing = self.app.use.adjust_balance.undo(self.stage.boss, booked.id)
        is_late = self.app.now > ours.made_at + timedelta(minutes=15)
        if is_late and not ours.undone:
            self._is_refused(undoing)
            return
        self.stage.run(undoing)
        if not ours.undone:
            ours.undone = True
            self.oracle.adjust(ours.owner, -ours.minor)

    # The comparison

    @invariant()
    def everything_is_as_the_oracle_says(self) -> None:
        if not hasattr(self, "oracle"):
            return
        self.steps += 1
        figures, commissions = self.stage.run(self._shown())
        assert figures == {owner: self.oracle.figures(owner) for owner in PARTNERS}
        assert commissions == self.oracle.commissions()
        if self.steps % AUDIT_EVERY == 0:
            assert self.stage.run(audit(self.stage.engines)) == []

    async def _shown(self) -> tuple[dict[str, Any], dict[str, Any]]:
        await self.app.use.release_holds()
        async with self.app.around.open_work.read() as work:
            found = await work.partners.by_code(self.stage.codes["ann"])
            other = await work.partners.by_code(self.stage.codes["bob"])
            assert found
            assert other
            owners = {found[1].id: "ann", other[1].id: "bob"}
            accounts = await work.ledger.accounts(owners)
        figures = {}
        for number, owner in owners.items():
            own = [row for row in accounts if row.enrolment_id == number]
            sheet = sheet_of("USD", own)
            names = (name for name in sheet.__slots__ if name != "currency")
            figures[owner] = {name: getattr(sheet, name) for name in names}
        async with self.stage.engines.reads.connect() as connection:
            rows = await connection.execute(text(_COMMISSIONS))
            commissions = {row[0]: tuple(row[1:]) for row in rows}
        return figures, commissions


_COMMISSIONS = """
SELECT p.payment_id, c.state, c.minor, c.clawed_back, c.reserved, c.paid, c.converted, c.bonus
FROM commissions c JOIN payments p ON p.id = c.payment_id
"""


@pytest.mark.timeout(900)
def test_every_figure_is_what_a_second_implementation_says(stage: Stage) -> None:
    machine = type("MoneyMachine", (Money_,), {"stage": stage})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize="PARTNER_BOT_MODEL_EXAMPLES" not in os.environ,
            phases=(Phase.generate,) if "PARTNER_BOT_MODEL_FAST" in os.environ else PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
