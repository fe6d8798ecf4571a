"""What waits for people may be replaced under a new id; what waits for its cause may not."""

import pytest

from tests.domain.builders import paid, refunded, registered
from tests.domain.starting import code_of, with_client
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset, leo, and ann whom leo brought."""
    return with_client()


def test_a_fact_that_waits_for_people_may_be_replaced_under_a_new_id(world: World) -> None:
    parked = paid("p1", "ann", "4100.00", "2026-11-03", currency="UAH")
    world.send_one(parked)

    mended = parked.but(exchange_rate="0.0242").under("mended")
    answer = world.send_one(mended)

    assert answer.status == "applied"
    assert world.earned("p1") == "9.92 at 10%"
    old = world.events[parked.id]
    assert (old.status, old.error and old.error.code) == ("rejected", "superseded")
    assert code_of(world.send_one(parked)) == ("duplicate", "superseded")


def test_what_waited_for_the_replaced_payment_follows(world: World) -> None:
    parked = paid("p1", "ann", "4100.00", "2026-11-03", currency="UAH")
    world.send_each(parked, refunded("r1", "p1", "4100.00", "2026-11-04"))
    assert world.events["e-r1"].waits_for == "payment:p1"

    world.send_one(parked.but(exchange_rate="0.0242").under("mended"))

    assert world.events["e-r1"].status == "applied"
    assert world.figures("leo") == {"accrued": "9.92", "clawed_back": "9.92"}


def test_a_replacement_that_waits_again_may_be_replaced_again(world: World) -> None:
    parked = paid("p1", "ann", "4100.00", "2026-11-03", currency="UAH")

    answers = world.send_each(
        parked,
        parked.but(amount="4000.00").under("second"),
        parked.but(amount="4000.00", exchange_rate="0.0242").under("third"),
    )

    assert [answer.status for answer in answers] == ["parked", "parked", "applied"]
    assert world.payments["p1"].minor == 400_000
    assert world.events["second"].status == "rejected"


def test_a_fact_that_waits_for_its_cause_is_not_replaced(world: World) -> None:
    waiting = paid("p1", "zoe", "100.00", "2026-11-03")
    world.send_one(waiting)

    answer = world.send_one(waiting.but(amount="200.00").under("other"))
    world.send_one(registered("zoe", "2026-11-02", referral_code="leo"))

    assert code_of(answer) == ("rejected", "conflict")
    assert world.payments["p1"].minor == 10_000


def test_under_its_own_id_what_waits_for_people_is_no_news(world: World) -> None:
    parked = paid("p1", "ann", "4100.00", "2026-11-03", currency="UAH")
    world.send_one(parked)

    assert code_of(world.send_one(parked)) == ("duplicate", "exchange_rate")
    assert world.send_one(parked.but(exchange_rate="0.0242")).status == "conflict"
    assert world.payments == {}
