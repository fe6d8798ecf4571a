"""Earnings become service credit: to the cent, once, and back after refunds (R20)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.entities.conversion import Credit
from domain.entities.partner import EnrolmentStatus
from domain.entities.stories import SpentRow
from domain.errors import NotAllowed
from domain.intake.announcing import credit_event
from domain.programs.model import Program
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
from tests.domain.builders import written
from tests.usecases.app import App, usd


def program(
    rate: str, currency: str = "USD", base: str = "payment", bonus: str = "20%"
) -> Program:
    return written(
        f"""
        [program]
        key = "sample"
        currency = "{currency}"
        [commission]
        rates = [{{ rate = "{rate}" }}]
        [payout]
        minimum = "1"
        [conversion]
        bonus = "{bonus}"
        bonus_base = "{base}"
        """
    )


async def earning(app: App, rate: str, amount: str, /, **terms: str) -> None:
    """Let ann earn by one payment ``p1`` of one client."""
    offered = program(rate, **terms)
    app.offers(offered)
    await app.joins("ann", "sample")
    await app.client("cid", by="ann", program="sample")
    await app.pays("cid", amount, payment="p1", currency=offered.currency)


async def credit_of(app: App) -> list[int]:
    """Return the changes of credit that billing is told of, oldest first."""
    return [row["minor"] for row in sorted(await app.rows("credits"), key=lambda row: row["id"])]


async def test_thirty_percent_and_twenty_make_half_of_the_payment(app: App) -> None:
    await earning(app, "30%", "100.00")

    conversion = await app.converts("ann", "30.00")

    assert conversion.credit == usd("50.00")
    assert await app.figures("ann", "sample") == {
        "accrued": "30.00",
        "converted": "30.00",
        "bonus": "20.00",
    }
    assert await credit_of(app) == [5000]


async def test_ten_percent_and_twenty_make_thirty_of_a_hundred(app: App) -> None:
    await earning(app, "10%", "100.00")

    assert (await app.converts("ann", "10.00")).credit == usd("30.00")


async def test_a_part_converts_in_proportion_and_the_rest_brings_the_rest(app: App) -> None:
    await earning(app, "30%", "100.00")

    bonuses = [(await app.converts("ann", amount)).bonus for amount in ("10.00", "10", "10")]

    # round(6.67), then up to 13.33, then up to 20.00.
    assert bonuses == [667, 666, 667]


async def test_a_bonus_of_the_amount_makes_120_of_100(app: App) -> None:
    await earning(app, "10%", "1000.00", base="amount")

    assert (await app.converts("ann", "100.00")).credit == usd("120.00")


async def test_odd_amounts_at_a_third_add_up(app: App) -> None:
    await earning(app, "33.33%", "0.05")
    await app.pays("cid", "99.99")

    # 0.0167 -> 0.02 and 33.3267 -> 33.33; bonuses 0.01 and 20.00 (19.998).
    assert (await app.converts("ann", "33.35")).bonus == 1 + 2000


@pytest.mark.parametrize(
    ("currency", "paid", "earned", "bonus"),
    [("JPY", "1005", "101", 201), ("KWD", "10.005", "1.001", 2001)],
)
async def test_currencies_of_no_and_of_three_decimals(
    app: App, currency: str, paid: str, earned: str, bonus: int
) -> None:
    await earning(app, "10%", paid, currency=currency)
    assert await app.owed_to("ann", "sample") == earned

    conversion = await app.converts("ann", earned)

    assert conversion.bonus == bonus
    assert conversion.credit.currency == currency


async def test_a_payment_in_another_currency_is_the_base_at_its_rate(app: App) -> None:
    app.offers(program("10%"))
    await app.joins("ann", "sample")
    await app.client("cid", by="ann", program="sample")
    more = {"currency": "UAH", "exchange_rate": "0.024137"}
    await app.pays("cid", "4137.55", payment="p1", **more)

    # 4137.55 x 0.024137 = 99.868...: the commission is 9.99, the bonus 19.97.
    assert (await app.converts("ann", "9.99")).bonus == 1997

    await app.refunds("p1", "1379.18", kind="chargeback")

    # 66.58... is left: the commission 6.66, the bonus 13.32.
    figures = await app.figures("ann", "sample")
    assert (figures["clawed_back"], figures["payable"], figures["bonus"]) == (
        "3.33",
        "-3.33",
        "13.32",
    )
    await app.refunds("p1", "1379.18", kind="chargeback_won")
    assert (await app.figures("ann", "sample"))["bonus"] == "19.97"
    assert await credit_of(app) == [999 + 1997, -665, 665]


async def test_three_refunds_of_a_third_take_back_commission_and_bonus(app: App) -> None:
    await earning(app, "30%", "100.00")
    await app.converts("ann", "30.00")

    standing = []
    for amount in ("33.33", "33.33", "33.34"):
        await app.refunds("p1", amount)
        figures = await app.figures("ann", "sample")
        standing.append((figures["payable"], figures.get("bonus")))

    assert standing == [("-10.00", "13.33"), ("-20.00", "6.67"), ("-30.00", None)]
    assert sum(await credit_of(app)) == 3000


async def test_a_part_converted_then_refunded_then_won_back(app: App) -> None:
    await earning(app, "30%", "100.00")
    await app.converts("ann", "15.00")
    assert (await app.figures("ann", "sample"))["bonus"] == "10.00"

    # Half of the payment is left, and half of the commission covers all that was converted.
    await app.refunds("p1", "50.00", kind="chargeback")
    assert await app.figures("ann", "sample") == {
        "accrued": "30.00",
        "clawed_back": "15.00",
        "converted": "15.00",
        "bonus": "10.00",
    }
    await app.refunds("p1", "25.00", kind="chargeback")
    figures = await app.figures("ann", "sample")
    assert (figures["payable"], figures["bonus"]) == ("-7.50", "5.00")
    await app.refunds("p1", "75.00", kind="chargeback_won")
    assert await app.figures("ann", "sample") == {
        "accrued": "30.00",
        "payable": "15.00",
        "converted": "15.00",
        "bonus": "10.00",
    }
    assert (await app.converts("ann", "15.00")).bonus == 1000
    assert await credit_of(app) == [2500, -500, 500, 2500]


async def test_a_refund_never_adds_credit(app: App) -> None:
    await earning(app, "10%", "1.00")
    assert (await app.converts("ann", "0.05")).bonus == 10

    # Rounding alone would make 0.11 of what is left: nobody gets credit by a refund.
    await app.refunds("p1", "0.46")

    assert (await app.figures("ann", "sample"))["bonus"] == "0.10"
    assert await credit_of(app) == [15]


async def test_lines_have_bonuses_of_their_own(app: App) -> None:
    await earning(app, "10%", "100.00")
    lines = [{"category": "a", "amount": "10.00"}, {"category": "b", "amount": "30.00"}]
    await app.pays("cid", "40.00", payment="p2", lines=lines)

    assert (await app.converts("ann", "14.00")).bonus == 2800
    await app.refunds("p2", "10.00", lines=[{"category": "a", "amount": "10.00"}])
    assert (await app.figures("ann", "sample"))["bonus"] == "26.00"


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
