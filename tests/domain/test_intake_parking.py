"""What waits: for its cause, or for people where a currency came without a rate (R12)."""

import pytest

from tests.domain.builders import deleted, opened, paid, registered
from tests.domain.starting import error, knows, with_partner
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, and one partner: leo."""
    return with_partner()


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
