"""Two people above a sum: who approves does not settle (R18)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.entities.payout import PayoutStatus
from domain.money import Money
from domain.rules.payouts import (
    PayoutAlreadyDecided,
    SecondPersonNeeded,
    approve,
    needs_two,
    second_person_limit,
    settle,
)
from tests.domain.payouts import AT, DAY, FEDIR, OLGA, PAYOUT, payout, usd


@pytest.mark.parametrize(
    ("above", "currency", "minor"),
    [("99.99", "USD", 9_999), ("100", "JPY", 100), ("0.5", "KWD", 500)],
)
def test_the_sum_is_in_major_units_of_each_currency(above: str, currency: str, minor: int) -> None:
    limit = second_person_limit(Decimal(above), currency)
    assert limit == Money(minor, currency)
    assert not needs_two(replace(PAYOUT, amount=Money(minor, currency)), limit)
    assert needs_two(replace(PAYOUT, amount=Money(minor + 1, currency)), limit)
    assert not needs_two(PAYOUT, second_person_limit(None, "USD"))


LIMIT = usd("99.99")


def test_above_the_limit_nobody_settles_what_nobody_approved() -> None:
    with pytest.raises(SecondPersonNeeded) as caught:
        settle(PAYOUT, by=OLGA, at=AT, paid_on=DAY, second_person_above=LIMIT)

    assert caught.value.facts == {"limit": LIMIT, "is_approved": False}


def test_above_the_limit_nobody_settles_what_he_approved_himself() -> None:
    with pytest.raises(SecondPersonNeeded) as caught:
        settle(approve(PAYOUT, by=OLGA), by=OLGA, at=AT, paid_on=DAY, second_person_above=LIMIT)

    assert caught.value.facts == {"limit": LIMIT, "is_approved": True}


def test_above_the_limit_another_person_settles() -> None:
    moved = settle(
        approve(PAYOUT, by=OLGA), by=FEDIR, at=AT, paid_on=DAY, second_person_above=LIMIT
    )

    assert (moved.status, moved.approved_by, moved.settled_by) == (PayoutStatus.DONE, OLGA, FEDIR)


@pytest.mark.parametrize("limit", [usd("100.00"), usd("100.01"), None])
def test_up_to_the_limit_one_person_is_enough(limit: Money | None) -> None:
    assert (
        settle(PAYOUT, by=OLGA, at=AT, paid_on=DAY, second_person_above=limit).status
        is PayoutStatus.DONE
    )
    approved = approve(PAYOUT, by=OLGA)
    assert (
        settle(approved, by=OLGA, at=AT, paid_on=DAY, second_person_above=limit).status
        is PayoutStatus.DONE
    )


@pytest.mark.parametrize(
    "status",
    [
        PayoutStatus.DONE,
        PayoutStatus.REJECTED,
        PayoutStatus.CANCELLED,
        PayoutStatus.RETURNED,
    ],
)
def test_what_has_ended_is_told_so_before_a_second_person_is_asked_for(
    status: PayoutStatus,
) -> None:
    with pytest.raises(PayoutAlreadyDecided):
        settle(payout(status), by=OLGA, at=AT, paid_on=DAY, second_person_above=LIMIT)
