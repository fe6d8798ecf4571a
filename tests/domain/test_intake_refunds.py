"""What refunds take back, in full and in part, now and when they come too early (R13, R15)."""

import pytest

from tests.domain.builders import paid, refunded, registered
from tests.domain.programs import BRONZE_FROM_THREE, WIDGET
from tests.domain.starting import back, rejected, with_payment
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, leo, ann whom leo brought, and her payment of 100.00 USD."""
    return with_payment()


# Full and partial


def test_a_refund_in_full_takes_back_the_whole_commission(world: World) -> None:
    world.send_one(back("r1", "100.00"))

    assert world.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}
    assert world.standing("leo") == (0, None)
    (told,) = world.notices("clawback")
    assert (told["minor"], told["currency"], told["payable_minor"]) == (1_000, "USD", 0)


def test_partial_refunds_take_back_from_the_total_not_piece_by_piece() -> None:
    world = World(WIDGET)
    world.enrols("leo")
    world.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", "0.10", "2026-11-02", currency="RUB"),
    )
    taken = []

    # commission 0.04; due after each: 0.036 -> 0.04, 0.032 -> 0.03, 0.012 -> 0.01, 0
    for number, amount in enumerate(("0.01", "0.01", "0.05", "0.03")):
        world.send_one(back(f"r{number}", amount))
        taken.append(world.figures("leo").get("clawed_back", "0.00"))

    assert taken == ["0.00", "0.01", "0.03", "0.04"]
    assert world.figures("leo") == {"accrued": "0.04", "clawed_back": "0.04"}


def test_three_refunds_of_a_third_leave_exactly_nothing(world: World) -> None:
    world.send_each(back("r1", "33.33"), back("r2", "33.33"), back("r3", "33.34"))

    assert world.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}


def test_a_refund_of_a_converted_payment_uses_the_rate_that_was_kept(world: World) -> None:
    world.send_one(
        paid("p2", "ann", "4100.00", "2026-11-03", currency="UAH", exchange_rate="0.0242")
    )
    assert world.earned("p2") == "9.92 at 10%"

    # left 2733.33 UAH: 2733.33 x 0.0242 x 10 % = 6.6146... -> 6.61
    world.send_one(back("r1", "1366.67", "p2"))

    assert world.commissions_of("p2")[0].clawed_back == 331


def test_a_refund_waits_for_its_payment(world: World) -> None:
    answer = world.send_one(back("r1", "40.00", "p2"))

    assert answer.status == "parked"
    assert answer.error is not None
    assert (answer.error.code, answer.error.field) == ("payment_unknown", "data.payment_id")

    world.send_one(paid("p2", "ann", "100.00", "2026-11-03"))

    assert world.events["e-r1"].status == "applied"
    assert world.figures("leo") == {"accrued": "20.00", "payable": "16.00", "clawed_back": "4.00"}


def test_refunds_that_waited_are_released_in_the_order_of_their_own_times(world: World) -> None:
    world.send_each(
        refunded("won", "p2", "40.00", "2026-11-07", kind="chargeback_won"),
        refunded("lost", "p2", "40.00", "2026-11-06", kind="chargeback"),
        refunded("more", "p2", "61.00", "2026-11-08"),
        refunded("less", "p2", "60.00", "2026-11-09"),
    )

    world.send_one(paid("p2", "ann", "100.00", "2026-11-03"))

    statuses = {name: world.events[f"e-{name}"].status for name in ("won", "lost", "more", "less")}
    assert statuses == {"won": "applied", "lost": "applied", "more": "applied", "less": "rejected"}
    assert world.payments["p2"].refunded == 6_100


def test_a_chain_of_waiting_events_is_released_at_once(world: World) -> None:
    world.send_each(
        refunded("r1", "p2", "100.00", "2026-11-06"), paid("p2", "bob", "100.00", "2026-11-05")
    )
    assert [world.events[name].waits_for for name in ("e-r1", "e-p2")] == [
        "payment:p2",
        "client:bob",
    ]

    world.send_one(registered("bob", "2026-11-04", referral_code="leo"))

    assert {world.events[name].status for name in ("e-r1", "e-p2")} == {"applied"}
    assert world.figures("leo") == {"accrued": "20.00", "payable": "10.00", "clawed_back": "10.00"}
    assert world.standing("leo") == (1, "start")


@pytest.mark.parametrize("kind", ["refund", "chargeback"])
def test_refunds_beyond_the_payment_are_rejected(world: World, kind: str) -> None:
    assert rejected(world, back("r0", "100.01", kind=kind)) == (
        "refund_exceeds_payment",
        "data.amount",
    )
    world.send_one(back("r1", "60.00"))

    assert rejected(world, back("r2", "40.01", kind=kind)) == (
        "refund_exceeds_payment",
        "data.amount",
    )
    assert world.send_one(back("r3", "40.00", kind=kind)).status == "applied"
    assert rejected(world, back("r4", "0.01", kind=kind))[0] == "refund_exceeds_payment"


def test_a_refund_has_the_decimals_of_its_payment(world: World) -> None:
    assert rejected(world, back("r1", "0.001")) == ("bad_amount", "data.amount")


def test_a_refund_of_a_payment_that_earned_nothing_only_counts() -> None:
    world = World(BRONZE_FROM_THREE)
    world.enrols("leo")
    world.brings("leo", 2)

    world.send_one(back("r1", "100.00", "p-leo-1"))

    assert world.figures("leo") == {}
    assert world.standing("leo") == (1, None)
    assert world.payments["p-leo-1"].refunded == 10_000


def test_a_refund_of_a_client_that_nobody_brought_is_kept(world: World) -> None:
    world.send(registered("zoe", "2026-11-01"), paid("p2", "zoe", "100.00", "2026-11-02"))

    assert world.send_one(back("r1", "100.00", "p2")).status == "applied"

    assert not world.payments["p2"].is_live
    assert world.figures("leo") == {"accrued": "10.00", "payable": "10.00"}


# What the partner retained, R15


def test_a_refund_of_a_retained_commission_never_enters_clawed_back() -> None:
    world = World(WIDGET)
    world.enrols("leo")
    world.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", "100.00", "2026-11-02", currency="RUB", settlement="via_partner"),
    )

    world.send_one(back("r1", "30.00"))
    assert world.figures("leo") == {"retained": "35.00"}

    world.send_one(back("r2", "70.00"))
    assert world.figures("leo") == {}
    assert world.states("p1") == ["retained"]
    assert world.standing("leo") == (0, None)
