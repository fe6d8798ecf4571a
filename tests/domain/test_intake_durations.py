"""How long a client earns: twelve months, a deletion, a suspended partner (R10, R16)."""

import pytest

from tests.domain.builders import deleted, paid
from tests.domain.programs import WIDGET
from tests.domain.starting import knows, with_partner
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, and one partner: leo."""
    return with_partner()


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("2024-02-29 09:59:59.999999", "before_registration"),
        ("2024-02-29 10:00", None),
        ("2025-02-28 09:59:59.999999", None),
        ("2025-02-28 10:00", "duration_ended"),
    ],
)
def test_a_client_earns_for_twelve_calendar_months(
    world: World, at: str, reason: str | None
) -> None:
    knows(world, "ann", at="2024-02-29 10:00")

    answer = world.send_one(paid("p1", "ann", "100.00", at))

    assert (answer.status, answer.reason) == ("applied", reason)
    assert world.earned("p1") == (reason or "10.00 at 10%")
    # a payment counts whether or not it earned
    assert world.standing("leo") == (1, "start")


def test_without_a_duration_a_client_earns_as_long_as_it_pays() -> None:
    world = World(WIDGET)
    world.enrols("leo")
    knows(world, "ann", at="2001-01-01")

    world.send_one(paid("p1", "ann", "100.00", "2026-11-20", currency="RUB"))

    assert world.referral("ann").earns_until is None
    assert world.earned("p1") == "40.00 at 40%"


def test_after_a_deletion_earlier_payments_earn_and_later_ones_do_not(world: World) -> None:
    knows(world, "ann")
    world.send_one(deleted("ann", "2026-11-10 12:00"))

    answers = world.send_each(
        paid("before", "ann", "100.00", "2026-11-10 11:59:59.999999"),
        paid("at", "ann", "100.00", "2026-11-10 12:00"),
        paid("after", "ann", "100.00", "2026-11-11"),
    )

    assert [(a.status, a.reason) for a in answers] == [
        ("applied", None),
        ("applied", "client_deleted"),
        ("applied", "client_deleted"),
    ]
    assert world.figures("leo") == {"accrued": "10.00", "payable": "10.00"}


def test_a_deletion_that_arrives_after_a_payment_takes_nothing_back(world: World) -> None:
    knows(world, "ann")
    world.send_one(paid("p1", "ann", "100.00", "2026-11-11"))

    world.send_one(deleted("ann", "2026-11-10"))

    assert world.figures("leo") == {"accrued": "10.00", "payable": "10.00"}
    # a deleted client stays a paying one
    assert world.standing("leo") == (1, "start")


def test_a_suspended_partner_earns_nothing_more_and_keeps_what_it_has(world: World) -> None:
    knows(world, "ann")
    world.send_one(paid("p1", "ann", "100.00", "2026-11-02"))
    world.suspends("leo")

    answer = world.send_one(paid("p2", "ann", "100.00", "2026-11-03"))

    assert (answer.status, answer.reason) == ("applied", "partner_suspended")
    assert world.figures("leo") == {"accrued": "10.00", "payable": "10.00"}
