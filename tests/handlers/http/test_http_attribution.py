"""From the link to the money, over HTTP alone: windows, tiers, months, refunds, balances."""

from datetime import datetime, timedelta

import pytest

from domain.period import add_months
from domain.usecases.payouts.decide import PayoutMove
from tests.handlers.http.world import BEGIN, World, parameters_of, text

WEEK = timedelta(days=7)


async def click(world: World, code: str, cookie: str | None = None) -> str:
    """Follow a link and return the token that the landing page gets."""
    extra = {"Cookie": f"pb_clicks={cookie}"} if cookie else {}
    answer = await world.visit(f"/r/{code}", **extra)
    return parameters_of(answer.headers["Location"])["click_id"]


async def whose(world: World, client: str) -> tuple[str | None, str | None]:
    body = (await world.get(f"/api/v1/clients/{client}")).body
    return body["partner_code"], body["reason"]


async def test_the_token_brings_the_client(world: World) -> None:
    code = await world.joins()
    token = await click(world, code.upper())
    world.clock.move(hours=1)
    reply = await world.billing.registers("ann", click_id=token)
    assert reply.body == {"id": "evt-1", "status": "applied", "error": None}
    assert (await world.get("/api/v1/clients/ann")).body == {
        "client_id": "ann",
        "partner_code": code,
        "program": "saas-tiers",
        "status": "active",
        "reason": None,
        "protected": False,
        "registered_at": "2026-03-02T11:00:00Z",
        "earns_until": "2027-03-02T11:00:00Z",
    }


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (timedelta(0), None),
        (WEEK, None),
        (WEEK + timedelta(microseconds=999_999), None),
        (WEEK + timedelta(seconds=1), "outside_window"),
        (timedelta(days=300), "outside_window"),
        (timedelta(seconds=-1), "before_click"),
    ],
)
async def test_seven_days_from_the_first_click(
    world: World, after: timedelta, reason: str | None
) -> None:
    code = await world.joins()
    token = await click(world, code)
    world.clock.move(days=400)
    reply = await world.billing.registers("ann", at=BEGIN + after, click_id=token)
    assert reply.body.get("reason") == reason
    assert await whose(world, "ann") == (None if reason else code, reason)


async def test_later_clicks_do_not_prolong_the_window(world: World) -> None:
    code = await world.joins()
    token = await click(world, code)
    world.clock.move(days=6)
    token = await click(world, code, token)
    world.clock.move(days=1, seconds=1)
    reply = await world.billing.registers("ann", click_id=token)
    assert reply.body["reason"] == "outside_window"


async def test_the_earliest_click_wins_that_still_holds(world: World) -> None:
    first, second = await world.joins(), await world.joins()
    token = await click(world, first)
    world.clock.move(days=2)
    token = await click(world, second, token)
    world.clock.move(days=6)
    await world.billing.registers("ann", at=BEGIN + WEEK, click_id=token)
    await world.billing.registers("bob", at=BEGIN + WEEK + timedelta(seconds=1), click_id=token)
    assert await whose(world, "ann") == (first, None)
    assert await whose(world, "bob") == (second, None)


async def test_forged_tokens_and_unknown_ids(world: World) -> None:
    code = await world.joins()
    token = await click(world, code)
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    told = {
        "forged": (await world.billing.registers("a", click_id=forged)).told,
        "long": (await world.billing.registers("b", click_id="x" * 200)).told,
        "unseen": (await world.billing.registers("c", click_id="click-9")).told,
        "nobody": (await world.billing.registers("d", referral_code="nobody")).told,
        "none": (await world.billing.registers("e")).told,
    }
    assert told == {
        "forged": (200, "applied", "click_invalid"),
        "long": (200, "applied", "click_invalid"),
        "unseen": (200, "applied", "click_not_seen"),
        "nobody": (200, "applied", "click_invalid"),
        "none": (200, "applied", "no_click"),
    }
    late = await world.billing.send(
        "click.recorded", click_id="click-9", code=code, clicked_at=text(BEGIN)
    )
    assert late.body["status"] == "applied"
    assert await whose(world, "c") == (code, None)
    assert await world.clicks_of(code) >= 1


async def test_the_sixth_client_earns_20_the_21st_30_percent(world: World) -> None:
    code = await world.joins()
    for n in range(1, 22):
        await world.billing.registers(f"client-{n}", referral_code=code)
        await world.billing.pays(f"client-{n}", "100.00", payment=f"pay-of-{n}")
        world.clock.move(seconds=1)
    listed = (await world.get(f"/api/v1/partners/{code}/commissions?limit=200")).body["items"]
    assert [item["payment_id"] for item in listed] == [f"pay-of-{n}" for n in range(21, 0, -1)]
    rates = {item["payment_id"]: (item["rate"], item["amount"], item["tier"]) for item in listed}
    assert rates["pay-of-1"] == rates["pay-of-5"] == ("10%", "10.00", "start")
    assert rates["pay-of-6"] == rates["pay-of-20"] == ("20%", "20.00", "plus")
    assert rates["pay-of-21"] == ("30%", "30.00", "pro")
    partner = (await world.get(f"/api/v1/partners/{code}")).body
    assert partner["tier"] == "pro"
    assert partner["counts"] == {
        "clicks": 0,
        "starts": 0,
        "registrations": 21,
        "paying_clients": 21,
        "active_clients": 0,
    }
    assert partner["balance"]["accrued"] == partner["balance"]["payable"] == "380.00"


