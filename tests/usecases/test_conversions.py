"""Earnings become service credit, to the cent, and back after refunds (R20)."""

import pytest

from tests.usecases.app import App, usd
from tests.usecases.converting import credit_of, earning, program


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
