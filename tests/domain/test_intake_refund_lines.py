"""Refunds of payments with lines: by line, in proportion, never both (R13)."""

import pytest

from tests.domain.builders import lines, paid, registered
from tests.domain.programs import HOSTING
from tests.domain.starting import back, rejected, taken
from tests.domain.world import World


@pytest.fixture
def hosting() -> World:
    """A payment of 100.00 EUR: 60.00 at 10 % and 40.00 at 2.5 %."""
    made = World(HOSTING)
    made.enrols("leo")
    made.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid(
            "p1",
            "ann",
            "100.00",
            "2026-11-02",
            currency="EUR",
            lines=lines(shared="60.00", domains="40.00"),
        ),
        paid("plain", "ann", "100.00", "2026-11-02", currency="EUR", category="domains"),
    )
    assert made.earned("p1") == "6.00 at 10%, 1.00 at 2.5%"
    return made


def test_a_refund_by_lines_takes_back_from_the_lines_it_names(hosting: World) -> None:
    hosting.send_one(back("r1", "30.00", lines=lines(shared="30.00")))
    assert taken(hosting) == [300, 0]

    hosting.send_one(back("r2", "45.00", lines=lines(domains="15.00", shared="30.00")))
    # left 25.00 x 2.5 % = 0.625 -> 0.63
    assert taken(hosting) == [600, 37]


def test_a_refund_without_lines_is_split_in_proportion(hosting: World) -> None:
    hosting.send_one(back("r1", "50.00"))
    assert taken(hosting) == [300, 50]

    hosting.send_one(back("r2", "50.00"))
    assert taken(hosting) == [600, 100]
    assert hosting.figures("leo") == {"accrued": "9.50", "payable": "2.50", "clawed_back": "7.00"}


@pytest.mark.parametrize(
    ("amount", "by_line"),
    [
        ("60.01", {"shared": "60.01"}),
        ("41.00", {"shared": "0.99", "domains": "40.01"}),
        ("5.00", {"mail": "5.00"}),
        ("10.00", {"shared": "5.00", "mail": "5.00"}),
    ],
)
def test_a_refund_beyond_a_line_or_of_an_unknown_one_is_rejected(
    hosting: World, amount: str, by_line: dict[str, str]
) -> None:
    assert rejected(hosting, back("r1", amount, lines=lines(**by_line))) == (
        "refund_exceeds_payment",
        "data.lines",
    )


def test_refunds_with_lines_and_without_never_mix(hosting: World) -> None:
    hosting.send_one(back("r1", "10.00", lines=lines(shared="10.00")))
    assert rejected(hosting, back("r2", "10.00")) == ("lines_mixed", "data.lines")
    assert hosting.send_one(back("r3", "50.00", lines=lines(shared="50.00"))).status == "applied"


def test_refunds_without_lines_and_with_never_mix(hosting: World) -> None:
    hosting.send_one(back("r1", "10.00"))
    assert rejected(hosting, back("r2", "10.00", lines=lines(shared="10.00"))) == (
        "lines_mixed",
        "data.lines",
    )
    assert hosting.send_one(back("r3", "90.00")).status == "applied"


def test_a_payment_without_lines_is_not_refunded_by_lines(hosting: World) -> None:
    assert rejected(hosting, back("r1", "10.00", "plain", lines=lines(domains="10.00"))) == (
        "lines_unknown",
        "data.lines",
    )


def test_a_rejected_refund_does_not_decide_how_the_next_one_is_split(hosting: World) -> None:
    rejected(hosting, back("r1", "70.00", lines=lines(shared="70.00")))

    assert hosting.send_one(back("r2", "10.00")).status == "applied"


def test_chargebacks_by_lines_are_won_back_by_lines(hosting: World) -> None:
    hosting.send_one(back("r1", "60.00", lines=lines(shared="60.00"), kind="chargeback"))
    hosting.send_one(back("r2", "20.00", lines=lines(shared="20.00"), kind="chargeback_won"))
    assert taken(hosting) == [400, 0]

    assert rejected(
        hosting, back("r3", "20.00", lines=lines(domains="20.00"), kind="chargeback_won")
    ) == ("refund_exceeds_payment", "data.lines")
