"""Monthly statements: right by a second way of adding up, owed once, missed months made up."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.entities.statement import Statement
from domain.errors import NotAllowed, NotFound
from domain.period import Month
from domain.rights import MemberRole
from domain.usecases.payouts.decide import PayoutMove
from domain.usecases.statements.owe import FIGURES
from tests.usecases.app import App

SOFIA = ZoneInfo("Europe/Sofia")
MARCH, APRIL, MAY = (Month(2026, number) for number in (3, 4, 5))
SIGN = {"commissions": 1, "adjustments": 1, "collected": 1}
MOVES = {
    "accrued": "commissions",
    "clawed_back": "clawbacks",
    "adjusted": "adjustments",
    "paid": "payouts",
    "converted": "credit",
    "retained": "retained",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def _story(app: App) -> None:
    """Let three months pass: earnings, refunds, a pay-out that comes back, another one."""
    app.configures(zone=SOFIA)
    await app.joins("leo")
    await app.joins("mia")
    await app.earns("mia", "77.00")
    await app.earns("leo", "90.00", payment="p-march")
    app.now = at("2026-03-31T20:59:59")  # a second before midnight in Sofia
    await app.refunds("p-march", "100.00")
    payout = await app.asks("leo", "60.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    app.now = at("2026-03-31T21:00:00")
    await app.earns("leo", "20.00")
    app.later(days=3)
    await app.presses("boss", payout, PayoutMove.BRING_BACK)
    await app.refunds("p-march", "800.00")
    app.now = at("2026-05-02T09:00")
    await app.earns("leo", "150.00")
    last = await app.asks("leo", "55.50")
    await app.presses("boss", last, PayoutMove.SETTLE)
    await app.asks("leo", "50.00")


async def _second_way(app: App, enrolment_id: int, month: Month) -> dict[str, int]:
    """Add the rows of the database up, one by one."""
    start, end = month.bounds(SOFIA)
    own = {row["id"]: row for row in await app.rows("entries", enrolment_id=enrolment_id)}
    kinds = {
        row["id"]: row["kind"].value
        for row in await app.rows("ledger_accounts", enrolment_id=enrolment_id)
    }
    sums: dict[tuple[str, str], int] = {}
    for posting in await app.rows("postings"):
        if posting["entry_id"] not in own:
            continue
        booked = own[posting["entry_id"]]["recorded_at"]
        when = "before" if booked < start else "within" if booked < end else "later"
        kind = kinds[posting["account_id"]]
        minor = SIGN.get(kind, -1) * posting["minor"]
        sums[kind, when] = sums.get((kind, when), 0) + minor
    owed = ("held", "payable", "reserved")
    figures = {name: sums.get((kind, "within"), 0) for name, kind in MOVES.items()}
    figures["opening"] = sum(sums.get((kind, "before"), 0) for kind in owed)
    figures["closing"] = figures["opening"] + sum(sums.get((kind, "within"), 0) for kind in owed)
    figures["registrations"] = _within(
        await app.rows("referrals", enrolment_id=enrolment_id), "registered_at", month
    )
    figures["payments"] = _within(
        await app.rows("payments", enrolment_id=enrolment_id), "paid_at", month
    )
    return figures


def _within(rows: list[Mapping[str, Any]], name: str, month: Month) -> int:
    return sum(Month.of(row[name], SOFIA) == month for row in rows)


def _figures(statement: Statement) -> dict[str, int]:
    return {name: getattr(statement, name) for name in FIGURES}


async def test_every_month_is_what_the_postings_say(app: App) -> None:
    await _story(app)
    enrolment = await app.enrolment("leo")
    leo = await app.private("leo")
    before = 0
    for month in (MARCH, APRIL, MAY):
        shown = (await app.use.show_statement(leo, month)).statement
        assert _figures(shown) == await _second_way(app, enrolment.id, month)
        moved = shown.accrued - shown.clawed_back + shown.adjusted - shown.paid - shown.converted
        assert (shown.opening, shown.closing) == (before, before + moved)
        before = shown.closing
    figures = await app.figures("leo")
    assert figures["payable"] == "64.50"
    assert figures["reserved"] == "50.00"
    assert before == 11450
    march = (await app.use.show_statement(leo, MARCH)).statement
    assert (march.accrued, march.clawed_back, march.paid) == (9000, 1000, 6000)
    april = (await app.use.show_statement(leo, APRIL)).statement
    assert (april.accrued, april.clawed_back, april.paid) == (2000, 8000, -6000)
    assert (march.is_over, (await app.use.show_statement(leo, MAY)).statement.is_over) == (
        True,
        False,
    )


async def test_the_movements_of_a_month_lead_from_opening_to_closing(app: App) -> None:
    await _story(app)
    leo = await app.private("leo")
    for month in (MARCH, APRIL, MAY):
        file = await app.use.show_statement.file(leo, month)
        statement = file.view.statement
        moved = sum(movement.minor for movement in file.movements)
        assert statement.opening + moved == statement.closing
        assert not file.is_cut
    file = await app.use.show_statement.file(leo, MARCH)
    assert [(row.kind, row.minor) for row in file.movements] == [
        ("commission_accrued", 9000),
        ("commission_clawed_back", -1000),
        ("payout_settled", -6000),
    ]
    assert file.movements[0].payment_id == "p-march"
    assert file.movements[2].payout_id


async def test_months_begin_with_the_one_that_the_partner_joined_in(app: App) -> None:
    await _story(app)
    leo = await app.private("leo")
    months = await app.use.show_statement.months(leo)
    assert (months.first, months.now) == (MARCH, MAY)
    for month in (Month(2026, 2), Month(2026, 6)):
        with pytest.raises(NotFound):
            await app.use.show_statement(leo, month)
    await app.becomes_member("ida", "leo", MemberRole.USER)
    with pytest.raises(NotAllowed):
        await app.use.show_statement(await app.private("ida"), MARCH)


async def _statements(app: App, name: str) -> list[dict[str, Any]]:
    return [params for kind, params in await app.told(name) if kind == "statement"]


async def test_each_admin_gets_each_month_once_in_the_morning(app: App) -> None:
    await _story(app)
    await app.becomes_member("ann", "leo", MemberRole.ADMIN)
    await app.becomes_member("ida", "leo", MemberRole.USER)
    app.now = at("2026-06-01T05:59")  # 8:59 in Sofia
    assert await app.use.owe_statements() == 3  # April's: the first run takes the last month
    assert await app.use.owe_statements() == 0
    app.later(minutes=1)
    assert await app.use.owe_statements() == 3
    assert [told["month"] for told in await _statements(app, "leo")] == ["2026-04", "2026-05"]
    assert len(await _statements(app, "ann")) == 2
    assert await _statements(app, "ida") == []
    enrolment = await app.enrolment("leo")
    told = (await _statements(app, "leo"))[1]
    assert {name: told[name] for name in FIGURES} == await _second_way(app, enrolment.id, MAY)


async def test_missed_months_are_made_up_in_order(app: App) -> None:
    await app.joins("leo")
    app.now = at("2026-04-02T10:00")
    assert await app.use.owe_statements() == 1
    await app.joins("mia")
    app.now = at("2026-08-01T10:00")
    assert await app.use.owe_statements() == 8
    for name, first in (("leo", 3), ("mia", 4)):
        told = [params["month"] for params in await _statements(app, name)]
        assert told == [f"2026-{number:02}" for number in range(first, 8)]


async def test_replicas_at_once_owe_each_statement_once(app: App) -> None:
    for number in range(27):
        await app.joins(f"partner-{number}")
    app.now = at("2026-04-02T10:00")
    owed = await asyncio.gather(*(app.use.owe_statements() for _ in range(3)))
    assert sum(owed) == 27
    assert len(await app.rows("notices", kind="statement")) == 27


async def test_a_run_that_broke_off_is_taken_up_where_it_stopped(app: App) -> None:
    for number in range(3):
        await app.joins(f"partner-{number}")
    app.now = at("2026-04-02T10:00")
    done = 0

    async def break_off() -> None:
        nonlocal done
        done += 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await app.with_commit(break_off).owe_statements()
    assert done == 1
    assert await app.rows("notices", kind="statement") == []
    assert await app.use.owe_statements() == 3


async def test_who_left_with_nothing_hears_nothing_more(app: App) -> None:
    await app.joins("leo")
    await app.joins("mia")
    await app.earns("mia", "5.00")
    for name in ("leo", "mia"):
        await app.sets_status(name, EnrolmentStatus.ENDED)
    app.now = at("2026-05-02T10:00")
    assert await app.use.owe_statements() == 1
    assert await _statements(app, "leo") == []
