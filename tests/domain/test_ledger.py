"""Double entry: nothing unbalanced can be made, and any facts sum to zero (R17, L01-L07)."""

from collections.abc import Sequence
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.entities.payment import CommissionState
from domain.ledger import book
from domain.ledger.accounts import DEBIT_KINDS, Account, AccountKind, BalanceSheet, sheet_of
from domain.ledger.book import Fact
from domain.ledger.journal import Leg, post
from tests.domain.books import Books, entry, figures
from tests.domain.invariants import check_sheet

K = AccountKind
HELD, PAYABLE, RETAINED = (
    CommissionState.HELD,
    CommissionState.PAYABLE,
    CommissionState.RETAINED,
)


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (Leg(K.HELD, 5),),
        (Leg(K.HELD, 0),),
        (Leg(K.HELD, 0), Leg(K.PAYABLE, 0)),
        (Leg(K.HELD, 5), Leg(K.PAYABLE, -5), Leg(K.RESERVED, 0)),
        (Leg(K.HELD, 5), Leg(K.PAYABLE, -4)),
        (Leg(K.HELD, 5), Leg(K.PAYABLE, 5)),
        (Leg(K.HELD, -5), Leg(K.PAYABLE, -5)),
        (Leg(K.HELD, 1), Leg(K.PAYABLE, 1), Leg(K.RESERVED, -1)),
    ],
)
def test_an_entry_that_does_not_balance_cannot_be_made(legs: tuple[Leg, ...]) -> None:
    with pytest.raises(ValueError, match="entry test"):
        entry(*legs)


def test_an_entry_may_have_many_legs_that_sum_to_zero() -> None:
    made = entry(Leg(K.HELD, 7), Leg(K.PAYABLE, -4), Leg(K.RESERVED, -3))

    assert sum(leg.minor for leg in made.legs) == 0


def test_what_is_written_is_never_edited() -> None:
    made = entry(Leg(K.HELD, 5), Leg(K.PAYABLE, -5))

    with pytest.raises(FrozenInstanceError):
        made.legs = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        made.legs[0].minor = 6  # type: ignore[misc]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], {}),
        ([book.commission_accrued(HELD, 9)], {"accrued": 9, "held": 9}),
        ([book.commission_accrued(PAYABLE, 9)], {"accrued": 9, "payable": 9}),
        # a retained commission is no part of what was accrued
        ([book.commission_accrued(RETAINED, 9)], {"retained": 9}),
        (
            [book.commission_accrued(HELD, 9), book.commission_released(7)],
            {"accrued": 9, "held": 2, "payable": 7},
        ),
        (
            [book.commission_accrued(HELD, 9), book.commission_clawed_back(HELD, 4)],
            {"accrued": 9, "held": 5, "clawed_back": 4},
        ),
        (
            [book.commission_accrued(HELD, 9), book.commission_clawed_back(HELD, 9)],
            {"accrued": 9, "clawed_back": 9},
        ),
        (
            [book.commission_accrued(PAYABLE, 9), book.commission_clawed_back(PAYABLE, 4)],
            {"accrued": 9, "payable": 5, "clawed_back": 4},
        ),
        (
            [book.commission_accrued(RETAINED, 9), book.commission_clawed_back(RETAINED, 4)],
            {"retained": 5},
        ),
        (
            [
                book.commission_accrued(PAYABLE, 9),
                book.commission_clawed_back(PAYABLE, 4),
                book.commission_clawed_back(PAYABLE, -4),
            ],
            {"accrued": 9, "payable": 9},
        ),
        (
            [book.commission_accrued(PAYABLE, 9), book.payout_reserved(6)],
            {"accrued": 9, "payable": 3, "reserved": 6},
        ),
        (
            [
                book.commission_accrued(PAYABLE, 9),
                book.payout_reserved(6),
                book.payout_settled(6),
            ],
            {"accrued": 9, "payable": 3, "paid": 6},
        ),
        (
            [
                book.commission_accrued(PAYABLE, 9),
                book.payout_reserved(6),
                book.payout_released(6),
            ],
            {"accrued": 9, "payable": 9},
        ),
        (
            [
                book.commission_accrued(PAYABLE, 9),
                book.payout_reserved(6),
                book.payout_settled(6),
                book.payout_returned(6),
            ],
            {"accrued": 9, "payable": 9},
        ),
        (
            [
                book.commission_accrued(PAYABLE, 9),
                book.payout_reserved(9),
                book.payout_settled(9),
                book.commission_clawed_back(PAYABLE, 9),
            ],
            {"accrued": 9, "payable": -9, "paid": 9, "clawed_back": 9},
        ),
    ],
)
def test_each_fact_moves_the_figures_that_partners_see(
    facts: Sequence[Fact], expected: dict[str, int]
) -> None:
    books = Books("USD")
    for fact in facts:
        books.write(fact)

    assert figures(books.sheet()) == expected
    books.check()


