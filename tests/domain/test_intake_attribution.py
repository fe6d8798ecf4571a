"""Whose client it is: clicks of every kind, late clicks, the partner itself, the bot (R1-R5)."""

from dataclasses import replace

import pytest

from domain.entities.partner import EnrolmentStatus, PartnerIdentity
from tests.domain.builders import (
    clicked,
    deleted,
    instant,
    lines,
    paid,
    refunded,
    registered,
    saas_tiers,
)
from tests.domain.programs import HOSTING, LAST_CLICK, WIDGET
from tests.domain.world import World

REGISTERED = "2026-11-08 10:00"


@pytest.fixture
def world() -> World:
    """The shipped preset with two partners."""
    made = World()
    made.enrols("leo")
    made.enrols("eve")
    return made


# Every way in which a click is known, R3


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


def test_a_suspended_partner_gets_nobody(world: World) -> None:
    world.suspends("leo")

    world.send_one(registered("ann", REGISTERED, referral_code="leo"))
    world.starts(7, "leo", "2026-11-05")
    world.starts(7, "eve", "2026-11-06")
    world.send_one(registered("bob", REGISTERED, telegram_id=7))

    assert world.partner_of("ann") == "partner_suspended"
    assert world.partner_of("bob") == "eve"


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


# A click that comes late


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


# The partner itself, R4

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


# Clients made in the bot

CONSENT = "2026-11-08 12:00"


def merged(world: World, at: str = "2026-11-09 10:00", **known: object) -> None:
    """Let billing report the client that consented in the bot."""
    world.starts(7, "leo", "2026-11-07")
    world.consents("bot-x", CONSENT, person=7, phone="+380 50 111 22 33")
    world.send_one(registered("b1", at, **known))


