"""Decisions that concern several rules at once."""

from tests.domain.builders import clicked, instant, paid, registered
from tests.domain.world import World


def test_after_a_merge_with_payments_the_period_runs_from_billings_date() -> None:
    world = World()
    world.enrols("leo")
    world.starts(7, "leo", "2026-11-01")
    world.consents("bot-x", "2026-11-05", person=7)
    world.send_one(paid("p1", "bot-x", "100.00", "2026-11-06"))
    world.send_one(registered("b1", "2026-11-03", telegram_id=7))
    assert world.referral("b1").registered_at == instant("2026-11-03")
    assert world.referral("b1").earns_until == instant("2027-11-03")


def test_an_id_answered_as_duplicate_is_used_up() -> None:
    world = World()
    world.enrols("leo")
    world.send_one(registered("ann", "2026-11-01", referral_code="leo"))
    first = paid("p1", "ann", "100.00", "2026-11-03")
    world.send_each(first, first.under("copy"))
    assert world.events["copy"].status == "duplicate"
    assert world.send_one(first.under("copy")).status == "duplicate"
    other = paid("p2", "ann", "5.00", "2026-11-04")
    assert world.send_one(other.under("copy")).status == "conflict"


def test_a_payment_of_a_client_without_partner_never_waits_for_people() -> None:
    world = World()
    world.enrols("leo")
    world.send_one(clicked("c1", "leo", "2026-10-01"))
    world.send_one(registered("ann", "2026-11-01", click_id="c1"))
    assert world.partner_of("ann") == "outside_window"
    late = paid("p1", "ann", "100.00", "2026-11-03", currency="UAH")
    assert world.send_one(late).status == "applied"
