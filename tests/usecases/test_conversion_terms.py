"""Who converts what, once, under which terms, and who is told (R20)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.entities.conversion import Credit
from domain.entities.partner import EnrolmentStatus
from domain.entities.stories import SpentRow
from domain.errors import NotAllowed
from domain.intake.announcing import credit_event
from domain.rules.conversion import (
    ConversionAboveBalance,
    ConversionAccountMissing,
    ConversionChanged,
    ConversionNotActive,
    ConversionNotOffered,
    NothingToConvert,
)
from domain.usecases.conversions.convert import ConversionRequest
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App, usd
from tests.usecases.converting import credit_of, earning, program


async def test_the_oldest_are_consumed_with_an_adjustment_among_them(app: App) -> None:
    await earning(app, "10%", "100.00")
    app.later(hours=1)
    await app.adjusts("ann", "5.00")
    app.later(hours=1)
    await app.pays("cid", "200.00")

    caller = await app.private("ann")
    shown = await app.use.offer_conversion.preview(caller, usd("25.00"))
    conversion = await app.converts("ann", "25.00")

    def brief(row: SpentRow) -> tuple[int, int, int]:
        return row.taken, row.whole, row.bonus

    assert [brief(row) for row in shown.rows] == [
        (1000, 1000, 2000),
        (500, 500, 0),
        (1000, 2000, 2000),
    ]
    assert conversion.credit == shown.credit == usd("65.00")
    story = await app.use.explain_sum.conversion(caller, conversion.id)
    assert list(map(brief, story.rows)) == list(map(brief, shown.rows))


async def test_a_double_press_converts_once(app: App) -> None:
    await earning(app, "10%", "100.00")

    first = await app.converts("ann", "4.00", key="one press")
    request = ConversionRequest(amount=usd("4.00"), credit=None, request_key="one press")
    second = await app.use.convert_balance(await app.private("ann"), request)

    assert second == first
    assert (await app.figures("ann", "sample"))["converted"] == "4.00"
    assert await credit_of(app) == [1200]
    assert len(await app.audited("conversion_made")) == 1


async def test_what_was_shown_is_what_is_given(app: App) -> None:
    await earning(app, "10%", "1.00")
    request = ConversionRequest(amount=usd("0.05"), credit=usd("0.15"), request_key="late")
    await app.refunds("p1", "0.45")

    # 0.06 is left of the commission and 0.55 of the payment.
    with pytest.raises(ConversionChanged) as refusal:
        await app.use.convert_balance(await app.private("ann"), request)
    assert refusal.value.facts["credit"] == usd("0.14")
    assert "converted" not in await app.figures("ann", "sample")


async def test_who_may_not_convert(app: App) -> None:
    await earning(app, "10%", "100.00")
    await app.becomes_member("una", of="ann")
    with pytest.raises(NotAllowed):
        await app.converts("una", "1.00")
    with pytest.raises(ConversionAboveBalance):
        await app.converts("ann", "10.01")
    await app.converts("ann", "10.00")
    with pytest.raises(NothingToConvert):
        await app.converts("ann", "0.01")
    await app.sets_status("ann", EnrolmentStatus.SUSPENDED)
    with pytest.raises(ConversionNotActive):
        await app.converts("ann", "0.01")


async def test_credit_needs_an_account_with_the_vendor(app: App) -> None:
    app.offers(program("10%"))
    await app.joins("ann", "sample", account=False)
    await app.client("cid", by="ann", program="sample")
    await app.pays("cid", "100.00")

    with pytest.raises(ConversionAccountMissing):
        await app.converts("ann", "1.00")
    await app.use.name_vendor_account(await app.private("ann"), "acc-ann")
    assert (await app.converts("ann", "1.00")).account_id == "acc-ann"


async def test_a_program_without_conversion_converts_nothing(app: App) -> None:
    await app.joins("ann", "waiting")

    with pytest.raises(ConversionNotOffered):
        await app.converts("ann", "1.00")


async def test_terms_of_the_day_hold_for_what_was_converted_under_them(app: App) -> None:
    await earning(app, "10%", "100.00")
    await app.converts("ann", "5.00")
    app.offers(program("10%", bonus="40%"))
    assert (await app.converts("ann", "5.00")).bonus == 2000

    app.offers(program("10%", bonus="1%"))
    await app.refunds("p1", "50.00", kind="chargeback")
    # 5.00 stands: all of it was converted under the first terms, which gave 20 % of 50.00.
    assert (await app.figures("ann", "sample"))["bonus"] == "10.00"
    await app.refunds("p1", "50.00", kind="chargeback_won")
    assert (await app.figures("ann", "sample"))["bonus"] == "30.00"


async def test_a_debt_is_filled_before_anything_can_be_converted_again(app: App) -> None:
    await earning(app, "10%", "100.00")
    await app.converts("ann", "10.00")
    await app.refunds("p1", "100.00")
    await app.pays("cid", "80.00")
    with pytest.raises(NothingToConvert):
        await app.converts("ann", "1.00")
    await app.pays("cid", "70.00")

    # 10.00 of the two commissions cover the debt; the bonus is of what is consumed.
    assert (await app.converts("ann", "5.00")).bonus == 1000


async def test_a_payout_and_a_conversion_share_a_commission(app: App) -> None:
    await earning(app, "10%", "100.00")
    asked = await app.asks("ann", "6.00")
    assert (await app.converts("ann", "4.00")).bonus == 800
    await app.presses("boss", asked, PayoutMove.REJECT)

    assert (await app.converts("ann", "6.00")).bonus == 1200


async def test_billing_and_the_other_admins_are_told(app: App) -> None:
    await earning(app, "30%", "100.00")
    await app.converts("ann", "30.00")
    await app.refunds("p1", "50.00")

    granted, reduced = sorted(await app.rows("credits"), key=lambda row: row["id"])
    assert (granted["account_id"], granted["payment_id"]) == ("acc-ann", None)
    assert (reduced["minor"], reduced["payment_id"]) == (-1000, "p1")
    assert [kind for kind, _ in await app.told("ann")][-2:] == ["clawback", "credit_reduced"]


def test_the_event_says_what_billing_has_to_do() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    grant = Credit(
        id=5,
        enrolment_id=1,
        conversion_id=4,
        minor=5000,
        currency="USD",
        account_id="acc",
        at=at,
    )
    kind, data = credit_event(grant, code="k4", program="saas-tiers")
    assert kind == "credit.granted"
    assert (data["amount"], data["reason"], data["account_id"]) == ("50.00", "conversion", "acc")
    assert "payment_id" not in data
    back = replace(grant, commission_id=3, payment_id="p1", minor=-1)
    kind, data = credit_event(back, code="k4", program="saas-tiers")
    assert (kind, data["amount"], data["reason"]) == ("credit.reduced", "0.01", "refund")
    kind, data = credit_event(replace(back, minor=7), code="k4", program="saas-tiers")
    assert (kind, data["amount"], data["reason"]) == ("credit.granted", "0.07", "chargeback_won")
