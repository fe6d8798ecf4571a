"""Which commissions a pay-out consumes: oldest first, debts covered by the oldest (R19)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.payment import Commission, CommissionState
from domain.entities.payout import PayoutPart
from domain.money import Rate
from domain.rules.spending import oldest_first
from tests.domain.builders import instant, many


def commission(
    number: int,
    minor: int,
    *,
    day: int = 0,
    clawed_back: int = 0,
    reserved: int = 0,
    paid: int = 0,
    converted: int = 0,
    state: CommissionState = CommissionState.PAYABLE,
) -> Commission:
    at = instant("2026-03-01") + timedelta(days=day)
    return Commission(
        id=number,
        payment_id=number,
        line=0,
        enrolment_id=1,
        client_id=1,
        minor=minor,
        currency="USD",
        rate=Rate(1_000),
        tier=None,
        category=None,
        settlement="direct",
        terms_version=1,
        clawed_back=clawed_back,
        reserved=reserved,
        paid=paid,
        converted=converted,
        state=state,
        held_until=at,
        created_at=at,
    )


def spent_of(commissions: list[Commission], minor: int) -> tuple[PayoutPart, ...]:
    return oldest_first(commissions, [], minor).commissions


def parts(commissions: list[Commission], minor: int) -> list[tuple[int, int]]:
    return [(part.commission_id, part.minor) for part in spent_of(commissions, minor)]


THREE = [commission(1, 100, day=1), commission(2, 50, day=2), commission(3, 70, day=3)]


@pytest.mark.parametrize(
    ("minor", "expected"),
    [
        (0, []),
        (1, [(1, 1)]),
        (100, [(1, 100)]),
        (101, [(1, 100), (2, 1)]),
        (150, [(1, 100), (2, 50)]),
        (220, [(1, 100), (2, 50), (3, 70)]),
    ],
)
@pytest.mark.parametrize("order", [THREE, THREE[::-1]], ids=["oldest first", "newest first"])
def test_the_oldest_is_spent_first(
    order: list[Commission], minor: int, expected: list[tuple[int, int]]
) -> None:
    assert parts(order, minor) == expected


def test_of_one_moment_the_smaller_id_is_older() -> None:
    assert parts([commission(9, 10), commission(4, 10)], 15) == [(4, 10), (9, 5)]


def test_only_what_is_left_of_a_commission_is_spent() -> None:
    used = commission(1, 100, clawed_back=10, reserved=20, paid=30, converted=15)

    assert parts([used, commission(2, 100, day=1)], 40) == [(1, 25), (2, 15)]


@pytest.mark.parametrize(
    "state", [CommissionState.HELD, CommissionState.RETAINED, CommissionState.VOIDED]
)
def test_what_is_not_payable_is_never_spent(state: CommissionState) -> None:
    both = [commission(1, 100, state=state), commission(2, 100, day=1)]

    assert parts(both, 60) == [(2, 60)]
    with pytest.raises(ValueError, match="add up"):
        spent_of(both, 101)


@pytest.mark.parametrize(
    ("debt", "minor", "expected"),
    [
        (30, 0, []),
        (30, 190, [(1, 70), (2, 50), (3, 70)]),
        (30, 10, [(1, 10)]),
        (100, 120, [(2, 50), (3, 70)]),
        (120, 100, [(2, 30), (3, 70)]),
        (220, 0, []),
    ],
)
@pytest.mark.parametrize("age", [0, 9], ids=["an old debt", "a new debt"])
def test_a_debt_is_covered_by_the_oldest_others(
    age: int, debt: int, minor: int, expected: list[tuple[int, int]]
) -> None:
    owed = commission(7, debt, day=age, clawed_back=debt, paid=debt)
    assert owed.left == -debt

    assert parts([*THREE, owed], minor) == expected


def test_more_than_is_left_after_the_debt_is_a_bug() -> None:
    owed = commission(7, 30, clawed_back=30, paid=30)

    assert parts([*THREE, owed], 190)
    with pytest.raises(ValueError, match="add up"):
        spent_of([*THREE, owed], 191)
    with pytest.raises(ValueError, match="add up"):
        spent_of([], 1)


@st.composite
def many_commissions(draw: st.DrawFn) -> list[Commission]:
    """Commissions of several days, spent and taken back to any degree."""
    drawn = []
    for number in range(draw(st.integers(0, 8))):
        minor = draw(st.integers(1, 500))
        spent = draw(st.integers(0, minor))
        drawn.append(
            commission(
                number,
                minor,
                day=draw(st.integers(0, 3)),
                clawed_back=draw(st.integers(0, minor)),
                paid=spent,
                state=draw(st.sampled_from([*CommissionState, CommissionState.PAYABLE])),
            )
        )
    return drawn


@given(many_commissions(), st.data())
@many
def test_the_parts_add_up_and_leave_no_older_commission_unspent(
    commissions: list[Commission], data: st.DataObject
) -> None:
    payable = [c for c in commissions if c.state is CommissionState.PAYABLE]
    balance = sum(c.left for c in payable)
    minor = data.draw(st.integers(0, max(balance, 0)))

    spent = {part.commission_id: part.minor for part in spent_of(commissions, minor)}

    by_id = {c.id: c for c in payable}
    assert sum(spent.values()) == minor
    assert all(0 < part <= by_id[number].left for number, part in spent.items())
    # Debts and the amount together consume a front part of the queue, whole but for the last.
    debt = -sum(c.left for c in payable if c.left < 0)
    queue = [c for c in sorted(payable, key=lambda c: (c.created_at, c.id)) if c.left > 0]
    to_consume, covered = debt + minor, debt
    for c in queue:
        consumed = min(c.left, to_consume)
        to_consume -= consumed
        for_debt = min(consumed, covered)
        covered -= for_debt
        assert spent.get(c.id, 0) == consumed - for_debt


@given(many_commissions())
@many
def test_everything_payable_can_be_spent_and_not_one_unit_more(
    commissions: list[Commission],
) -> None:
    balance = sum(c.left for c in commissions if c.state is CommissionState.PAYABLE)

    if balance >= 0:
        assert sum(part.minor for part in spent_of(commissions, balance)) == balance
    with pytest.raises(ValueError, match="add up"):
        spent_of(commissions, max(balance, 0) + 1)


# Where most of it is, as the HTTP API tells


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({}, "payable"),
        ({"reserved": 60}, "reserved"),
        ({"paid": 60}, "paid"),
        ({"converted": 60}, "converted"),
        ({"paid": 30, "reserved": 40}, "reserved"),
        ({"paid": 50}, "payable"),
        ({"clawed_back": 99}, "payable"),
        ({"clawed_back": 100}, "voided"),
        ({"clawed_back": 100, "paid": 100}, "paid"),
        ({"state": CommissionState.HELD}, "held"),
        ({"state": CommissionState.RETAINED}, "retained"),
        ({"state": CommissionState.VOIDED, "clawed_back": 100}, "voided"),
    ],
)
def test_a_commission_is_where_most_of_it_is(known: dict[str, object], status: str) -> None:
    assert commission(1, 100, **known).status == status
