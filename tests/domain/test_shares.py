"""Fixed amounts, first payments, caps and least payments: exact to the minor unit."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.payment import Commission, CommissionState, EarnedNothing, Line, Payment
from domain.money import SAME_CURRENCY
from domain.programs.model import Program
from domain.rules.commission import due_of
from domain.rules.shares import Share, Standing, room_of, shares_of
from tests.domain.builders import cents, many, written

AT = datetime(2026, 3, 2, tzinfo=UTC)


def program(rates: str, more: str = "") -> Program:
    return written(
        f"""
        [program]
        key = "acme"
        currency = "EUR"
        [commission]
        {more}
        rates = [{rates}]
        [payout]
        minimum = "1.00"
        """
    )


def shares(terms: Program, *lines: tuple[str | None, int], is_first: bool) -> list[Share]:
    payment = Payment(
        id=1,
        payment_id="p",
        client_id=1,
        program="acme",
        enrolment_id=1,
        minor=sum(minor for _, minor in lines),
        currency="EUR",
        exchange=None,
        paid_at=AT,
        settlement="direct",
        account_id=None,
        lines=tuple(Line(category=category, minor=minor) for category, minor in lines),
        has_lines=True,
        recorded_at=AT,
    )
    return shares_of(
        terms,
        payment,
        [category for category, _ in lines],
        standing=Standing(
            tier=None,
            registered_at=AT,
            is_first=is_first,
            room=room_of((terms.payment_cap, 0)),
        ),
        exchange=SAME_CURRENCY,
    )


BOUNTY = '{ payment = "first", amount = "20.00" }'


@pytest.mark.parametrize(
    ("rates", "is_first", "minor", "reason"),
    [
        (BOUNTY, True, "20.00", None),
        (BOUNTY, False, "0", EarnedNothing.NOT_FIRST),
        (BOUNTY + ', { rate = "5%" }', True, "20.00", None),
        (BOUNTY + ', { rate = "5%" }', False, "5.00", None),
        ('{ payment = "first", rate = "50%" }, { rate = "5%" }', True, "50.00", None),
        (
            '{ payment = "first", rate = "50%" }, { category = "vps", rate = "5%" }',
            True,
            "50",
            None,
        ),
        ('{ category = "vps", amount = "3.00" }, { rate = "5%" }', False, "3.00", None),
    ],
)
def test_the_first_payment_has_rows_of_its_own(
    rates: str, *, is_first: bool, minor: str, reason: EarnedNothing | None
) -> None:
    (share,) = shares(program(rates), ("vps", 10_000), is_first=is_first)
    assert (share.minor, share.reason) == (cents(minor), reason)


def test_a_fixed_amount_is_earned_once_by_a_payment_of_many_lines() -> None:
    found = shares(program(BOUNTY), ("a", 100), ("b", 100), is_first=True)
    assert [(share.minor, share.reason) for share in found] == [
        (2_000, None),
        (0, EarnedNothing.ZERO_RATE),
    ]


money = st.integers(1, 10_000_000)


@many
@given(st.lists(money, min_size=1, max_size=5), st.integers(1, 100_000), st.integers(1, 10_000))
def test_a_payment_never_earns_more_than_its_cap(lines: list[int], cap: int, bps: int) -> None:
    rate = f"{bps // 100}.{bps % 100:02}%"
    most = f"{cap // 100}.{cap % 100:02}"
    capped = program(f'{{ rate = "{rate}" }}', f'payment_cap = "{most}"')
    free = program(f'{{ rate = "{rate}" }}')
    named = [(str(place), minor) for place, minor in enumerate(lines)]
    total = sum(share.minor for share in shares(capped, *named, is_first=False))
    assert total == min(cap, sum(s.minor for s in shares(free, *named, is_first=False)))


@many
@given(money, st.integers(1, 100_000), st.integers(1, 10_000), st.data())
def test_what_is_due_falls_with_refunds_from_all_to_nothing(
    minor: int, cap: int, bps: int, data: st.DataObject
) -> None:
    terms = program(
        f'{{ rate = "{bps // 100}.{bps % 100:02}%" }}',
        f'payment_cap = "{cap // 100}.{cap % 100:02}"',
    )
    (share,) = shares(terms, (None, minor), is_first=False)
    if not share.minor:
        return
    made = commission(share)
    left = data.draw(st.integers(0, minor))
    less = data.draw(st.integers(0, left))
    found = [due(made, (minor, part)) for part in (minor, left, less, 0)]
    assert found[0] == share.minor
    assert found == sorted(found, reverse=True)
    assert found[-1] == 0


def test_a_fixed_amount_stands_while_anything_of_the_payment_is_left() -> None:
    (share,) = shares(program(BOUNTY), (None, 10_000), is_first=True)
    made = commission(share)
    assert [due(made, (10_000, left)) for left in (10_000, 1, 0)] == [2000, 2000, 0]
    assert due(made, (100, 0), (9_900, 1)) == 2000, "whichever line it was earned by"
    assert due(made, (100, 0), (9_900, 0)) == 0


def due(made: Commission, *lines: tuple[int, int]) -> int:
    """Return what is due of it while so much is left of each line of so much."""
    rows = [Line(category=None, minor=minor, refunded=minor - left) for minor, left in lines]
    return due_of(made, rows, "EUR", SAME_CURRENCY)


def commission(share: Share) -> Commission:
    return Commission(
        id=1,
        payment_id=1,
        line=0,
        enrolment_id=1,
        client_id=1,
        minor=share.minor,
        currency="EUR",
        rate=share.rate,
        tier=None,
        category=None,
        settlement="direct",
        terms_version=1,
        basis=share.basis,
        state=CommissionState.PAYABLE,
        held_until=AT,
        created_at=AT,
    )


@pytest.mark.parametrize("tax", ["0%", "20%", "5.25%", "100%"])
@many
@given(paid=st.integers(1, 10**9), refunded=st.integers(0, 10**9))
def test_what_is_due_without_tax_is_rounded_once_from_what_is_left(
    tax: str, paid: int, refunded: int
) -> None:
    terms = program('{ rate = "12.5%" }', f'tax_included = "{tax}"')
    left = max(paid - refunded, 0)
    (whole,) = shares(terms, (None, paid), is_first=False)
    (rest,) = shares(terms, (None, left), is_first=False)
    unit, share = 10_000 + terms.tax.bps, 2 * paid * 1_250
    assert (2 * whole.minor - 1) * unit <= share < (2 * whole.minor + 1) * unit
    if whole.minor and left:
        commission = Commission(
            id=1,
            payment_id=1,
            line=0,
            enrolment_id=1,
            client_id=1,
            minor=whole.minor,
            currency="EUR",
            rate=whole.rate,
            tax_bps=whole.tax_bps,
            tier=None,
            category=None,
            settlement="direct",
            terms_version=1,
            state=CommissionState.PAYABLE,
            held_until=AT,
            created_at=AT,
        )
        assert due(commission, (paid, left)) == min(rest.minor, whole.minor)
