"""Partners that get nobody: suspended, ended, or the client itself (R2, R4)."""

from dataclasses import replace

import pytest

from domain.entities.partner import EnrolmentStatus, PartnerIdentity
from tests.domain.builders import clicked, paid, registered
from tests.domain.starting import REGISTERED, with_two_partners
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset with two partners."""
    return with_two_partners()


def test_a_suspended_partner_gets_nobody(world: World) -> None:
    world.suspends("leo")

    world.send_one(registered("ann", REGISTERED, referral_code="leo"))
    world.starts(7, "leo", "2026-11-05")
    world.starts(7, "eve", "2026-11-06")
    world.send_one(registered("bob", REGISTERED, telegram_id=7))

    assert world.partner_of("ann") == "partner_suspended"
    assert world.partner_of("bob") == "eve"


LEO = PartnerIdentity(
    telegram_ids=frozenset({77}),
    emails=frozenset({"leopartner@gmail.com"}),
    phones=frozenset({"380501112233"}),
    vendor_account_id="acc-1",
)
ITSELF = [
    {"telegram_id": 77},
    {"email": "Leo.Partner+shop@GoogleMail.com"},
    {"phone": "+38 (050) 111-22-33"},
    {"owner_account_id": "acc-1"},
]


@pytest.mark.parametrize("known", ITSELF, ids=lambda known: next(iter(known)))
def test_the_partner_itself_is_no_referral_and_earns_nothing(known: dict[str, object]) -> None:
    world = World()
    world.enrols("leo", identity=LEO)

    answer = world.send_one(registered("ann", REGISTERED, referral_code="leo", **known))
    payment = world.send_one(paid("p1", "ann", "100.00", "2026-11-09"))

    assert (answer.status, answer.reason) == ("applied", "self_referral")
    assert (payment.status, payment.reason) == ("applied", "self_referral")
    assert world.figures("leo") == {}
    assert world.standing("leo") == (0, None)
    assert sum(day.registrations for day in world.stats.values()) == 0
    assert world.notices("registration") == []


@pytest.mark.parametrize("known", ITSELF, ids=lambda known: next(iter(known)))
def test_a_click_on_ones_own_link_is_passed_over_not_final(known: dict[str, object]) -> None:
    world = World()
    world.enrols("leo", identity=LEO)
    world.enrols("eve")
    world.send(
        clicked("c1", "leo", "2026-11-05", visitor_id="v1"),
        clicked("c2", "eve", "2026-11-06", visitor_id="v1"),
    )

    world.send_one(registered("ann", REGISTERED, visitor_id="v1", **known))

    assert world.partner_of("ann") == "eve"


def test_an_ended_partner_is_treated_as_one_that_does_not_take_part(world: World) -> None:
    number = world.links["leo"]
    world.enrolments[number] = replace(world.enrolments[number], status=EnrolmentStatus.ENDED)

    world.send_one(registered("ann", REGISTERED, referral_code="leo"))

    assert world.partner_of("ann") == "partner_suspended"