@pytest.mark.parametrize(
    ("registered", "paid", "earns"),
    [
        ("2026-03-02T10:00:00Z", "2027-03-02T09:59:59Z", True),
        ("2026-03-02T10:00:00Z", "2027-03-02T10:00:00Z", False),
        ("2024-02-29T12:00:00Z", "2025-02-28T11:59:59Z", True),
        ("2024-02-29T12:00:00Z", "2025-02-28T12:00:00Z", False),
        ("2026-03-02T10:00:00Z", "2026-03-02T09:59:59Z", False),
        ("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", True),
    ],
)
async def test_twelve_months_half_open(
    world: World, registered: str, paid: str, earns: bool
) -> None:
    registered_at, paid_at = datetime.fromisoformat(registered), datetime.fromisoformat(paid)
    world.clock.at = max(registered_at, paid_at)
    code = await world.joins()
    await world.billing.registers("ann", at=registered_at, referral_code=code)
    reply = await world.billing.pays("ann", "100.00", at=paid_at)
    expected = None if earns else "duration_ended"
    if paid_at < registered_at:
        expected = "before_registration"
    assert reply.told == (200, "applied", expected)
    balance = (await world.get(f"/api/v1/partners/{code}")).body["balance"]
    assert balance["accrued"] == ("10.00" if earns else "0.00")


async def test_the_client_is_inactive_when_its_months_have_passed(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    end = add_months(BEGIN, 12)
    for at, status in ((end - timedelta(seconds=1), "active"), (end, "inactive")):
        world.clock.at = at
        assert (await world.get("/api/v1/clients/ann")).body["status"] == status
        listed = (await world.get(f"/api/v1/partners/{code}/clients")).body["items"]
        assert [item["status"] for item in listed] == [status]
    await world.billing.send("client.deleted", client_id="ann", deleted_at=text(BEGIN))
    assert (await world.get("/api/v1/clients/ann")).body["status"] == "deleted"


async def test_a_refund_takes_back_and_the_sum_holds(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    await world.billing.pays("ann", "99.99", payment="p1")
    for number, amount in enumerate(("33.33", "33.33", "33.33")):
        reply = await world.billing.send(
            "payment.refunded",
            refund_id=f"r{number}",
            payment_id="p1",
            amount=amount,
            refunded_at=text(world.clock()),
        )
        assert reply.told == (200, "applied", None)
    over = await world.billing.send(
        "payment.refunded",
        refund_id="r9",
        payment_id="p1",
        amount="0.01",
        refunded_at=text(world.clock()),
    )
    assert over.told == (200, "rejected", "refund_exceeds_payment")
    balance = (await world.get(f"/api/v1/partners/{code}")).body["balance"]
    assert balance == {
        "currency": "USD",
        "accrued": "10.00",
        "held": "0.00",
        "payable": "0.00",
        "reserved": "0.00",
        "paid": "0.00",
        "converted": "0.00",
        "retained": "0.00",
        "clawed_back": "10.00",
        "adjusted": "0.00",
    }
    [commission] = (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    assert (commission["status"], commission["clawed_back"]) == ("voided", "10.00")


async def test_payouts_and_what_they_consume(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    for n in range(10):
        await world.billing.pays("ann", "100.00", payment=f"p{n}")
        world.clock.move(seconds=1)
    turned_down = await world.asks_for(code, "55.00")
    path = f"/api/v1/partners/{code}"
    [payout] = (await world.get(f"{path}/payouts")).body["items"]
    assert payout["status"] == "processing"
    assert (payout["amount"], payout["currency"], payout["comment"]) == ("55.00", "USD", "March")
    assert payout["requested_at"] == text(world.clock())
    assert payout["settled_at"] is None
    assert [part["amount"] for part in payout["commissions"]] == ["10.00"] * 5 + ["5.00"]
    listed = (await world.get(f"{path}/commissions")).body["items"]
    consumed = {item["payment_id"]: item["consumed"] for item in listed}
    assert consumed["p9"] == []
    assert consumed["p5"] == [{"payout_id": payout["payout_id"], "amount": "5.00"}]
    await world.decides(turned_down, PayoutMove.REJECT)
    world.clock.move(seconds=1)
    done = await world.asks_for(code, "60.00")
    await world.decides(done, PayoutMove.SETTLE)
    first, second = (await world.get(f"{path}/payouts")).body["items"]
    assert (first["status"], second["status"]) == ("done", "rejected")
    assert first["settled_at"] == text(world.clock())
    listed = (await world.get(f"{path}/commissions")).body["items"]
    statuses = {item["payment_id"]: item["status"] for item in listed}
    assert [statuses[f"p{n}"] for n in range(10)] == ["paid"] * 6 + ["payable"] * 4
    for item in listed:
        expected = [first["payout_id"]] if item["status"] == "paid" else []
        assert [part["payout_id"] for part in item["consumed"]] == expected
    balance = (await world.get(path)).body["balance"]
    assert (balance["payable"], balance["paid"], balance["reserved"]) == ("40.00", "60.00", "0.00")
