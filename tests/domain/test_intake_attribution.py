"""Whose client it is: every way in which a click is known, judged together (R1-R3)."""

import pytest

from tests.domain.builders import clicked, instant, paid, registered, saas_tiers
from tests.domain.programs import LAST_CLICK, WIDGET
from tests.domain.starting import REGISTERED, with_two_partners
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset with two partners."""
    return with_two_partners()


def test_a_code_named_by_the_registration(world: World) -> None:
    answer = world.send_one(registered("ann", REGISTERED, referral_code="LEO"))

    assert (answer.status, answer.reason) == ("applied", None)
    referral = world.referral("ann")
    assert (referral.code, referral.first_click_at) == ("leo", instant(REGISTERED))
    assert (referral.registered_at, referral.earns_until) == (
        instant(REGISTERED),
        instant("2027-11-08 10:00"),
    )
    assert len(world.notices("registration")) == 1


def test_a_click_that_was_reported(world: World) -> None:
    world.send_one(clicked("c1", "Leo", "2026-11-07"))

    world.send_one(registered("ann", REGISTERED, click_id="c1"))

    assert world.partner_of("ann") == "leo"
    assert world.referral("ann").first_click_at == instant("2026-11-07")
    assert sum(day.clicks for day in world.stats.values()) == 1


def test_clicks_of_a_visitor(world: World) -> None:
    world.send(
        clicked("c1", "leo", "2026-11-07", visitor_id="v1"),
        clicked("c2", "eve", "2026-11-06", visitor_id="v1"),
        clicked("c3", "leo", "2026-11-05", visitor_id="v2"),
    )

    world.send_one(registered("ann", REGISTERED, visitor_id="v1"))

    assert world.partner_of("ann") == "eve"


def test_a_start_in_telegram(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")

    world.send_one(registered("ann", REGISTERED, telegram_id=7))
    world.send_one(registered("bob", REGISTERED, telegram_id=8))

    assert (world.partner_of("ann"), world.partner_of("bob")) == ("leo", "no_click")


def test_the_redirects_token_needs_no_click_row(world: World) -> None:
    token = world.tokens.write(
        {"leo": instant("2026-11-07"), "eve": instant("2026-11-06"), "gone": instant("2026-11-05")}
    )

    world.send_one(registered("ann", REGISTERED, click_id=token))

    assert world.partner_of("ann") == "eve"
    assert world.referral("ann").first_click_at == instant("2026-11-06")


def test_all_clicks_known_are_judged_together(world: World) -> None:
    world.enrols("kim")
    token = world.tokens.write({"leo": instant("2026-11-05")})
    world.starts(7, "eve", "2026-11-04")
    world.send_one(clicked("c1", "kim", "2026-11-03", visitor_id="v1"))

    world.send(
        registered("token-and-start", REGISTERED, click_id=token, telegram_id=7),
        registered("token-and-visitor", REGISTERED, click_id=token, visitor_id="v1"),
        registered("all", REGISTERED, click_id=token, visitor_id="v1", telegram_id=7),
        registered("named-and-token", REGISTERED, click_id=token, referral_code="eve"),
    )

    assert world.partner_of("token-and-start") == "eve"
    assert world.partner_of("token-and-visitor") == "kim"
    assert world.partner_of("all") == "kim"
    assert world.partner_of("named-and-token") == "leo"


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({}, "no_click"),
        ({"visitor_id": "nobody"}, "no_click"),
        ({"telegram_id": 5}, "no_click"),
        ({"referral_code": "nobody"}, "click_invalid"),
        ({"click_id": "tok.forged"}, "click_invalid"),
        ({"click_id": "c-unseen"}, "click_not_seen"),
        ({"click_id": "c-unseen", "referral_code": "nobody"}, "click_not_seen"),
    ],
)
def test_without_any_click_the_client_has_no_partner_and_says_why(
    world: World, named: dict[str, object], reason: str
) -> None:
    answer = world.send_one(registered("ann", REGISTERED, **named))

    assert (answer.status, answer.reason) == ("applied", reason)
    assert world.partner_of("ann") == reason
    assert world.referrals == {}


def test_a_forged_token_takes_nothing_from_a_true_click(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")

    answer = world.send_one(registered("ann", REGISTERED, click_id="tok.forged", telegram_id=7))

    assert answer.reason is None
    assert world.partner_of("ann") == "leo"


def test_a_click_of_an_unknown_code_is_rejected(world: World) -> None:
    answer = world.send_one(clicked("c1", "nobody", "2026-11-07"))

    assert answer.status == "rejected"
    assert answer.error is not None
    assert (answer.error.code, answer.error.field) == ("code_unknown", "data.code")
    assert world.clicks == {}


@pytest.mark.parametrize(
    ("click_at", "outcome"),
    [
        ("2026-11-01 10:00:00", "leo"),
        ("2026-11-01 10:00:00.900000", "leo"),
        ("2026-11-01 09:59:59.999999", "outside_window"),
        ("2026-11-08 10:00:00", "leo"),
        ("2026-11-08 10:00:00.500000", "leo"),
        ("2026-11-08 10:00:01", "before_click"),
    ],
)
def test_the_window_is_seven_days_to_the_second(world: World, click_at: str, outcome: str) -> None:
    world.send_one(clicked("c1", "leo", click_at))

    answer = world.send_one(registered("ann", REGISTERED, click_id="c1"))

    assert world.partner_of("ann") == outcome
    assert answer.reason == (None if outcome == "leo" else outcome)


def test_the_last_click_wins_where_the_program_says_so() -> None:
    world = World(LAST_CLICK)
    world.enrols("leo")
    world.enrols("eve")
    world.starts(7, "leo", "2001-01-01")
    world.starts(7, "eve", "2001-01-02")

    world.send_one(registered("ann", REGISTERED, telegram_id=7))

    assert world.partner_of("ann") == "eve"


def test_programs_decide_each_for_itself() -> None:
    world = World(saas_tiers(), WIDGET)
    world.enrols("leo", program="saas-tiers")
    world.enrols("eve", program="widget")
    world.starts(7, "leo", "2026-10-01")
    world.starts(7, "eve", "2026-10-02")

    world.send(
        registered("ann", REGISTERED, telegram_id=7),
        registered("bob", REGISTERED, telegram_id=7, program="saas-tiers"),
    )

    # a payment counts where the client has a partner, though that is not the oldest decision
    world.send_one(paid("p1", "ann", "100.00", "2026-11-09", currency="RUB"))
    assert world.earned("p1") == "40.00 at 40%"
    # the window of the one has run out, the other has none
    assert world.partner_of("ann", "saas-tiers") == "outside_window"
    assert world.partner_of("ann", "widget") == "eve"
    assert world.events["e-ann"].reason is None
    assert world.partner_of("bob", "saas-tiers") == "outside_window"
    assert (world.client("bob").id, "widget") not in world.referrals


def test_a_click_in_another_program_than_the_one_named_is_no_click_still_awaited() -> None:
    world = World(saas_tiers(), WIDGET)
    world.enrols("leo", program="saas-tiers")
    world.send_one(clicked("c1", "leo", "2026-11-07"))

    answer = world.send_one(registered("ann", REGISTERED, click_id="c1", program="widget"))

    assert answer.reason == "no_click"
    assert world.client("ann").pending_click_id is None
