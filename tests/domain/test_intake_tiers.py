"""What payments earn by the tier of their partner, and the order in which they count (R8, R9)."""

from dataclasses import replace

import pytest

from domain.money import Rate
from tests.domain.builders import paid, registered, saas_tiers
from tests.domain.programs import BRONZE_FROM_THREE
from tests.domain.starting import knows, with_partner
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, and one partner: leo."""
    return with_partner()


# Tiers


def test_the_payment_that_makes_the_sixth_client_pay_earns_as_plus_the_21st_as_pro(
    world: World,
) -> None:
    world.brings("leo", 22)

    earned = [world.earned(f"p-leo-{number}") for number in range(1, 23)]
    assert earned == ["10.00 at 10%"] * 5 + ["20.00 at 20%"] * 15 + ["30.00 at 30%"] * 2
    assert world.standing("leo") == (22, "pro")
    assert world.figures("leo") == {"accrued": "410.00", "payable": "410.00"}


def test_one_by_one_the_sixth_paying_client_is_the_sixth_too(world: World) -> None:
    knows(world, *"abcdef")

    for name in "abcdef":
        world.send_one(paid(f"p-{name}", name, "100.00", "2026-11-02"))

    assert [world.earned(f"p-{name}") for name in "abcdef"] == ["10.00 at 10%"] * 5 + [
        "20.00 at 20%"
    ]


def test_earlier_commissions_are_never_recomputed(world: World) -> None:
    world.brings("leo", 5)
    before = list(world.commissions.values())

    world.brings("leo", 1, first=6)

    assert list(world.commissions.values())[:5] == before
    assert [c.tier for c in world.commissions.values()] == ["start"] * 5 + ["plus"]


def test_a_client_that_pays_again_is_counted_once(world: World) -> None:
    world.brings("leo", 5)

    world.send_one(paid("again", "leo-1", "100.00", "2026-11-03"))

    assert world.earned("again") == "10.00 at 10%"
    assert world.standing("leo") == (5, "start")


def test_a_client_without_a_payment_is_not_counted(world: World) -> None:
    knows(world, *"abcdefgh")

    assert world.standing("leo") == (0, None)


def test_reaching_a_tier_is_told_to_the_admins(world: World) -> None:
    world.brings("leo", 6)

    told = world.notices("tier_reached")
    assert [(n["tier"], n["following"], n["missing_clients"]) for n in told] == [
        ("start", "plus", 5),
        ("plus", "pro", 15),
    ]
    assert {recipient for recipient, kind, _ in world.told if kind == "tier_reached"} == {
        1000 + world.links["leo"]
    }


def test_below_the_lowest_tier_payments_earn_nothing_but_count() -> None:
    world = World(BRONZE_FROM_THREE)
    world.enrols("leo")

    world.brings("leo", 4)

    assert [world.earned(f"p-leo-{n}") for n in (1, 2, 3, 4)] == [
        "below_tiers",
        "below_tiers",
        "10.00 at 10%",
        "10.00 at 10%",
    ]
    assert world.figures("leo") == {"accrued": "20.00", "payable": "20.00"}


def test_a_commission_keeps_what_it_was_made_of() -> None:
    program = replace(saas_tiers(), version=7)
    world = World(program)
    world.enrols("leo")
    knows(world, "ann")

    world.send_one(paid("p1", "ann", "100.00", "2026-11-02", category="crm"))

    (commission,) = world.commissions_of("p1")
    assert (commission.rate, commission.tier, commission.category) == (Rate(1_000), "start", "crm")
    assert (commission.settlement, commission.terms_version) == ("direct", 7)
    assert commission.client_id == world.client("ann").id
    assert commission.created_at == world.now


# Order, R8


@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "backwards"])
def test_inside_a_batch_payments_apply_by_their_own_time(world: World, turn: int) -> None:
    world.brings("leo", 4)
    knows(world, "fay", "gil")
    batch = [
        paid("fays", "fay", "100.00", "2026-11-03 10:00"),
        paid("gils", "gil", "100.00", "2026-11-03 11:00"),
    ]

    world.send(*batch[::turn])

    assert (world.earned("fays"), world.earned("gils")) == ("10.00 at 10%", "20.00 at 20%")


@pytest.mark.parametrize(("first", "second"), [("fay", "gil"), ("gil", "fay")])
def test_at_the_same_time_the_position_in_the_batch_decides(
    world: World, first: str, second: str
) -> None:
    world.brings("leo", 4)
    knows(world, "fay", "gil")

    world.send(
        paid(f"p-{first}", first, "100.00", "2026-11-03 10:00"),
        paid(f"p-{second}", second, "100.00", "2026-11-03 10:00"),
    )

    assert world.earned(f"p-{first}") == "10.00 at 10%"
    assert world.earned(f"p-{second}") == "20.00 at 20%"


def test_between_requests_arrival_decides_not_the_time_of_payment(world: World) -> None:
    world.brings("leo", 4)
    knows(world, "fay", "gil")

    world.send_one(paid("late", "gil", "100.00", "2026-11-03 11:00"))
    world.send_one(paid("early", "fay", "100.00", "2026-11-03 10:00"))

    assert (world.earned("late"), world.earned("early")) == ("10.00 at 10%", "20.00 at 20%")


@pytest.mark.parametrize(
    ("gil_pays_at", "fays", "gils"),
    [
        ("2026-11-03 09:59", "20.00 at 20%", "10.00 at 10%"),
        # released events come after those of the batch at the same time
        ("2026-11-03 10:00", "20.00 at 20%", "10.00 at 10%"),
        ("2026-11-03 10:01", "10.00 at 10%", "20.00 at 20%"),
    ],
)
def test_what_a_batch_releases_is_ordered_together_with_it(
    world: World, gil_pays_at: str, fays: str, gils: str
) -> None:
    world.brings("leo", 4)
    knows(world, "gil")
    world.send_one(paid("fays", "fay", "100.00", "2026-11-03 10:00"))

    world.send(
        paid("gils", "gil", "100.00", gil_pays_at),
        registered("fay", "2026-11-02", referral_code="leo"),
    )

    assert (world.earned("fays"), world.earned("gils")) == (fays, gils)
