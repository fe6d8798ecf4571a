"""Commissions on hold: when they become payable, and refunds before and after (R14)."""

import pytest

from tests.domain.builders import paid, registered
from tests.domain.programs import HOLD
from tests.domain.starting import back, with_payment
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, leo, ann whom leo brought, and her payment of 100.00 USD."""
    return with_payment()


@pytest.fixture
def holding() -> World:
    """A hold of 14 days; ann paid 100.00 on 10 November at ten, so it ends on the 24th."""
    return with_payment(HOLD, at="2026-11-10 10:00")


def test_a_commission_is_held_until_its_time(holding: World) -> None:
    assert holding.states("p1") == ["held"]
    assert holding.figures("leo") == {"accrued": "10.00", "held": "10.00"}
    (told,) = holding.notices("commission")
    assert (told["state"], told["held_until"]) == ("held", "2026-11-24T10:00:00+00:00")

    holding.releases("2026-11-24 09:59:59.999999")
    assert holding.states("p1") == ["held"]

    holding.releases("2026-11-24 10:00")
    assert holding.states("p1") == ["payable"]
    assert holding.figures("leo") == {"accrued": "10.00", "payable": "10.00"}


def test_releasing_twice_releases_once(holding: World) -> None:
    holding.releases("2026-11-24 10:00")
    postings = len(holding.postings)

    holding.releases("2026-11-25 10:00")

    assert len(holding.postings) == postings


def test_a_payment_that_arrives_after_its_hold_is_payable_at_once(holding: World) -> None:
    holding.send_one(paid("old", "ann", "50.00", "2026-11-07 12:00"), at="2026-11-21 12:00")
    holding.send_one(paid("new", "ann", "50.00", "2026-11-07 12:00:00.000001"))

    assert (holding.states("old"), holding.states("new")) == (["payable"], ["held"])


def test_a_refund_while_held_lowers_what_is_held(holding: World) -> None:
    holding.send_one(back("r1", "40.00"))

    assert holding.figures("leo") == {"accrued": "10.00", "held": "6.00", "clawed_back": "4.00"}
    holding.releases("2026-11-24 10:00")
    assert holding.figures("leo") == {"accrued": "10.00", "payable": "6.00", "clawed_back": "4.00"}


def test_a_full_refund_while_held_ends_it_as_voided(holding: World) -> None:
    holding.send_each(back("r1", "40.00"), back("r2", "60.00"))

    assert holding.states("p1") == ["voided"]
    assert holding.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}
    holding.releases("2026-11-24 10:00")
    assert holding.states("p1") == ["voided"]


@pytest.mark.parametrize(
    ("arrives_at", "state"),
    [
        ("2026-11-24 09:59:59", "voided"),
        ("2026-11-24 10:00:00", "payable"),
        ("2026-11-24 10:00:01", "payable"),
    ],
)
def test_a_refund_around_the_end_of_the_hold(holding: World, arrives_at: str, state: str) -> None:
    holding.send_one(back("r1", "100.00"), at=arrives_at)

    assert holding.states("p1") == [state]
    assert holding.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}
    released = [entry for entry in holding.entries if entry.kind == "commission_released"]
    assert len(released) == (state == "payable")


@pytest.mark.parametrize(
    ("won_at", "state", "place"),
    [("2026-11-24 09:59:59", "held", "held"), ("2026-11-24 10:00:00", "payable", "payable")],
)
def test_a_chargeback_won_after_the_end_stands_where_it_would_by_now(
    holding: World, won_at: str, state: str, place: str
) -> None:
    holding.send_one(back("r1", "100.00", kind="chargeback"))
    assert holding.states("p1") == ["voided"]

    holding.send_one(back("r2", "100.00", kind="chargeback_won"), at=won_at)

    assert holding.states("p1") == [state]
    assert holding.figures("leo") == {"accrued": "10.00", place: "10.00"}


def test_what_is_retained_knows_no_hold() -> None:
    world = World(HOLD)
    world.enrols("leo")
    world.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", "100.00", "2026-11-20", settlement="via_partner"),
    )
    world.releases("2027-11-20")

    assert world.states("p1") == ["retained"]
    assert world.figures("leo") == {"retained": "10.00"}