def test_a_voided_commission_has_no_place_in_the_books() -> None:
    with pytest.raises(KeyError):
        book.commission_accrued(CommissionState.VOIDED, 9)


def test_each_posting_continues_its_account() -> None:
    books = Books("USD")
    books.write(book.commission_accrued(PAYABLE, 9))

    first, second = books.write(book.payout_reserved(4))

    assert (first.minor, first.balance_before, first.balance_after, first.version) == (
        4,
        -9,
        -5,
        2,
    )
    assert (second.minor, second.balance_before, second.balance_after) == (-4, 0, -4)
    assert second.version == 1
    assert first.entry_id == second.entry_id
    assert first.id != second.id


def test_postings_need_one_id_for_each_leg() -> None:
    books = Books("USD")
    made = entry(Leg(K.HELD, 5), Leg(K.PAYABLE, -5))

    for ids in ([1], [1, 2, 3]):
        with pytest.raises(ValueError, match="zip"):
            post(made, books.accounts, ids)


def test_partners_of_other_currencies_keep_apart() -> None:
    books = Books("USD", "EUR")
    books.write(book.commission_accrued(PAYABLE, 9), enrolment=1)
    books.write(book.commission_accrued(PAYABLE, 5), enrolment=2)

    assert figures(books.sheet(1)) == {"accrued": 9, "payable": 9}
    assert figures(books.sheet(2)) == {"accrued": 5, "payable": 5}
    assert books.sheet(2).currency == "EUR"
    books.check()


amounts = st.integers(1, 10**15)
states = st.sampled_from([HELD, PAYABLE, RETAINED])
any_fact = st.one_of(
    st.builds(book.commission_accrued, states, amounts),
    st.builds(book.commission_clawed_back, states, amounts),
    st.builds(book.commission_clawed_back, states, amounts.map(lambda minor: -minor)),
    st.builds(book.commission_released, amounts),
    st.builds(book.payout_reserved, amounts),
    st.builds(book.payout_settled, amounts),
    st.builds(book.payout_released, amounts),
    st.builds(book.payout_returned, amounts),
)


@given(st.lists(st.tuples(st.integers(1, 3), any_fact), max_size=25))
@settings(deadline=None, max_examples=200)
def test_any_sequence_of_facts_sums_to_zero_and_keeps_the_identity_of_the_balance(
    facts: list[tuple[int, Fact]],
) -> None:
    books = Books("USD", "EUR", "USD")

    for enrolment, fact in facts:
        books.write(fact, enrolment)

    books.check()
    for enrolment in (1, 2, 3):
        check_sheet(books.sheet(enrolment))


@given(st.integers(1, 10**15), st.data())
@settings(deadline=None, max_examples=200)
def test_the_identity_would_notice_a_fact_that_skips_it(minor: int, data: st.DataObject) -> None:
    """A test of the test: a move between a place and nowhere breaks the identity."""
    books = Books("USD")
    place = data.draw(st.sampled_from([K.HELD, K.PAYABLE, K.RESERVED, K.PAYOUTS, K.CREDIT]))

    books.write(("wrong", (Leg(K.COLLECTED, minor), Leg(place, -minor))))

    books.check()
    with pytest.raises(AssertionError):
        check_sheet(books.sheet())


def test_every_kind_of_account_but_two_is_a_figure_of_the_balance() -> None:
    accounts = [
        Account(
            id=number,
            enrolment_id=1,
            kind=kind,
            currency="USD",
            balance=number if kind in DEBIT_KINDS else -number,
        )
        for number, kind in enumerate(AccountKind, start=1)
    ]

    sheet = sheet_of("USD", accounts)

    by_kind = {account.kind: account.figure for account in accounts}
    assert sheet == BalanceSheet(
        currency="USD",
        accrued=by_kind[K.COMMISSIONS],
        held=by_kind[K.HELD],
        payable=by_kind[K.PAYABLE],
        reserved=by_kind[K.RESERVED],
        paid=by_kind[K.PAYOUTS],
        converted=by_kind[K.CREDIT],
        retained=by_kind[K.RETAINED],
        clawed_back=by_kind[K.CLAWBACKS],
        adjusted=by_kind[K.ADJUSTMENTS],
        bonus=by_kind[K.BONUS_CREDIT],
    )
    assert sorted(by_kind.values()) == list(range(1, len(AccountKind) + 1))
