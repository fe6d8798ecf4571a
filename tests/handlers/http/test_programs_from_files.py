"""A vendor's own program files, from the disk to the balance and the pay-out, without code."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.click_tokens import SignedClickTokens
from bot.programs import load_programs
from domain.surroundings import Surroundings
from domain.usecases.joining.name_account import NameVendorAccount
from domain.usecases.payouts.name_account import NamePayoutAccount
from domain.usecases.payouts.schedule import MakeScheduledPayouts
from storage.books import audit
from storage.engine import Engines
from storage.work import SqlOpenWork
from tests.domain.builders import TEXTS
from tests.handlers.http.billing import MovableClock, text
from tests.handlers.http.test_invented_programs import balance_of, pays
from tests.handlers.http.world import World

ACADEMY = """
[program]
key = "academy"
currency = "EUR"
[commission]
rates = [
    { category = "courses", rate = "12%" },
    { category = "courses", from_month = 12, rate = "6%" },
    { category = "exams", rate = "12%" },
    { category = "exams", from_month = 12, rate = "6%" },
]
[payout]
minimum = "200.00"
schedule = "quarterly"
day = 5
"""
UNITS = """
[program]
key = "units"
currency = "CLF"
[tiers]
basis = "active_clients"
levels = [{ key = "one", from = 1 }, { key = "two", from = 2 }]
[commission]
duration_months = 1
tax_included = "19%"
payment_cap = "0.0100"
month_cap = "0.0250"
rates = [
    { tier = "one", rate = "0%" },
    { tier = "two", rate = "33.33%" },
    { tier = "two", settlement = "via_partner", amount = "0.0001" },
]
[payout]
minimum = "0.0001"
"""


@pytest.fixture
def around(
    tmp_path: Path,
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    for name, program in (("academy.toml", ACADEMY), ("units.toml", UNITS)):
        (tmp_path / name).write_text(program + TEXTS)
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs=load_programs(["academy.toml", "units.toml"], base=tmp_path),
        zone=UTC,
        tokens=tokens,
    )


async def test_a_year_of_more_then_less_on_two_categories_paid_each_quarter(
    world: World, engines: Engines
) -> None:
    code = await world.joins("academy")
    more = {"currency": "EUR"}
    await world.billing.registers("ann", referral_code=code)
    await NameVendorAccount(world.around)(await world.caller(code), "own")
    await NamePayoutAccount(world.around)(await world.caller(code), "DE89370400440532013000")
    make_payouts = MakeScheduledPayouts(world.around)
    assert await pays(world, "ann", "1000.00", "2026-03-05", category="courses", **more) is None
    lines = [
        {"category": "courses", "amount": "500.01"},
        {"category": "exams", "amount": "499.99"},
    ]
    assert await pays(world, "ann", "1000.00", "2027-03-05", lines=lines, **more) is None
    reply = await world.billing.pays("ann", "10.00", category="books", **more)
    assert reply.told == (200, "parked", "category")
    world.clock.at = datetime(2027, 4, 5, 9, tzinfo=UTC)
    assert await make_payouts() == 0
    assert await balance_of(world, code) == {"accrued": "180.00", "payable": "180.00"}
    assert await pays(world, "ann", "400.00", "2027-05-05", category="exams", **more) is None
    world.clock.at = datetime(2027, 7, 5, 9, tzinfo=UTC)
    assert await make_payouts() == 1
    assert await balance_of(world, code) == {"accrued": "204.00", "reserved": "204.00"}
    assert await audit(engines) == []


async def test_four_decimals_another_currency_a_tax_caps_and_active_clients(
    world: World, engines: Engines
) -> None:
    code = await world.joins("units")
    for name in ("ann", "tom"):
        account = {"account_id": f"acc-{name}", "name": name}
        await world.billing.registers(name, referral_code=code, account=account)
    more = {"currency": "KWD", "exchange_rate": "0.012345678912"}
    assert await pays(world, "ann", "1.000", "2026-03-03", **more) == "below_tiers"
    await world.uses("ann", "activated")
    assert await pays(world, "ann", "1.000", "2026-03-03", **more) == "zero_rate"
    await world.uses("tom", "activated")
    # 1 / 1.19 x 0.012345678912 x 33.33 % = 0.003457..., then twice the cap of a payment.
    assert await pays(world, "ann", "1.000", "2026-03-03", payment="p-1", **more) is None
    assert await pays(world, "ann", "1000.000", "2026-03-03", **more) is None
    collected = {"settlement": "via_partner"} | more
    assert await pays(world, "tom", "5.000", "2026-03-03", **collected) is None
    for reason in (None, None, "cap_reached"):
        assert await pays(world, "tom", "1000.000", "2026-03-04", **more) == reason
    assert await pays(world, "tom", "1000.000", "2026-04-02", **more) == "duration_ended"
    earned = {"accrued": "0.0249", "payable": "0.0249", "retained": "0.0001"}
    assert await balance_of(world, code) == earned
    for number, amount in enumerate(("0.333", "0.333", "0.334")):
        await world.billing.send(
            "payment.refunded",
            refund_id=f"r-{number}",
            payment_id="p-1",
            amount=amount,
            refunded_at=text(world.clock()),
        )
    less = {"payable": "0.0214", "clawed_back": "0.0035"}
    assert await balance_of(world, code) == earned | less
    assert await audit(engines) == []
