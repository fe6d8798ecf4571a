"""Clients made in the bot, and billing that reports them later under an id of its own (R5)."""

import pytest

from tests.domain.builders import deleted, instant, paid, registered
from tests.domain.starting import REGISTERED, with_two_partners
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """The shipped preset with two partners."""
    return with_two_partners()


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
