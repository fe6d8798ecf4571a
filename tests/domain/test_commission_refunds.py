"""What a refund takes back of each line, and that parts take back what one would (R11, R13)."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.payment import Line
from domain.money import SAME_CURRENCY, ExchangeRate, Rate, split_in_proportion
from domain.rules.commission import RefundRefused, refund_lines
from tests.domain.builders import many


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
