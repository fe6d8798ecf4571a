"""Chargebacks, tiers that go down and up again, and debts after pay-outs (R9, R13, R18, R19)."""

import pytest

from tests.domain.builders import paid, refunded
from tests.domain.starting import back, error, rejected, with_payment
from tests.domain.world import World

NOT_YET = ("parked", "chargeback_unknown", "data.payment_id")


@pytest.fixture
def world() -> World:
    """The shipped preset, leo, ann whom leo brought, and her payment of 100.00 USD."""
    return with_payment()


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
        ([], "100.01"),
        ([("r1", "40.00", "refund")], "100.01"),
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
    assert error(world.send_one(back("r4", "0.01", kind="chargeback_won"))) == NOT_YET


def test_a_chargeback_may_be_won_before_it_is_reported(world: World) -> None:
    before = world.figures("leo")
    won = refunded("won", "p1", "100.00", "2026-11-06", kind="chargeback_won")
    assert error(world.send_one(won)) == NOT_YET
    assert world.figures("leo") == before

    taken = refunded("r1", "p1", "100.00", "2026-11-05", kind="chargeback")
    assert world.send_one(taken).status == "applied"

    assert world.events[won.id].status == "applied"
    assert world.figures("leo") == before
    assert world.standing("leo") == (1, "start")


def test_a_later_chargeback_is_not_the_one_that_was_won_before(world: World) -> None:
    won = refunded("won", "p1", "100.00", "2026-11-06", kind="chargeback_won")
    world.send_one(won)

    world.send_one(refunded("r1", "p1", "100.00", "2026-11-07", kind="chargeback"))

    assert world.events[won.id].status == "parked"
    assert world.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}


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
