"""Which rate holds, what earns nothing, what a refund takes back (R7, R10, R11, R13, R14, R16)."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.client import Referral
from domain.entities.payment import EarnedNothing, Line
from domain.money import SAME_CURRENCY, ExchangeRate, Rate, split_in_proportion
from domain.programs.model_rates import RateRow
from domain.rules.commission import (
    RefundRefused,
    earns_nothing,
    earns_until,
    held_until,
    knows_category,
    rate_for,
    refund_lines,
)
from tests.domain.builders import instant, many, saas_tiers, written

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


# What earns nothing


def referral(**changes: object) -> Referral:
    known: dict[str, object] = {
        "id": 1,
        "client_id": 1,
        "program": "saas-tiers",
        "enrolment_id": 1,
        "reason": None,
        "code": "leo",
        "first_click_at": instant(REGISTERED),
        "registered_at": instant("2024-02-29 10:00"),
        "earns_until": instant("2025-02-28 10:00"),
    }
    return Referral(**known | changes)


@pytest.mark.parametrize(
    ("paid_at", "reason"),
    [
        ("2024-02-29 09:59:59.999999", EarnedNothing.BEFORE_REGISTRATION),
        ("2024-02-29 10:00", None),
        ("2025-02-28 09:59:59.999999", None),
        ("2025-02-28 10:00", EarnedNothing.DURATION_ENDED),
        ("2025-02-28 10:00:01", EarnedNothing.DURATION_ENDED),
    ],
)
def test_a_client_earns_from_its_registration_to_before_the_end(
    paid_at: str, reason: EarnedNothing | None
) -> None:
    at = instant(paid_at)

    assert earns_nothing(referral(), paid_at=at, deleted_at=None, is_active=True) == reason


@pytest.mark.parametrize(
    ("paid_at", "reason"),
    [
        ("2024-06-01 11:59:59.999999", None),
        ("2024-06-01 12:00", EarnedNothing.CLIENT_DELETED),
        ("2024-06-01 12:00:01", EarnedNothing.CLIENT_DELETED),
    ],
)
def test_a_payment_from_the_deletion_on_earns_nothing(
    paid_at: str, reason: EarnedNothing | None
) -> None:
    deleted_at = instant("2024-06-01 12:00")

    assert (
        earns_nothing(referral(), paid_at=instant(paid_at), deleted_at=deleted_at, is_active=True)
        == reason
    )


def test_a_client_without_an_end_earns_for_good() -> None:
    forever = referral(earns_until=None)

    for year in ("2025", "2050", "2999"):
        at = instant(f"{year}-01-01")
        assert earns_nothing(forever, paid_at=at, deleted_at=None, is_active=True) is None


def test_a_suspended_partner_earns_nothing() -> None:
    at = instant("2024-06-01")

    reason = earns_nothing(referral(), paid_at=at, deleted_at=None, is_active=False)

    assert reason is EarnedNothing.PARTNER_SUSPENDED


def test_the_program_says_for_how_long_a_client_earns() -> None:
    program = saas_tiers()
    start = instant("2024-02-29 10:00")

    assert earns_until(program, start) == instant("2025-02-28 10:00")
    assert earns_until(replace(program, duration_months=1), start) == instant("2024-03-29 10:00")
    assert earns_until(replace(program, duration_months=None), start) is None


def test_a_hold_counts_days_of_24_hours_from_the_payment() -> None:
    program = replace(saas_tiers(), hold_days=14)

    assert held_until(program, instant("2026-03-20 10:00:00.5")) == instant(
        "2026-04-03 10:00:00.5"
    )
    assert held_until(saas_tiers(), instant("2026-03-20")) == instant("2026-03-20")


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


# Refunds


def payment(*lines: tuple[str | None, int] | tuple[str | None, int, int]) -> tuple[Line, ...]:
    return tuple(
        Line(category=line[0], minor=line[1], refunded=line[2] if len(line) > 2 else 0)
        for line in lines
    )


def backs(lines: Sequence[Line]) -> list[int]:
    return [line.refunded for line in lines]


@pytest.mark.parametrize(
    ("lines", "minor", "expected"),
    [
        (payment((None, 100)), 30, [30]),
        (payment((None, 100, 30)), 70, [100]),
        (payment(("a", 100), ("b", 100), ("c", 100)), 100, [34, 33, 33]),
        (payment(("a", 100, 34), ("b", 100, 33), ("c", 100, 33)), 100, [67, 67, 66]),
        (payment(("a", 100), ("b", 100), ("c", 100)), 200, [67, 67, 66]),
        (payment(("a", 1), ("b", 99)), 1, [0, 1]),
        (payment(("a", 1), ("b", 1)), 1, [1, 0]),
        (payment(("a", 1, 1), ("b", 1)), 1, [1, 1]),
        (payment(("a", 700), ("b", 300)), 1000, [700, 300]),
        (payment(("a", 100, 67), ("b", 100, 67), ("c", 100, 66)), -100, [34, 33, 33]),
        (payment(("a", 70, 70), ("b", 30, 30)), -100, [0, 0]),
    ],
)
def test_a_refund_without_lines_splits_the_total_so_far_in_proportion(
    lines: tuple[Line, ...], minor: int, expected: list[int]
) -> None:
    after = refund_lines(lines, minor, None)

    assert backs(after) == expected
    assert [(line.category, line.minor) for line in after] == [
        (line.category, line.minor) for line in lines
    ]


@pytest.mark.parametrize(
    ("lines", "by_category", "expected"),
    [
        (payment(("a", 70), ("b", 30)), {"a": 10}, [10, 0]),
        (payment(("a", 70), ("b", 30)), {"b": 30, "a": 70}, [70, 30]),
        (payment(("a", 70, 10), ("b", 30)), {"a": 60}, [70, 0]),
        (payment(("a", 70, 70), ("b", 30, 30)), {"b": -30}, [70, 0]),
    ],
)
def test_a_refund_by_lines_is_added_to_each_line(
    lines: tuple[Line, ...], by_category: dict[str | None, int], expected: list[int]
) -> None:
    assert backs(refund_lines(lines, sum(by_category.values()), by_category)) == expected


@pytest.mark.parametrize(
    ("lines", "minor", "by_category", "field"),
    [
        (payment((None, 100)), 101, None, "amount"),
        (payment((None, 100, 30)), 71, None, "amount"),
        (payment(("a", 70), ("b", 30)), 101, None, "amount"),
        (payment((None, 100, 30)), -31, None, "amount"),
        (payment(("a", 70), ("b", 30)), 71, {"a": 71}, "lines"),
        (payment(("a", 70, 1), ("b", 30)), 70, {"a": 70}, "lines"),
        (payment(("a", 70), ("b", 30)), 31, {"b": 31}, "lines"),
        (payment(("a", 70), ("b", 30)), 10, {"c": 10}, "lines"),
        (payment(("a", 70), ("b", 30)), 20, {"a": 10, "c": 10}, "lines"),
        (payment(("a", 70), ("b", 30)), -1, {"a": -1}, "lines"),
    ],
)
def test_a_refund_beyond_the_payment_or_a_line_is_refused(
    lines: tuple[Line, ...], minor: int, by_category: dict[str | None, int] | None, field: str
) -> None:
    with pytest.raises(RefundRefused) as caught:
        refund_lines(lines, minor, by_category)

    assert caught.value.args[0] == field


paid_lines = st.lists(st.integers(1, 10**9), min_size=1, max_size=5)
shares = st.integers(1, 10_000).map(Rate)
exchanges = st.one_of(st.just(SAME_CURRENCY), st.integers(1, 10**14).map(ExchangeRate))


def clawed_back(lines: Sequence[Line], share: Rate, exchange: ExchangeRate) -> list[int]:
    """Return what is taken back of each line's commission, as R13 says."""
    return [
        share.of(line.minor, "USD", "USD", exchange)
        - share.of(line.minor - line.refunded, "USD", "USD", exchange)
        for line in lines
    ]


