"""What expected clients would bring, by the program's own rate table (R44)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.money import Money
from domain.programs.model import Program
from domain.rules.calculator import Forecast, forecast
from tests.domain.builders import paid, saas_tiers, written
from tests.domain.programs import BRONZE_FROM_THREE, HOSTING, POOL, WIDGET
from tests.domain.world import World


def money(text: str, currency: str = "USD") -> Money:
    return Money(round(float(text) * 100), currency)


def shown(found: Forecast) -> list[tuple[str | None, str | None, str, str, str]]:
    return [
        (e.way.category, e.way.settlement, str(e.rate), str(e.month), str(e.year))
        for e in found.earnings
    ]


@pytest.mark.parametrize(
    ("clients", "tier", "rate", "month", "year"),
    [
        (1, "start", "10%", "10.00", "120.00"),
        (5, "start", "10%", "50.00", "600.00"),
        (6, "plus", "20%", "120.00", "1440.00"),
        (20, "plus", "20%", "400.00", "4800.00"),
        (21, "pro", "30%", "630.00", "7560.00"),
    ],
)
def test_the_tier_of_all_clients_decides(
    clients: int, tier: str, rate: str, month: str, year: str
) -> None:
    found = forecast(saas_tiers(), clients, money("100.00"))
    assert found.progress.level is not None
    assert found.progress.level.key == tier
    assert shown(found) == [(None, None, rate, month, year)]


def test_each_commission_is_rounded_by_itself() -> None:
    found = forecast(saas_tiers(), 3, money("0.15"))
    assert found.earnings[0].month == money("0.06")


def test_credit_adds_the_bonus_of_the_payments() -> None:
    assert forecast(saas_tiers(), 1, money("100.00")).earnings[0].credit_month == money("30.00")
    conversion = saas_tiers().conversion
    assert conversion is not None
    by_amount = replace(saas_tiers(), conversion=replace(conversion, bonus_base="amount"))
    assert forecast(by_amount, 1, money("100.00")).earnings[0].credit_month == money("12.00")
    assert forecast(HOSTING, 1, money("100.00", "EUR")).earnings[0].credit_month is None


def test_every_category_has_its_line() -> None:
    found = forecast(HOSTING, 2, money("100.00", "EUR"))
    assert [(line[0], line[2], line[3]) for line in shown(found)] == [
        ("shared", "15%", "30.00"),
        ("domains", "2.5%", "5.00"),
        ("dedicated", "7%", "14.00"),
        ("free", "0%", "0.00"),
    ]
    bronze, silver = found.steps
    assert [str(rate) if rate else None for rate in bronze.rates] == ["10%", "2.5%", None, "0%"]
    assert [str(amount) for amount in silver.month] == ["30.00", "5.00", "14.00", "0.00"]


def test_both_ways_of_settlement_are_told() -> None:
    found = forecast(WIDGET, 1, money("1000.00", "RUB"))
    assert [(line[1], line[3], line[4]) for line in shown(found)] == [
        ("direct", "400.00", "4800.00"),
        ("via_partner", "500.00", "6000.00"),
    ]


def test_below_the_lowest_tier_nothing_is_earned_and_the_way_is_told() -> None:
    found = forecast(BRONZE_FROM_THREE, 2, money("100.00"))
    assert shown(found) == [(None, None, "0%", "0.00", "0.00")]
    assert found.progress.missing_clients == 1
    assert found.steps[0].month == (money("30.00"),)


def test_a_program_that_pays_nothing() -> None:
    found = forecast(POOL, 5, money("100.00"))
    assert found.earnings == ()
    assert found.steps == ()


def test_a_short_duration_and_later_months_limit_the_year() -> None:
    short = replace(saas_tiers(), duration_months=3)
    assert forecast(short, 1, money("100.00")).earnings[0].year == money("30.00")
    assert forecast(short, 1, money("100.00")).months == 3
    falling = written(
        """
        [program]
        key = "falling"
        currency = "USD"
        [commission]
        rates = [{ rate = "40%" }, { from_month = 6, rate = "10%" }]
        [payout]
        minimum = "50.00"
        """
    )
    earning = forecast(falling, 1, money("100.00")).earnings[0]
    assert (earning.month, earning.year) == (money("40.00"), money("300.00"))
    assert len(forecast(falling, 1, money("100.00")).earnings) == 1


@settings(max_examples=30, deadline=None)
@given(
    clients=st.integers(1, 8),
    minor=st.integers(1, 10**9),
    program=st.sampled_from([saas_tiers(), BRONZE_FROM_THREE]),
)
def test_a_month_is_what_the_books_would_pay(clients: int, minor: int, program: Program) -> None:
    """All clients have paid once; what the next month brings is what was foretold."""
    world = World(program)
    world.enrols("ann", program=program.key)
    world.brings("ann", clients)
    amount = str(Money(minor, program.currency))
    names = [f"ann-{number}" for number in range(1, clients + 1)]
    before = sum(row.minor for row in world.commissions.values())
    world.send_each(*(paid(f"next-{name}", name, amount, "2026-11-10") for name in names))
    earned = sum(row.minor for row in world.commissions.values()) - before
    assert (
        earned
        == forecast(program, clients, Money(minor, program.currency)).earnings[0].month.minor
    )


def test_caps_and_a_tax_hold_in_the_calculator_too() -> None:
    program = written(
        """
        [program]
        key = "capped"
        currency = "USD"
        [commission]
        client_cap = "25.00"
        month_cap = "90.00"
        tax_included = "20%"
        rates = [{ rate = "10%" }]
        [payout]
        minimum = "1.00"
        """
    )
    # 120.00 with its tax are 100.00 without: 10.00 a month, and a client's third payment earns 5.
    few, many_clients = forecast(program, 2, money("120")), forecast(program, 10, money("120"))
    assert shown(few) == [(None, None, "10%", "20.00", "50.00")]
    assert shown(many_clients) == [(None, None, "10%", "90.00", "230.00")]
