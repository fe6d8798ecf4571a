"""A click that comes after the registration it decides, and payments that waited for it (R3)."""

import pytest

from tests.domain.builders import clicked, deleted, lines, paid, refunded, registered, saas_tiers
from tests.domain.programs import HOSTING, WIDGET
from tests.domain.starting import REGISTERED, with_two_partners
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset with two partners."""
    return with_two_partners()


def test_a_click_not_seen_yet_decides_when_it_comes_and_its_payments_earn(world: World) -> None:
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        paid("p1", "ann", "100.00", "2026-11-09"),
        paid("p2", "ann", "50.00", "2026-11-10"),
        refunded("r1", "p1", "30.00", "2026-11-11"),
    )
    assert world.earned("p1") == "not_attributed"
    assert world.partner_of("ann") == "click_not_seen"

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert world.partner_of("ann") == "leo"
    assert world.client("ann").reason is None
    # accrued in full, then clawed back
    assert world.earned("p1") == "10.00 at 10%"
    assert world.figures("leo") == {"accrued": "15.00", "payable": "12.00", "clawed_back": "3.00"}
    assert world.standing("leo") == (1, "start")
    assert world.client("ann").pending_click_id is None


def test_late_payments_earn_in_the_program_that_they_name_or_in_any() -> None:
    world = World(saas_tiers(), WIDGET)
    world.enrols("leo", program="saas-tiers")
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        paid("here", "ann", "100.00", "2026-11-09", program="saas-tiers"),
        paid("there", "ann", "100.00", "2026-11-09", program="widget"),
        paid("anywhere", "ann", "100.00", "2026-11-09"),
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert [world.earned(payment) for payment in ("here", "there", "anywhere")] == [
        "10.00 at 10%",
        "not_attributed",
        "10.00 at 10%",
    ]


def test_a_late_click_and_a_later_refund_end_where_an_early_click_ends() -> None:
    outcomes = []
    for turn in (0, 1, 2, 3, 4):
        world = World()
        world.enrols("leo")
        story = [
            registered("ann", REGISTERED, click_id="c1"),
            paid("p1", "ann", "33.33", "2026-11-09"),
            refunded("r1", "p1", "11.11", "2026-11-11"),
            refunded("r2", "p1", "11.12", "2026-11-12"),
        ]
        story.insert(turn, clicked("c1", "leo", "2026-11-07"))
        world.send_each(*story)
        outcomes.append((world.figures("leo"), world.standing("leo"), world.earned("p1")))

    assert outcomes == [outcomes[0]] * 5
    assert outcomes[0][0] == {"accrued": "3.33", "payable": "1.11", "clawed_back": "2.22"}


def test_a_payment_refunded_in_full_before_a_late_click_counts_nobody(world: World) -> None:
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        paid("p1", "ann", "100.00", "2026-11-09"),
        refunded("r1", "p1", "100.00", "2026-11-11"),
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert world.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}
    assert world.standing("leo") == (0, None)


def test_late_payments_earn_in_the_order_in_which_they_were_paid(world: World) -> None:
    world.send_one(registered("ann", REGISTERED, click_id="c1"))
    world.send_each(
        paid("second", "ann", "100.00", "2026-11-11"), paid("first", "ann", "50.00", "2026-11-10")
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    ids = [world.commissions_of(payment)[0].id for payment in ("first", "second")]
    assert ids == sorted(ids)
    assert world.pays_out("leo", "5.00")[0].commission_id == ids[0]


def test_late_payments_of_a_sixth_client_earn_as_plus(world: World) -> None:
    world.brings("leo", 5)
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        paid("p1", "ann", "100.00", "2026-11-09"),
        paid("before", "ann", "100.00", "2026-11-08"),
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert (world.earned("p1"), world.earned("before")) == ("20.00 at 20%", "before_registration")


def test_a_late_click_outside_the_window_decides_against_the_partner(world: World) -> None:
    world.send(
        registered("ann", REGISTERED, click_id="c1"), paid("p1", "ann", "100.00", "2026-11-09")
    )

    world.send_one(clicked("c1", "leo", "2026-10-01"))

    assert world.partner_of("ann") == "outside_window"
    assert world.earned("p1") == "not_attributed"
    assert world.figures("leo") == {}


def test_a_late_click_frees_one_client_of_another_waiting_for_it(world: World) -> None:
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        registered("bob", REGISTERED, click_id="c1"),
        registered("zoe", REGISTERED, click_id="c2"),
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert [world.partner_of(name) for name in ("ann", "bob", "zoe")] == [
        "leo",
        "leo",
        "click_not_seen",
    ]


def test_an_awaited_click_is_judged_with_those_that_were_refused(world: World) -> None:
    world.starts(7, "leo", "2026-10-01")

    answer = world.send_one(registered("ann", REGISTERED, telegram_id=7, click_id="c1"))
    assert answer.reason == "click_not_seen"
    world.send_one(paid("p1", "ann", "100.00", "2026-11-09"))
    world.send_one(clicked("c1", "eve", "2026-11-07"))

    assert world.partner_of("ann") == "eve"
    assert world.earned("p1") == "10.00 at 10%"


def test_an_awaited_click_changes_nothing_that_is_decided(world: World) -> None:
    world.starts(7, "leo", "2026-11-06")
    world.send_one(registered("ann", REGISTERED, telegram_id=7, click_id="c1"))

    world.send_one(clicked("c1", "eve", "2026-11-05"))

    assert world.partner_of("ann") == "leo"


def test_a_late_click_of_a_visitor_changes_nothing_that_is_decided(world: World) -> None:
    world.send(
        registered("ann", REGISTERED, visitor_id="v1"),
        registered("bob", REGISTERED, visitor_id="v2", referral_code="leo"),
    )

    world.send(
        clicked("c1", "eve", "2026-11-05", visitor_id="v1"),
        clicked("c2", "eve", "2026-11-05", visitor_id="v2"),
    )

    assert (world.partner_of("ann"), world.partner_of("bob")) == ("no_click", "leo")


def test_inside_one_batch_the_click_comes_first_by_its_own_time(world: World) -> None:
    world.send(
        paid("p1", "ann", "100.00", "2026-11-09"),
        registered("ann", REGISTERED, click_id="c1"),
        clicked("c1", "leo", "2026-11-07"),
    )

    assert (world.partner_of("ann"), world.earned("p1")) == ("leo", "10.00 at 10%")


def test_a_late_payment_that_nobody_could_park_says_what_is_missing() -> None:
    world = World(HOSTING)
    world.enrols("leo")
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        paid("no-rate", "ann", "100.00", "2026-11-09", currency="USD", category="shared"),
        paid("no-row", "ann", "100.00", "2026-11-10", currency="EUR", category="mail"),
        paid("good", "ann", "100.00", "2026-11-11", currency="EUR", lines=lines(domains="100.00")),
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert [world.earned(p) for p in ("no-rate", "no-row", "good")] == [
        "no_exchange_rate",
        "no_rate_row",
        "2.50 at 2.5%",
    ]
    assert world.standing("leo") == (1, "bronze")


def test_after_a_late_click_payments_since_the_deletion_earn_nothing(world: World) -> None:
    world.send(
        registered("ann", REGISTERED, click_id="c1"),
        paid("p1", "ann", "100.00", "2026-11-09"),
        paid("p2", "ann", "100.00", "2026-11-11"),
        deleted("ann", "2026-11-10"),
    )

    world.send_one(clicked("c1", "leo", "2026-11-07"))

    assert (world.earned("p1"), world.earned("p2")) == ("10.00 at 10%", "client_deleted")
