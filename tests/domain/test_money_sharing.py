"""An amount shared out: the parts add up, and the odd units have their place (R13)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import split_in_proportion
from tests.domain.builders import INT64_MAX, many


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (200, [1, 1, 1], [67, 67, 66]),
        (1, [1, 1, 1], [1, 0, 0]),
        (0, [3, 5], [0, 0]),
        (5, [0, 1], [0, 5]),
        (7, [4], [7]),
        (10, [1, 2], [3, 7]),
        (3, [1, 1], [2, 1]),
        (50, [3333, 3333, 3334], [17, 16, 17]),
        (INT64_MAX, [1, 1], [2**62, 2**62 - 1]),
    ],
)
def test_the_odd_units_go_to_the_largest_remainders_then_to_the_earlier(
    total: int, weights: list[int], parts: list[int]
) -> None:
    assert split_in_proportion(total, weights) == parts


weighted = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(st.integers(0, 10**12), weighted)
@many
def test_the_parts_add_up_and_each_is_within_one_of_its_exact_share(
    total: int, weights: list[int]
) -> None:
    parts = split_in_proportion(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(st.integers(0, 10**9), weighted)
@many
def test_no_part_is_rounded_up_before_a_larger_or_equal_earlier_remainder(
    total: int, weights: list[int]
) -> None:
    parts = split_in_proportion(total, weights)

    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    remainders = [share - share.__floor__() for share in exact]
    places = range(len(parts))
    up = [i for i in places if parts[i] > exact[i].__floor__()]
    down = [i for i in places if i not in up]
    assert all((-remainders[i], i) < (-remainders[j], j) for i in up for j in down)


@given(st.data(), weighted)
@many
def test_no_part_of_a_refund_is_more_than_its_line(
    data: st.DataObject, weights: list[int]
) -> None:
    total = data.draw(st.integers(0, sum(weights)))

    parts = split_in_proportion(total, weights)

    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
