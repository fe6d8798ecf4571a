"""What billing's report of a client made in the bot may change, and what it may not (R5, R10)."""

from datetime import UTC, datetime

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.entities.payment import EarnedNothing
from domain.period import add_months, text_of
from tests.domain.builders import saas_tiers, written
from tests.usecases.app import App
from tests.usecases.claiming import claim, decide

CONSENT = datetime(2026, 3, 2, 10, tzinfo=UTC)
RETIRED = written(
    """
    [program]
    key = "retired"
    currency = "USD"
    [commission]
    duration_months = 6
    rates = [{ rate = "10%" }]
    [payout]
    minimum = "1.00"
    """
)
"""A program that the vendor stops offering."""


async def is_reported(app: App, at: datetime) -> None:
    """Let billing report who consented in the bot as Zoe, registered at its own time."""
    answer = await app.reports(
        "client.registered",
        client_id="c-77",
        name="Zoe",
        registered_at=text_of(at),
        telegram_id=app.id_of("zoe"),
    )
    assert answer.status == "applied", answer


@pytest.mark.parametrize("status", [EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED])
async def test_a_partner_keeps_its_client_that_billing_reports_while_it_is_stopped(
    app: App, status: EnrolmentStatus
) -> None:
    leo = await app.joins("leo")
    await app.opens("zoe", leo.code)
    await app.consents("zoe")
    app.later(days=1)
    await app.sets_status("leo", status)
    await is_reported(app, CONSENT)

    (referral,) = await app.rows("referrals")
    assert (referral["enrolment_id"], referral["reason"]) == (leo.id, None)
    assert (await app.pays("c-77", "100.00")).reason == EarnedNothing.PARTNER_SUSPENDED
    await app.sets_status("leo", EnrolmentStatus.ACTIVE)
    await app.pays("c-77", "100.00")
    assert await app.figures("leo") == {"accrued": "10.00", "payable": "10.00"}
    (day,) = [row for row in await app.rows("daily_stats") if row["registrations"]]
    assert day["registrations"] == 1


async def test_billings_date_gives_no_client_to_a_partner_that_is_stopped(app: App) -> None:
    leo = await app.joins("leo")
    await app.joins("mia")
    await app.consents("zoe")
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    await app.reports(
        "client.registered",
        client_id="c-77",
        name="Zoe",
        registered_at=text_of(app.now),
        telegram_id=app.id_of("zoe"),
        referral_code=leo.code,
    )

    (referral,) = await app.rows("referrals")
    assert (referral["enrolment_id"], referral["reason"]) == (None, "partner_suspended")


async def test_a_client_that_staff_attached_earns_from_billings_date_on(app: App) -> None:
    ann = await app.joins("ann")
    zoe = (await app.consents("zoe")).client.shown_id
    await decide(app, await claim(app, "ann", zoe), reason_code="our_mistake")
    app.later(days=1)
    first = datetime(2026, 2, 20, 10, tzinfo=UTC)
    await is_reported(app, first)

    (referral,) = await app.rows("referrals")
    assert (referral["enrolment_id"], referral["by_staff"]) == (ann.id, True)
    assert referral["registered_at"] == first
    assert referral["earns_until"] == add_months(first, 12)
    assert (await app.pays("c-77", "100.00", paid_at="2026-02-25T10:00:00Z")).reason is None
    app.now = datetime(2027, 3, 1, 10, tzinfo=UTC)
    assert (await app.pays("c-77", "100.00")).reason == EarnedNothing.DURATION_ENDED
    days = {str(row["day"]): row["registrations"] for row in await app.rows("daily_stats")}
    assert {day: count for day, count in days.items() if count} == {"2026-02-20": 1}


async def test_a_client_of_a_program_that_is_offered_no_more_can_be_reported(app: App) -> None:
    app.offers(saas_tiers(), RETIRED)
    ann = await app.joins("ann", "retired")
    await app.opens("zoe", ann.code)
    zoe = (await app.consents("zoe")).client
    await app.pays(zoe.shown_id, "100.00")
    app.offers(saas_tiers())
    app.later(days=1)
    await is_reported(app, app.now)

    (client,) = await app.rows("clients")
    assert (client["shown_id"], client["registered_at"]) == ("c-77", app.now)
    (referral,) = await app.rows("referrals")
    assert (referral["enrolment_id"], referral["registered_at"]) == (ann.id, CONSENT)