@st.composite
def partial_refunds(draw: st.DrawFn, total: int) -> list[int]:
    """Refunds that add up to at most the total, at least one of them."""
    cuts = sorted(draw(st.lists(st.integers(1, total), min_size=1, max_size=6, unique=True)))
    return [cut - before for cut, before in zip(cuts, [0, *cuts], strict=False)]


@given(paid_lines, shares, exchanges, st.data())
@many
def test_refunds_in_parts_take_back_the_same_as_one(
    amounts: list[int], share: Rate, exchange: ExchangeRate, data: st.DataObject
) -> None:
    lines = payment(*((str(number), minor) for number, minor in enumerate(amounts)))
    parts = data.draw(partial_refunds(sum(amounts)))

    step = lines
    for part in parts:
        step = refund_lines(step, part, None)

    assert step == refund_lines(lines, sum(parts), None)
    taken = clawed_back(step, share, exchange)
    whole = [share.of(line.minor, "USD", "USD", exchange) for line in lines]
    assert all(0 <= part <= commission for part, commission in zip(taken, whole, strict=True))
    assert sum(line.refunded for line in step) == sum(parts)


@given(paid_lines, shares, exchanges, st.data())
@many
def test_a_full_refund_leaves_exactly_nothing(
    amounts: list[int], share: Rate, exchange: ExchangeRate, data: st.DataObject
) -> None:
    lines = payment(*((str(number), minor) for number, minor in enumerate(amounts)))
    parts = data.draw(partial_refunds(sum(amounts)))
    rest = sum(amounts) - sum(parts)

    for part in [*parts, rest]:
        lines = refund_lines(lines, part, None)

    assert backs(lines) == amounts
    assert clawed_back(lines, share, exchange) == [
        share.of(minor, "USD", "USD", exchange) for minor in amounts
    ]


