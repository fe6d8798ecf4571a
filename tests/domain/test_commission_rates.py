"""Which row of the table of rates a payment earns by: category, tier, settlement, month (R7)."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.money import Rate
from domain.programs.model_rates import RateRow
from domain.rules.commission import knows_category, rate_for
from tests.domain.builders import instant, saas_tiers, written

REGISTERED = "2026-01-31 10:00"


def row(rate: int, category: str = "*", tier: str = "*", settlement: str = "*") -> RateRow:
    return RateRow(category=category, tier=tier, settlement=settlement, rate=Rate(rate * 100))


# The rate of each row is its weight: 4 for the category, 2 for the tier, 1 for the settlement.
TABLE = (
    row(0),
    row(1, settlement="direct"),
    row(2, tier="gold"),
    row(3, tier="gold", settlement="direct"),
    row(4, category="vps"),
    row(5, category="vps", settlement="direct"),
    row(6, category="vps", tier="gold"),
    row(7, category="vps", tier="gold", settlement="direct"),
)


def rate(
    rows: Sequence[RateRow],
    category: str | None = None,
    tier: str | None = None,
    settlement: str = "direct",
    paid_at: str = "2026-02-01",
) -> int | None:
    found = rate_for(
        rows,
        category=category,
        tier=tier,
        settlement=settlement,
        registered_at=instant(REGISTERED),
        paid_at=instant(paid_at),
    )
    return None if found is None else found.bps // 100


@pytest.mark.parametrize("rows", [TABLE, TABLE[::-1]], ids=["in order", "backwards"])
@pytest.mark.parametrize(
    ("category", "tier", "settlement", "percent"),
    [
        ("vps", "gold", "direct", 7),
        ("vps", "gold", "via_partner", 6),
        ("vps", "silver", "direct", 5),
        ("vps", "silver", "via_partner", 4),
        ("vps", None, "direct", 5),
        ("mail", "gold", "direct", 3),
        ("mail", "gold", "via_partner", 2),
        ("mail", "silver", "direct", 1),
        ("mail", "silver", "via_partner", 0),
        (None, "gold", "direct", 3),
        (None, None, "direct", 1),
        (None, None, "via_partner", 0),
    ],
)
def test_category_goes_before_tier_and_tier_before_settlement(
    rows: Sequence[RateRow], category: str | None, tier: str | None, settlement: str, percent: int
) -> None:
    assert rate(rows, category, tier, settlement) == percent


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (row(9, category="vps"), row(1, tier="gold", settlement="direct")),
        (row(9, tier="gold"), row(1, settlement="direct")),
        (row(9, category="vps"), row(1, settlement="direct")),
        (row(9, settlement="direct"), row(1)),
    ],
)
def test_one_more_important_match_outweighs_all_less_important_ones(
    more: RateRow, less: RateRow
) -> None:
    assert rate((more, less), "vps", "gold") == 9
    assert rate((less, more), "vps", "gold") == 9


def test_a_payment_without_category_matches_only_rows_for_any_category() -> None:
    assert rate((row(5, category="vps"),), None) is None
    assert rate((row(5, category="vps"), row(1)), None) == 1
    assert not knows_category((row(5, category="vps"),), None)
    assert knows_category((row(5, category="vps"), row(1)), None)


def test_a_category_is_known_where_any_row_speaks_of_it() -> None:
    assert knows_category((row(5, category="vps", tier="gold"),), "vps")
    assert not knows_category((row(5, category="vps"),), "mail")
    assert knows_category((row(1),), "mail")
    assert not knows_category((), "mail")


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (row(5, category="mail"),),
        (row(5, tier="gold"),),
        (row(5, settlement="via_partner"),),
        (row(5, category="vps", tier="gold"),),
    ],
)
def test_without_a_row_that_matches_there_is_no_rate(rows: Sequence[RateRow]) -> None:
    assert rate(rows, "vps", "silver") is None


def test_categories_are_compared_letter_by_letter() -> None:
    assert rate((row(5, category="vps"),), "VPS") is None
    assert rate((row(5, category="vps"),), "*") is None


LATER = (
    replace(row(10), from_month=1),
    row(20),
    replace(row(5), from_month=6),
    replace(row(9, tier="gold"), from_month=12),
)


@pytest.mark.parametrize(
    ("paid_at", "percent"),
    [
        ("2026-01-31 10:00", 20),
        # one month after 31 January ends on 28 February
        ("2026-02-28 09:59:59.999999", 20),
        ("2026-02-28 10:00", 10),
        ("2026-07-31 09:59:59", 10),
        ("2026-07-31 10:00", 5),
        ("2036-01-01", 5),
    ],
)
def test_the_latest_row_that_holds_already_wins(paid_at: str, percent: int) -> None:
    assert rate(LATER, paid_at=paid_at) == percent
    assert rate(LATER[::-1], paid_at=paid_at) == percent


def test_the_month_decides_only_between_rows_equally_specific() -> None:
    rows = (row(20, tier="gold"), replace(row(5), from_month=6))

    assert rate(rows, tier="gold", paid_at="2027-01-01") == 20
    assert rate(rows, tier="silver", paid_at="2027-01-01") == 5


def test_a_row_from_the_start_holds_before_the_registration_too() -> None:
    assert rate((row(20),), paid_at="2025-01-01") == 20


def test_the_presets_own_table_is_by_tier_alone() -> None:
    rows = saas_tiers().rates

    assert [rate(rows, "anything", tier) for tier in ("start", "plus", "pro")] == [10, 20, 30]
    assert [rate(rows, None, tier) for tier in ("start", "plus", "pro")] == [10, 20, 30]


def test_a_table_of_a_file_reads_as_it_is_written() -> None:
    program = written(
        """
        [program]
        key = "w"
        currency = "RUB"
        [commission]
        rates = [
            { settlement = "direct", rate = "40%" },
            { settlement = "via_partner", rate = "50%" },
        ]
        [payout]
        minimum = "1"
        """
    )

    assert rate(program.rates, "widget", None, "direct") == 40
    assert rate(program.rates, "widget", None, "via_partner") == 50
