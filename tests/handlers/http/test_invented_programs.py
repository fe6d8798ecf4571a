"""Programs that nobody foresaw: a TOML file each and no code, to the cent over HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.click_tokens import SignedClickTokens
from domain.surroundings import Surroundings
from storage.work import SqlOpenWork
from tests.domain.builders import written
from tests.handlers.http.billing import MovableClock, text
from tests.handlers.http.world import World

SCHOOL = written(
    """
    [program]
    key = "school"
    currency = "EUR"
    [commission]
    rates = [
        { category = "courses", rate = "12%" },
        { category = "courses", from_month = 12, rate = "6%" },
        { category = "books", rate = "3.5%" },
        { category = "books", from_month = 12, rate = "1.25%" },
    ]
    [payout]
    minimum = "200.00"
    schedule = "quarterly"
    day = 10
    """
)
BOUNTY = written(
    """
    [program]
    key = "bounty"
    currency = "EUR"
    [commission]
    minimum_payment = "5.00"
    rates = [{ payment = "first", amount = "20.00" }]
    [payout]
    minimum = "20.00"
    """
)
STARTER = written(
    """
    [program]
    key = "starter"
    currency = "JPY"
    [tiers]
    basis = "paying_clients"
    levels = [{ key = "new", from = 1 }, { key = "old", from = 2 }]
    [commission]
    hold_days = 30
    payment_cap = "5000"
    rates = [
        { payment = "first", rate = "50%" },
        { tier = "new", rate = "7.5%" },
        { tier = "old", rate = "10%" },
        { tier = "old", settlement = "via_partner", rate = "33.33%" },
    ]
    [payout]
    minimum = "1000"
    schedule = "monthly"
    """
)

CAPPED = written(
    """
    [program]
    key = "capped"
    currency = "KWD"
    [commission]
    client_cap = "15.000"
    month_cap = "20.000"
    tax_included = "5.25%"
    rates = [{ rate = "10%" }, { category = "gift", amount = "4.000" }]
    [payout]
    minimum = "1.000"
    """
)


@pytest.fixture
def around(
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs={program.key: program for program in (SCHOOL, BOUNTY, STARTER, CAPPED)},
        zone=UTC,
        tokens=tokens,
    )


async def balance_of(world: World, code: str) -> dict[str, str]:
    """Return the figures of the balance that are not nought."""
    balance = (await world.get(f"/api/v1/partners/{code}")).body["balance"]
    return {
        name: amount
        for name, amount in balance.items()
        if name != "currency" and amount.strip("0.") != ""
    }


async def pays(world: World, client: str, amount: str, on: str, **more: object) -> str | None:
    """Let a client pay on a day; return why it earned nothing."""
    at = datetime.fromisoformat(f"{on}T12:00:00+00:00")
    late = (at - world.clock()).total_seconds()
    if late > 0:
        world.clock.move(seconds=late)
    reply = await world.billing.pays(client, amount, at=at, **more)
    assert reply.told[:2] == (200, "applied")
    return reply.told[2]


async def test_a_rate_that_falls_after_a_year_on_two_categories(world: World) -> None:
    code = await world.joins("school")
    await world.billing.registers("ann", referral_code=code)
    for on, amount, category in (
        ("2026-03-05", "99.90", "courses"),
        ("2027-03-01", "99.90", "courses"),
        ("2027-03-03", "99.90", "courses"),
        ("2026-05-01", "10.10", "books"),
        ("2027-05-01", "10.10", "books"),
    ):
        assert await pays(world, "ann", amount, on, currency="EUR", category=category) is None
    listed = (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    assert sorted((row["rate"], row["amount"]) for row in listed) == [
        ("1.25%", "0.13"),
        ("12%", "11.99"),
        ("12%", "11.99"),
        ("3.5%", "0.35"),
        ("6%", "5.99"),
    ]
    assert await balance_of(world, code) == {"accrued": "30.45", "payable": "30.45"}


async def test_a_fixed_amount_for_each_new_paying_client(world: World) -> None:
    code = await world.joins("bounty")
    for client in ("ann", "tom", "zoe"):
        await world.billing.registers(client, referral_code=code)
    assert await pays(world, "zoe", "4.99", "2026-03-03", currency="EUR") == "below_minimum"
    assert await pays(world, "ann", "9.00", "2026-03-03", currency="EUR") is None
    assert (
        await pays(world, "tom", "900.00", "2026-03-04", currency="EUR", payment="p-tom") is None
    )
    assert await pays(world, "ann", "900.00", "2026-03-05", currency="EUR") == "not_first"
    assert await balance_of(world, code) == {"accrued": "40.00", "payable": "40.00"}
    for refund, amount, left in (("r1", "899.99", "40.00"), ("r2", "0.01", "20.00")):
        await world.billing.send(
            "payment.refunded",
            refund_id=refund,
            payment_id="p-tom",
            amount=amount,
            refunded_at="2026-03-05T12:00:00Z",
        )
        assert (await balance_of(world, code))["payable"] == left
    # Nothing of its first payment is left: the next one makes it a paying client again.
    assert await pays(world, "tom", "900.00", "2026-03-06", currency="EUR") is None
    assert (await balance_of(world, code))["payable"] == "40.00"


async def test_first_payments_tiers_a_cap_and_a_currency_without_cents(world: World) -> None:
    code = await world.joins("starter")
    for client in ("ann", "tom"):
        await world.billing.registers(client, referral_code=code)
    more = {"currency": "JPY"}
    await pays(world, "ann", "3333", "2026-03-03", **more)  # first: 50 % = 1666.5
    await pays(world, "ann", "1001", "2026-03-04", **more)  # new: 7.5 % = 75.075
    await pays(world, "tom", "20000", "2026-03-05", **more)  # first: 10 000, capped
    await pays(world, "tom", "1001", "2026-03-06", **more)  # old: 10 % = 100.1
    await pays(world, "tom", "1000", "2026-03-06", settlement="via_partner", **more)
    listed = (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    assert sorted(int(row["amount"]) for row in listed) == [75, 100, 333, 1667, 5000]
    total = str(75 + 100 + 1667 + 5000)
    assert await balance_of(world, code) == {"accrued": total, "held": total, "retained": "333"}


async def test_caps_of_clients_and_months_on_payments_without_their_tax(world: World) -> None:
    code = await world.joins("capped")
    more = {"currency": "KWD"}
    item, registered_at = world.billing.item, text(world.clock())
    events = [
        item(
            f"r-{client}",
            "client.registered",
            client_id=client,
            name=client,
            registered_at=registered_at,
            referral_code=code,
        )
        for client in ("ann", "tom", "zoe")
    ]
    # A client that is new in the same batch counts towards its cap at once.
    world.clock.move(days=40)
    events += [
        item(
            f"e-{day}",
            "payment.succeeded",
            payment_id=f"p-{day}",
            client_id="ann",
            amount="105.250",
            paid_at=f"2026-03-{day}T10:00:00Z",
            **more,
        )
        for day in ("03", "31")
    ]
    results = (await world.billing.send_batch(events)).body["results"]
    assert [result["status"] for result in results] == ["applied"] * 5
    assert await pays(world, "ann", "50.000", "2026-04-01", **more) == "cap_reached"
    assert await pays(world, "tom", "33.333", "2026-03-31", payment="p-tom", **more) is None
    assert await pays(world, "zoe", "99.999", "2026-03-31", **more) is None
    assert await pays(world, "zoe", "99.999", "2026-03-31", **more) == "cap_reached"
    assert await pays(world, "zoe", "0.500", "2026-04-01", category="gift", **more) is None
    listed = (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    assert sorted((row["amount"], row["rate"], row["basis"], row["tax"]) for row in listed) == [
        ("1.833", "10%", "capped", "5.25%"),
        ("10.000", "10%", "share", "5.25%"),
        ("3.167", "10%", "share", "5.25%"),
        ("4.000", "0%", "fixed", "0%"),
        ("5.000", "10%", "capped", "5.25%"),
    ]
    assert await balance_of(world, code) == {"accrued": "24.000", "payable": "24.000"}
    # What a refund takes back makes room again, for its client and for its month.
    await world.billing.send(
        "payment.refunded",
        refund_id="r-1",
        payment_id="p-03",
        amount="84.200",
        refunded_at="2026-04-01T12:00:00Z",
    )
    assert (await balance_of(world, code))["clawed_back"] == "8.000"
    assert await pays(world, "ann", "1052.500", "2026-03-31", **more) is None
    assert (await balance_of(world, code))["payable"] == "24.000"
    assert await pays(world, "tom", "1052.500", "2026-03-31", **more) == "cap_reached"
    assert await pays(world, "tom", "1052.500", "2026-05-01", **more) is None
    balance = await balance_of(world, code)
    assert balance["payable"] == "35.833"
