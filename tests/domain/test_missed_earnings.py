"""What staff may compensate a partner for after a wrong refusal (R24)."""

from dataclasses import replace
from itertools import permutations

import pytest

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.payment import EarnedNothing, Line, Payment
from domain.money import ExchangeRate
from domain.rules.missed import missed_earnings
from tests.domain.builders import cents, instant, written

PROGRAM = written(
    """
    [program]
    key = "mine"
    currency = "EUR"
    [commission]
    duration_months = 12
    rates = [
        { category = "vps", rate = "10%" },
        { category = "vps", payment = "first", amount = "25.00" },
    ]
    [payout]
    minimum = "1.00"
    """
)
MINE = Enrolment(
    id=1,
    partner_id=1,
    program="mine",
    code="me",
    status=EnrolmentStatus.ACTIVE,
    terms_version=1,
    joined_at=instant("2026-01-01"),
)
REGISTERED = instant("2026-03-01")


def payment(number: int, day: str, amount: str = "100.00", /, **more: object) -> Payment:
    """Build a payment of nobody's client."""
    minor = cents(amount)
    row = Payment(
        id=number,
        payment_id=f"p-{number}",
        client_id=7,
        program=None,
        enrolment_id=None,
        minor=minor,
        currency="EUR",
        exchange=None,
        paid_at=instant(day),
        settlement="direct",
        account_id=None,
        lines=(Line(category="vps", minor=minor),),
        has_lines=False,
        recorded_at=instant(day),
        reason=EarnedNothing.NOT_ATTRIBUTED,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def missed(*payments: Payment, mapped: dict[tuple[str, str], str] | None = None) -> int:
    """Return what the partner missed by these payments."""
    return missed_earnings(PROGRAM, MINE, REGISTERED, payments, mapped or {})


FIRST, SECOND = payment(5, "2026-03-02"), payment(4, "2026-03-03", "40.00")
THIRD = payment(6, "2026-03-03", "30.00")


@pytest.mark.parametrize("order", list(permutations((FIRST, SECOND, THIRD))))
def test_the_first_payment_is_the_one_paid_first(order: tuple[Payment, ...]) -> None:
    assert missed(*order) == cents("25.00") + cents("4.00") + cents("3.00")


def test_of_two_paid_at_once_the_one_recorded_first_is_the_first() -> None:
    assert missed(THIRD, SECOND) == cents("25.00") + cents("3.00")


@pytest.mark.parametrize("enrolment_id", [None, 2])
def test_a_payment_of_another_program_is_not_missed(enrolment_id: int | None) -> None:
    other = payment(3, "2026-03-01", program="other", enrolment_id=enrolment_id)
    rate = ExchangeRate(11 * 10**11)
    assert missed(replace(other, currency="USD", exchange=rate)) == 0
    assert missed(other, FIRST) == cents("25.00"), "nor is it the first one here"


def test_what_another_partner_of_the_program_earned_by_is_missed() -> None:
    assert missed(replace(FIRST, program="mine", enrolment_id=2)) == cents("25.00")


def test_what_the_partner_earned_by_is_not_missed_but_was_the_first() -> None:
    assert missed(replace(FIRST, program="mine", enrolment_id=1), SECOND) == cents("4.00")


def test_a_category_counts_as_staff_mapped_it() -> None:
    odd = replace(SECOND, lines=(Line(category="odd", minor=4_000),))
    bare = replace(THIRD, lines=(Line(category=None, minor=3_000),))
    assert missed(FIRST, odd, bare) == cents("25.00")
    mapped = {("mine", "odd"): "vps", ("mine", ""): "vps", ("other", "x"): "vps"}
    assert missed(FIRST, odd, bare, mapped=mapped) == cents("25.00") + cents("7.00")


def test_what_was_refunded_is_less_and_a_fixed_amount_stands_while_anything_is_left() -> None:
    lines = (Line(category="vps", minor=100, refunded=100), Line(category="odd", minor=900))
    first = replace(FIRST, minor=1_000, lines=lines)
    half = replace(SECOND, lines=(Line(category="vps", minor=4_000, refunded=1_000),))
    assert missed(first, half) == cents("25.00") + cents("3.00")
    gone = replace(FIRST, lines=(Line(category="vps", minor=10_000, refunded=10_000),))
    assert missed(gone) == 0
