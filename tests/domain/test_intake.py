"""What payments earn: tiers, order, parking, currencies, durations, deletions (R7-R16)."""

from dataclasses import replace

import pytest

from domain.intake.apply import Answer
from domain.money import Rate
from domain.programs.model_rates import RateRow
from tests.domain.builders import deleted, lines, opened, paid, registered, saas_tiers
from tests.domain.programs import BRONZE_FROM_THREE, HOSTING, POOL, WIDGET
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, and one partner: leo."""
    made = World()
    made.enrols("leo")
    return made


def knows(world: World, *clients: str, at: str = "2026-11-01", code: str = "leo") -> None:
    world.send(*(registered(client, at, referral_code=code) for client in clients))


def error(answer: Answer) -> tuple[str, str | None, str | None]:
    assert answer.error is not None
    return answer.status, answer.error.code, answer.error.field


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


# Parking


def test_a_payment_waits_for_its_client_and_earns_when_it_comes(world: World) -> None:
    answer = world.send_one(paid("p1", "ann", "100.00", "2026-11-03"))

    assert error(answer) == ("parked", "client_unknown", "data.client_id")
    assert "p1" not in world.payments

    knows(world, "ann")

    assert world.earned("p1") == "10.00 at 10%"
    assert world.events["e-p1"].status == "applied"
    assert world.notices("event_parked") == []


def test_accounts_and_deletions_wait_for_their_client_too(world: World) -> None:
    answers = world.send(
        opened("a1", "ann", "2026-11-04"),
        deleted("ann", "2026-11-05"),
        paid("before", "ann", "100.00", "2026-11-04"),
        paid("after", "ann", "100.00", "2026-11-05"),
    )
    assert [error(answer)[:2] for answer in answers] == [("parked", "client_unknown")] * 4

    knows(world, "ann")

    assert {record.status.value for record in world.events.values()} == {"applied"}
    assert world.client_accounts["a1"].client_id == world.client("ann").id
    assert (world.earned("before"), world.earned("after")) == ("10.00 at 10%", "client_deleted")


def test_only_what_waits_for_this_client_is_released(world: World) -> None:
    world.send(
        paid("anns", "ann", "100.00", "2026-11-03"), paid("bobs", "bob", "100.00", "2026-11-03")
    )

    knows(world, "ann")

    assert world.events["e-anns"].status == "applied"
    assert world.events["e-bobs"].waits_for == "client:bob"


def test_a_batch_in_which_the_cause_comes_last_is_applied_whole(world: World) -> None:
    answers = world.send(
        paid("p1", "ann", "100.00", "2026-11-03"),
        registered("ann", "2026-11-04", referral_code="leo"),
    )

    assert [(a.status, a.reason) for a in answers] == [
        ("applied", "before_registration"),
        ("applied", None),
    ]


def test_an_unknown_account_never_parks_a_payment(world: World) -> None:
    knows(world, "ann")

    answer = world.send_one(paid("p1", "ann", "100.00", "2026-11-03", account_id="nobody-knows"))

    assert answer.status == "applied"
    assert world.payments["p1"].account_id == "nobody-knows"


def test_an_account_belongs_to_one_client(world: World) -> None:
    knows(world, "ann", "bob")
    world.send_one(opened("a1", "ann", "2026-11-04"))

    again = opened("a1", "bob", "2026-11-04").under("other")
    by_registration = registered("eve", "2026-11-02", account={"account_id": "a1", "name": "E"})

    assert world.send_one(again).status == "rejected"
    assert error(world.send_one(by_registration)) == (
        "rejected",
        "account_taken",
        "data.account.account_id",
    )
    assert world.client_accounts["a1"].client_id == world.client("ann").id
    assert "eve" not in world.client_ids


def test_another_account_never_moves_the_registration(world: World) -> None:
    first = {"account_id": "a1", "name": "First"}
    world.send_one(registered("ann", "2026-03-01", referral_code="leo", account=first))
    before = world.referral("ann")

    world.send_one(opened("a0", "ann", "2026-01-01"))

    assert world.referral("ann") == before
    assert world.client_accounts["a1"].created_at == before.registered_at
    assert len(world.client_accounts) == 2


# Other currencies (R12)


def test_a_payment_in_another_currency_without_rate_waits_for_people(world: World) -> None:
    knows(world, "ann")

    answer = world.send_one(paid("p1", "ann", "4100.00", "2026-11-03", currency="UAH"))

    assert error(answer) == ("parked", "exchange_rate", "data.exchange_rate")
    assert world.events["e-p1"].waits_for == "staff:exchange_rate"
    assert world.notices("event_parked") == [
        {"event_id": "e-p1", "event_type": "payment.succeeded", "code": "exchange_rate"}
    ]
    assert world.standing("leo") == (0, None)


def test_a_payment_in_another_currency_earns_by_the_rate_it_carries(world: World) -> None:
    knows(world, "ann")

    world.send_one(
        paid("p1", "ann", "4100.00", "2026-11-03", currency="UAH", exchange_rate="0.0242")
    )

    # 4100.00 x 0.0242 x 10 % = 9.922
    assert world.earned("p1") == "9.92 at 10%"
    assert str(world.payments["p1"].exchange) == "0.0242"
    assert (world.payments["p1"].minor, world.payments["p1"].currency) == (410_000, "UAH")
    (day,) = [delta for delta in world.stats.values() if delta.payments]
    assert (day.payments, day.payments_minor, day.commissions_minor) == (1, 9_922, 992)


@pytest.mark.parametrize(
    ("rate", "status"),
    [(None, "applied"), ("1", "applied"), ("1.000000", "applied"), ("1.1", "rejected")],
)
def test_in_the_programs_own_currency_the_rate_is_one(
    world: World, rate: str | None, status: str
) -> None:
    knows(world, "ann")

    answer = world.send_one(paid("p1", "ann", "100.00", "2026-11-03", exchange_rate=rate))

    assert answer.status == status
    if status == "rejected":
        assert error(answer)[1:] == ("exchange_rate_not_one", "data.exchange_rate")
        assert world.payments == {}
    else:
        assert world.earned("p1") == "10.00 at 10%"


# Categories, R7


@pytest.fixture
def hosting() -> World:
    made = World(HOSTING)
    made.enrols("leo")
    knows(made, "ann", "bob")
    return made


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"category": "mail"}, "data.category"),
        ({}, "data.category"),
        ({"lines": lines(shared="60.00", mail="40.00")}, "data.lines"),
    ],
)
def test_a_category_without_a_row_waits_for_people(
    hosting: World, more: dict[str, object], field: str
) -> None:
    answer = hosting.send_one(paid("p1", "ann", "100.00", "2026-11-03", currency="EUR", **more))

    assert error(answer) == ("parked", "category", field)
    assert hosting.events["e-p1"].waits_for == "staff:category"
    assert hosting.payments == {}
    assert len(hosting.notices("event_parked")) == 1


def test_a_mapped_category_is_run_again_by_people(hosting: World) -> None:
    hosting.send_one(paid("p1", "ann", "100.00", "2026-11-03", currency="EUR", category="mail"))

    assert hosting.reruns("e-p1").status == "parked"
    mapped = RateRow(category="mail", rate=Rate(300))
    hosting.programs["hosting"] = replace(HOSTING, rates=(*HOSTING.rates, mapped))

    assert hosting.reruns("e-p1").status == "applied"
    assert hosting.earned("p1") == "3.00 at 3%"
    again = paid("p1", "ann", "100.00", "2026-11-03", currency="EUR", category="mail")
    assert hosting.send_one(again).status == "duplicate"


def test_each_line_makes_its_own_commission_rounded_by_itself(hosting: World) -> None:
    # 0.25 x 10 % = 0.025, 0.30 x 2.5 % = 0.0075: rounded apart 0.03 + 0.01, together 0.0325
    hosting.send_one(
        paid(
            "p1",
            "ann",
            "0.55",
            "2026-11-03",
            currency="EUR",
            lines=lines(shared="0.25", domains="0.30"),
        )
    )

    assert hosting.earned("p1") == "0.03 at 10%, 0.01 at 2.5%"
    assert [c.category for c in hosting.commissions_of("p1")] == ["shared", "domains"]
    assert [c.line for c in hosting.commissions_of("p1")] == [0, 1]


def test_the_tier_is_read_per_category_with_this_payment_counted(hosting: World) -> None:
    hosting.send_each(
        paid("p1", "ann", "100.00", "2026-11-03", currency="EUR", category="shared"),
        paid("p2", "bob", "100.00", "2026-11-03", currency="EUR", category="shared"),
        paid("p3", "bob", "100.00", "2026-11-03", currency="EUR", category="domains"),
    )

    assert [hosting.earned(p) for p in ("p1", "p2", "p3")] == [
        "10.00 at 10%",
        "15.00 at 15%",
        "2.50 at 2.5%",
    ]


@pytest.mark.parametrize(
    ("category", "reason"), [("free", "zero_rate"), ("dedicated", "no_rate_row")]
)
def test_a_known_category_that_earns_nothing_says_why(
    hosting: World, category: str, reason: str
) -> None:
    answer = hosting.send_one(
        paid("p1", "ann", "100.00", "2026-11-03", currency="EUR", category=category)
    )

    assert (answer.status, answer.reason) == ("applied", reason)
    assert hosting.standing("leo") == (1, "bronze")
    assert hosting.commissions == {}


def test_one_line_that_earns_is_enough(hosting: World) -> None:
    hosting.send_one(
        paid(
            "p1",
            "ann",
            "100.00",
            "2026-11-03",
            currency="EUR",
            lines=lines(free="60.00", domains="40.00"),
        )
    )

    assert hosting.earned("p1") == "1.00 at 2.5%"
    assert [c.line for c in hosting.commissions_of("p1")] == [1]


def test_a_program_without_rates_earns_nothing_and_never_parks() -> None:
    world = World(POOL)
    world.enrols("leo")
    knows(world, "ann")

    answer = world.send_one(paid("p1", "ann", "100.00", "2026-11-03", category="anything"))

    assert (answer.status, answer.reason) == ("applied", "zero_rate")
    assert world.standing("leo") == (1, None)


def test_a_share_that_rounds_to_nothing_says_so(world: World) -> None:
    knows(world, "ann")

    assert world.send_one(paid("p1", "ann", "0.04", "2026-11-03")).reason == "rounds_to_zero"
    assert world.send_one(paid("p2", "ann", "0.05", "2026-11-03")).reason is None
    assert world.earned("p2") == "0.01 at 10%"


# Time, R10, R16


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


# Settlement, R15


def test_what_the_partner_collected_itself_is_retained_and_never_payable() -> None:
    world = World(WIDGET)
    world.enrols("leo")
    knows(world, "ann")

    world.send(
        paid("direct", "ann", "1000.00", "2026-11-03", currency="RUB"),
        paid("own", "ann", "1000.00", "2026-11-03", currency="RUB", settlement="via_partner"),
    )

    assert (world.earned("direct"), world.earned("own")) == ("400.00 at 40%", "500.00 at 50%")
    assert (world.states("direct"), world.states("own")) == (["payable"], ["retained"])
    assert world.figures("leo") == {
        "accrued": "400.00",
        "payable": "400.00",
        "retained": "500.00",
    }


# Programs side by side (R5)


def test_a_payment_earns_in_the_program_it_names_else_in_that_of_the_oldest_referral() -> None:
    world = World(saas_tiers(), WIDGET)
    world.enrols("leo", program="saas-tiers")
    world.enrols("eve", program="widget")
    link = {"telegram_id": 7}
    world.starts(7, "eve", "2026-10-30")
    world.starts(7, "leo", "2026-10-31")
    world.send_one(registered("ann", "2026-11-01", **link))
    assert world.partner_of("ann", "widget") == "eve"
    assert world.partner_of("ann", "saas-tiers") == "leo"

    rub = {"currency": "RUB"}
    world.send_each(
        paid("unnamed", "ann", "100.00", "2026-11-03", **rub),
        paid("named", "ann", "100.00", "2026-11-03", program="saas-tiers"),
    )
    unknown = world.send_one(paid("nowhere", "ann", "100.00", "2026-11-03", program="nope"))

    assert world.figures("eve") == {"accrued": "40.00", "payable": "40.00"}
    assert world.figures("leo") == {"accrued": "10.00", "payable": "10.00"}
    assert error(unknown) == ("rejected", "program_unknown", "data.program")


def test_a_payment_names_a_program_in_which_nobody_brought_the_client() -> None:
    world = World(saas_tiers(), WIDGET)
    world.enrols("leo")
    knows(world, "ann")

    answer = world.send_one(paid("p1", "ann", "100.00", "2026-11-03", program="widget"))

    assert (answer.status, answer.reason) == ("applied", "not_attributed")
    assert world.figures("leo") == {}


def test_a_payment_of_a_client_that_nobody_brought_is_kept_and_earns_nothing(world: World) -> None:
    world.send_one(registered("ann", "2026-11-01"))

    answer = world.send_one(paid("p1", "ann", "100.00", "2026-11-03", currency="UAH"))

    assert (answer.status, answer.reason) == ("applied", "not_attributed")
    assert world.payments["p1"].enrolment_id is None
