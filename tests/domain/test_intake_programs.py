"""What programs decide: categories, settlements, and programs side by side (R5, R7, R15)."""

from dataclasses import replace

import pytest

from domain.money import Rate
from domain.programs.model_rates import RateRow
from tests.domain.builders import lines, paid, registered, saas_tiers
from tests.domain.programs import HOSTING, POOL, WIDGET
from tests.domain.starting import error, knows, with_partner
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, and one partner: leo."""
    return with_partner()


@pytest.fixture
def hosting() -> World:
    """A program with a rate for each category, its partner leo, ann and bob whom it brought."""
    made = with_partner(HOSTING)
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