@given(paid_lines, st.data())
@many
def test_what_was_refunded_and_won_back_is_as_before(
    amounts: list[int], data: st.DataObject
) -> None:
    lines = payment(*((str(number), minor) for number, minor in enumerate(amounts)))
    before = refund_lines(lines, data.draw(st.integers(0, sum(amounts) - 1)), None)
    taken = data.draw(st.integers(1, sum(amounts) - sum(backs(before))))

    assert refund_lines(refund_lines(before, taken, None), -taken, None) == before


@given(paid_lines, st.data())
@many
def test_a_refund_by_lines_touches_only_the_lines_it_names(
    amounts: list[int], data: st.DataObject
) -> None:
    lines = payment(*((str(number), minor) for number, minor in enumerate(amounts)))
    named = {
        str(number): data.draw(st.integers(1, minor))
        for number, minor in enumerate(amounts)
        if data.draw(st.booleans())
    }

    after = refund_lines(lines, sum(named.values()), dict(named))

    assert backs(after) == [named.get(str(number), 0) for number in range(len(amounts))]


def test_three_refunds_of_a_third_take_back_what_one_takes() -> None:
    lines, share = payment((None, 10_000)), Rate.parse("33.33%")
    commission = share.of(10_000, "USD", "USD", SAME_CURRENCY)
    taken = []

    for part in (3_333, 3_333, 3_334):
        lines = refund_lines(lines, part, None)
        taken.append(sum(clawed_back(lines, share, SAME_CURRENCY)))

    assert taken == [1_111, 2_222, commission]


def test_the_split_of_a_refund_is_the_split_of_its_total() -> None:
    lines = payment(("a", 333), ("b", 333), ("c", 334))

    after = refund_lines(refund_lines(lines, 100, None), 150, None)

    assert backs(after) == split_in_proportion(250, [333, 333, 334])
    assert all(
        abs(b - Fraction(250 * m.minor, 1_000)) < 1
        for b, m in zip(backs(after), lines, strict=True)
    )
