"""A program's report: the figures of a period beside those before, from the daily roll-ups."""

from datetime import date

import pytest

from domain.entities.days import BadPeriod
from domain.errors import NotFound
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App


async def test_figures_of_a_month_beside_the_month_before(app: App) -> None:
    await app.joins("leo")
    await app.opens("zoe", await app.code_of("leo"))
    await app.earns("leo", "100.00")
    app.later(days=31)
    await app.joins("mia")
    await app.client("ann", by="mia")
    await app.earns("leo", "50.00")
    await app.pays("ann", "3000.00", payment="p-ann")
    await app.refunds("p-ann", "1500.00")
    payout = await app.asks("leo", "60.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    waiting = await app.asks("leo", "50.00")
    report = await app.use.show_report(await app.owner())
    assert (report.days.first, report.days.last) == (date(2026, 4, 1), date(2026, 4, 2))
    now, before = report.now, report.earlier
    assert before is not None
    assert (now.new_partners, before.new_partners, report.partners) == (1, 1, 2)
    assert (now.total.registrations, before.total.registrations) == (1, 1)
    assert (now.total.commissions_minor, before.total.commissions_minor) == (35000, 10000)
    assert (now.total.clawed_back_minor, before.total.starts) == (15000, 1)
    assert (now.payouts, now.payouts_minor, before.payouts) == (1, 6000, 0)
    assert report.owed.reserved == waiting.amount.minor
    assert report.owed.payable == 10000 + 5000 + 15000 - 6000 - 5000
    assert [(row.name, row.commissions_minor) for row in report.top] == [
        ("Mia", 30000),
        ("Leo", 5000),
    ]
    assert [day for day, _ in report.daily] == [date(2026, 4, 2)]


async def test_programs_do_not_mix(app: App) -> None:
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.earns("leo", "10.00", "waiting")
    other = await app.use.show_report(await app.owner(), "today")
    waiting = await app.use.show_report(await app.owner(), "today", "waiting")
    assert (other.now.total.payments, waiting.now.total.payments) == (0, 1)
    assert (waiting.currency, waiting.owed.held, other.owed.held) == ("EUR", 1000, 0)
    with pytest.raises(NotFound):
        await app.use.show_report(await app.owner(), "today", "nosuch")


async def test_any_typed_period(app: App) -> None:
    key = app.use.show_report.read_period("01.02.2026-15.02.2026")
    report = await app.use.show_report(await app.owner(), key)
    assert (report.days.first, report.days.last) == (date(2026, 2, 1), date(2026, 2, 15))
    whole = await app.use.show_report(await app.owner(), "all")
    assert whole.earlier is None
    with pytest.raises(BadPeriod):
        app.use.show_report.read_period("tomorrow")