def test_consent_in_the_bot_makes_a_client_with_the_start_as_its_click(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")

    client = world.consents("bot-x", CONSENT, person=7)

    assert (client.shown_id, client.made_in_bot) == ("bot-x", True)
    assert world.partner_of("bot-x") == "leo"
    referral = world.referral("bot-x")
    assert referral.registered_at == instant(CONSENT)
    assert referral.earns_until == instant("2027-11-08 12:00")


def test_consent_without_a_link_makes_a_client_of_nobody(world: World) -> None:
    world.consents("bot-x", CONSENT, person=7)

    assert world.partner_of("bot-x") == "no_click"


@pytest.mark.parametrize(
    "known",
    [{"telegram_id": 7}, {"phone": "00380501112233"}, {"phone": "380-50-111-22-33"}],
)
def test_billing_reports_the_same_client_by_telegram_id_or_phone(
    world: World, known: dict[str, object]
) -> None:
    merged(world, **known)

    assert len(world.clients) == 1
    client = world.client("b1")
    assert client == world.client("bot-x")
    assert (client.shown_id, client.name, client.made_in_bot) == ("b1", "B1", False)
    assert (client.telegram_id, client.registered_at) == (7, instant("2026-11-09 10:00"))
    assert world.partner_of("b1") == "leo"


def test_the_old_id_goes_on_working(world: World) -> None:
    merged(world, telegram_id=7)

    world.send_each(
        paid("p1", "bot-x", "100.00", "2026-11-10"), paid("p2", "b1", "100.00", "2026-11-10")
    )

    assert world.figures("leo") == {"accrued": "20.00", "payable": "20.00"}
    assert world.standing("leo") == (1, "start")


@pytest.mark.parametrize("known", [{}, {"telegram_id": 8}, {"phone": "+380501112234"}])
def test_another_telegram_id_or_phone_is_another_client(
    world: World, known: dict[str, object]
) -> None:
    merged(world, **known)

    assert len(world.clients) == 2
    assert world.client("bot-x").made_in_bot
    assert world.partner_of("b1") == "no_click"


def test_billing_may_use_the_very_id_of_the_bot(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")
    world.consents("bot-x", CONSENT, person=7)

    answer = world.send_one(registered("bot-x", "2026-11-09 10:00"))

    assert answer.status == "applied"
    assert len(world.clients) == 1
    assert not world.client("bot-x").made_in_bot
    assert world.partner_of("bot-x") == "leo"


def test_an_id_that_is_an_alias_already_registers_nobody_again(world: World) -> None:
    merged(world, telegram_id=7)

    answer = world.send_one(registered("bot-x", "2026-11-09 11:00", referral_code="eve"))

    assert answer.status == "rejected"
    assert answer.error is not None
    assert (answer.error.code, answer.error.field) == ("client_known", "data.client_id")
    assert world.client("bot-x").shown_id == "b1"
    assert len(world.clients) == 1


def test_two_ids_of_billing_never_merge_by_themselves(world: World) -> None:
    merged(world, telegram_id=7)

    world.send_one(registered("b2", "2026-11-10", telegram_id=7))

    assert world.client("b1").id != world.client("b2").id
    assert len(world.clients) == 2


@pytest.mark.parametrize(
    ("billings_date", "outcome"),
    [
        ("2026-11-07 00:00", "leo"),
        ("2026-11-14 00:00", "leo"),
        ("2026-11-06 23:59:59", "before_click"),
        ("2026-11-14 00:00:01", "outside_window"),
    ],
)
def test_without_a_payment_the_client_is_judged_again_by_billings_date(
    world: World, billings_date: str, outcome: str
) -> None:
    merged(world, at=billings_date, telegram_id=7)

    assert world.partner_of("b1") == outcome
    assert world.referral("b1").registered_at == instant(billings_date)
    expected = 1 if outcome == "leo" else 0
    assert sum(day.registrations for day in world.stats.values()) == expected
    assert len(world.notices("registration")) == 1


def test_judged_again_another_partner_may_win(world: World) -> None:
    world.starts(7, "leo", "2026-11-01 10:00")
    world.starts(7, "eve", "2026-11-02")
    world.consents("bot-x", "2026-11-05", person=7)
    assert world.partner_of("bot-x") == "leo"

    world.send_one(registered("b1", REGISTERED + ":01", telegram_id=7))

    assert world.partner_of("b1") == "eve"
    assert len(world.notices("registration")) == 2


def test_with_a_payment_the_partner_is_kept(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")
    world.consents("bot-x", CONSENT, person=7)
    world.send_one(paid("p1", "bot-x", "100.00", "2026-11-09"))

    world.send_one(registered("b1", "2026-11-06", telegram_id=7))
    world.send_one(paid("p2", "b1", "100.00", "2026-11-10"))

    assert world.partner_of("b1") == "leo"
    assert world.figures("leo") == {"accrued": "20.00", "payable": "20.00"}


def test_a_deletion_under_the_old_id_outlives_the_merge(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")
    world.consents("bot-x", CONSENT, person=7)
    world.send_one(deleted("bot-x", "2026-11-10"))

    world.send_one(registered("b1", "2026-11-09", telegram_id=7))
    world.send_one(paid("p1", "b1", "100.00", "2026-11-11"))

    assert world.earned("p1") == "client_deleted"


def test_what_waited_for_billings_id_is_released_by_the_merge(world: World) -> None:
    world.starts(7, "leo", "2026-11-07")
    world.consents("bot-x", CONSENT, person=7)
    world.send_one(paid("p1", "b1", "100.00", "2026-11-10"))

    world.send_one(registered("b1", "2026-11-09", telegram_id=7))

    assert world.earned("p1") == "10.00 at 10%"


def test_a_client_of_the_bot_without_a_link_is_judged_when_billing_names_a_code(
    world: World,
) -> None:
    world.consents("bot-x", CONSENT, person=7)

    answer = world.send_one(registered("b1", "2026-11-09", telegram_id=7, referral_code="eve"))

    assert answer.reason is None
    assert world.partner_of("b1") == "eve"


def test_an_ended_partner_is_treated_as_one_that_does_not_take_part(world: World) -> None:
    number = world.links["leo"]
    world.enrolments[number] = replace(world.enrolments[number], status=EnrolmentStatus.ENDED)

    world.send_one(registered("ann", REGISTERED, referral_code="leo"))

    assert world.partner_of("ann") == "partner_suspended"
