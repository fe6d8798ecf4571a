"""From the payment to the balance, over HTTP alone: tiers, months, refunds, pay-outs."""

from datetime import datetime, timedelta

import pytest

from domain.period import add_months
from domain.usecases.payouts.decide import PayoutMove
from tests.handlers.http.billing import BEGIN, text
from tests.handlers.http.world import World


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
