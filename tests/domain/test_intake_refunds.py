"""What refunds take back, chargebacks won, holds, debts after pay-outs (R13, R14, R18, R19)."""

import pytest

from tests.domain.builders import Sent, lines, paid, refunded, registered
from tests.domain.programs import BRONZE_FROM_THREE, HOLD, HOSTING, WIDGET
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, leo, ann whom leo brought, and her payment of 100.00 USD."""
    made = World()
    made.enrols("leo")
    made.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", "100.00", "2026-11-02"),
    )
    return made


def back(refund: str, amount: str, payment: str = "p1", **more: object) -> Sent:
    return refunded(refund, payment, amount, "2026-11-05", **more)


def rejected(world: World, sent: Sent) -> tuple[str, str | None]:
    """Send what must be rejected and change nothing; return code and field."""
    before = {name: value for name, value in world.outcome().items() if name != "events"}
    answer = world.send_one(sent)
    assert answer.status == "rejected"
    assert answer.error is not None
    assert {name: value for name, value in world.outcome().items() if name != "events"} == before
    return answer.error.code, answer.error.field


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


# Tiers go down and up again, R9


def test_a_full_refund_lowers_the_tier_and_a_won_chargeback_raises_it(world: World) -> None:
    world.brings("leo", 5)
    assert world.standing("leo") == (6, "plus")

    world.send_one(back("r1", "99.99", kind="chargeback"))
    assert world.standing("leo") == (6, "plus")
    world.send_one(back("r2", "0.01", kind="chargeback"))
    assert world.standing("leo") == (5, "start")
    world.send_one(paid("low", "leo-1", "100.00", "2026-11-05"))
    world.send_one(back("won", "0.01", kind="chargeback_won"))
    assert world.standing("leo") == (6, "plus")
    world.send_one(paid("high", "leo-1", "100.00", "2026-11-05"))

    assert (world.earned("low"), world.earned("high")) == ("10.00 at 10%", "20.00 at 20%")
    assert [n["tier"] for n in world.notices("tier_lost")] == ["start"]
    assert [n["tier"] for n in world.notices("tier_reached")] == ["start", "plus", "plus"]


def test_a_client_stays_a_paying_one_while_any_payment_is_left(world: World) -> None:
    world.send_one(paid("p2", "ann", "5.00", "2026-11-03"))

    world.send_one(back("r1", "100.00"))
    assert world.standing("leo") == (1, "start")

    world.send_one(back("r2", "5.00", "p2"))
    assert world.standing("leo") == (0, None)


# Chargebacks, R13


def test_a_won_chargeback_gives_back_exactly_what_it_took(world: World) -> None:
    before = world.figures("leo")

    world.send_one(back("r1", "33.33", kind="chargeback"))
    assert world.figures("leo") == {"accrued": "10.00", "payable": "6.67", "clawed_back": "3.33"}
    world.send_one(back("r2", "33.33", kind="chargeback_won"))

    assert world.figures("leo") == before
    assert len(world.notices("clawback_undone")) == 1


@pytest.mark.parametrize(
    ("taken", "won"),
    [
        ([], "0.01"),
        ([("r1", "40.00", "refund")], "40.00"),
        ([("r1", "40.00", "chargeback")], "40.01"),
        ([("r1", "40.00", "refund"), ("r2", "10.00", "chargeback")], "10.01"),
        ([("r1", "40.00", "chargeback"), ("r2", "30.00", "chargeback_won")], "10.01"),
    ],
)
def test_more_than_chargebacks_took_cannot_be_won(
    world: World, taken: list[tuple[str, str, str]], won: str
) -> None:
    for refund, amount, kind in taken:
        assert world.send_one(back(refund, amount, kind=kind)).status == "applied"

    assert rejected(world, back("won", won, kind="chargeback_won")) == (
        "refund_exceeds_payment",
        "data.amount",
    )


def test_what_was_won_back_may_be_refunded_again(world: World) -> None:
    world.send_each(
        back("r1", "100.00", kind="chargeback"),
        back("r2", "100.00", kind="chargeback_won"),
        back("r3", "100.00"),
    )

    assert world.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}
    assert (
        rejected(world, back("r4", "0.01", kind="chargeback_won"))[0] == "refund_exceeds_payment"
    )


# Lines


@pytest.fixture
def hosting() -> World:
    """A payment of 100.00 EUR: 60.00 at 10 % and 40.00 at 2.5 %."""
    made = World(HOSTING)
    made.enrols("leo")
    made.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid(
            "p1",
            "ann",
            "100.00",
            "2026-11-02",
            currency="EUR",
            lines=lines(shared="60.00", domains="40.00"),
        ),
        paid("plain", "ann", "100.00", "2026-11-02", currency="EUR", category="domains"),
    )
    assert made.earned("p1") == "6.00 at 10%, 1.00 at 2.5%"
    return made


def taken(world: World) -> list[int]:
    return [commission.clawed_back for commission in world.commissions_of("p1")]


def test_a_refund_by_lines_takes_back_from_the_lines_it_names(hosting: World) -> None:
    hosting.send_one(back("r1", "30.00", lines=lines(shared="30.00")))
    assert taken(hosting) == [300, 0]

    hosting.send_one(back("r2", "45.00", lines=lines(domains="15.00", shared="30.00")))
    # left 25.00 x 2.5 % = 0.625 -> 0.63
    assert taken(hosting) == [600, 37]


def test_a_refund_without_lines_is_split_in_proportion(hosting: World) -> None:
    hosting.send_one(back("r1", "50.00"))
    assert taken(hosting) == [300, 50]

    hosting.send_one(back("r2", "50.00"))
    assert taken(hosting) == [600, 100]
    assert hosting.figures("leo") == {"accrued": "9.50", "payable": "2.50", "clawed_back": "7.00"}


@pytest.mark.parametrize(
    ("amount", "by_line"),
    [
        ("60.01", {"shared": "60.01"}),
        ("41.00", {"shared": "0.99", "domains": "40.01"}),
        ("5.00", {"mail": "5.00"}),
        ("10.00", {"shared": "5.00", "mail": "5.00"}),
    ],
)
def test_a_refund_beyond_a_line_or_of_an_unknown_one_is_rejected(
    hosting: World, amount: str, by_line: dict[str, str]
) -> None:
    assert rejected(hosting, back("r1", amount, lines=lines(**by_line))) == (
        "refund_exceeds_payment",
        "data.lines",
    )


def test_refunds_with_lines_and_without_never_mix(hosting: World) -> None:
    hosting.send_one(back("r1", "10.00", lines=lines(shared="10.00")))
    assert rejected(hosting, back("r2", "10.00")) == ("lines_mixed", "data.lines")
    assert hosting.send_one(back("r3", "50.00", lines=lines(shared="50.00"))).status == "applied"


def test_refunds_without_lines_and_with_never_mix(hosting: World) -> None:
    hosting.send_one(back("r1", "10.00"))
    assert rejected(hosting, back("r2", "10.00", lines=lines(shared="10.00"))) == (
        "lines_mixed",
        "data.lines",
    )
    assert hosting.send_one(back("r3", "90.00")).status == "applied"


def test_a_payment_without_lines_is_not_refunded_by_lines(hosting: World) -> None:
    assert rejected(hosting, back("r1", "10.00", "plain", lines=lines(domains="10.00"))) == (
        "lines_unknown",
        "data.lines",
    )


def test_a_rejected_refund_does_not_decide_how_the_next_one_is_split(hosting: World) -> None:
    rejected(hosting, back("r1", "70.00", lines=lines(shared="70.00")))

    assert hosting.send_one(back("r2", "10.00")).status == "applied"


def test_chargebacks_by_lines_are_won_back_by_lines(hosting: World) -> None:
    hosting.send_one(back("r1", "60.00", lines=lines(shared="60.00"), kind="chargeback"))
    hosting.send_one(back("r2", "20.00", lines=lines(shared="20.00"), kind="chargeback_won"))
    assert taken(hosting) == [400, 0]

    assert rejected(
        hosting, back("r3", "20.00", lines=lines(domains="20.00"), kind="chargeback_won")
    ) == ("refund_exceeds_payment", "data.lines")


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


# Holds, R14


@pytest.fixture
def holding() -> World:
    """A hold of 14 days; ann paid 100.00 on 10 November at ten, so it ends on the 24th."""
    made = World(HOLD)
    made.enrols("leo")
    made.send(
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", "100.00", "2026-11-10 10:00"),
    )
    return made


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


# Pay-outs and debts


def test_clawing_back_money_already_paid_out_makes_the_balance_negative(world: World) -> None:
    world.pays_out("leo", "10.00")

    world.send_one(back("r1", "100.00"))

    assert world.figures("leo") == {
        "accrued": "10.00",
        "payable": "-10.00",
        "paid": "10.00",
        "clawed_back": "10.00",
    }
    (told,) = world.notices("clawback")
    assert told["payable_minor"] == -1_000


def test_later_commissions_fill_a_debt_first(world: World) -> None:
    world.pays_out("leo", "10.00")
    world.send_one(back("r1", "100.00"))

    world.send_one(paid("p2", "ann", "40.00", "2026-11-06"))
    assert world.sheet("leo").payable == -600
    world.send_one(paid("p3", "ann", "90.00", "2026-11-07"))
    assert world.sheet("leo").payable == 300
    with pytest.raises(ValueError, match="add up"):
        world.pays_out("leo", "3.01")
    parts = world.pays_out("leo", "3.00")

    # 4.00 of the first and 6.00 of the second cover the debt
    assert [(part.commission_id, part.minor) for part in parts] == [
        (world.commissions_of("p3")[0].id, 300)
    ]
    assert world.sheet("leo").payable == 0


def test_pay_outs_consume_the_oldest_commissions_first(world: World) -> None:
    world.send_each(
        paid("p2", "ann", "50.00", "2026-11-03"), paid("p3", "ann", "30.00", "2026-10-01")
    )
    world.send_one(paid("p4", "ann", "70.00", "2026-11-04"))

    first = world.pays_out("leo", "12.00")
    second = world.pays_out("leo", "10.00")

    of = {world.commissions_of(p)[0].id: p for p in ("p1", "p2", "p4")}
    assert [(of[part.commission_id], part.minor) for part in first] == [("p1", 1_000), ("p2", 200)]
    assert [(of[part.commission_id], part.minor) for part in second] == [("p2", 300), ("p4", 700)]
    assert world.figures("leo") == {"accrued": "22.00", "paid": "22.00"}
