"""Batches and dry runs."""

from tests.handlers.http.billing import text
from tests.handlers.http.world import World


async def test_a_batch_is_judged_one_by_one(world: World) -> None:
    billing, now = world.billing, text(world.clock())
    ann = {"client_id": "ann", "name": "Ann", "registered_at": now}
    pay = {
        "payment_id": "p1",
        "client_id": "ann",
        "amount": "5.00",
        "currency": "USD",
        "paid_at": now,
    }
    reply = await billing.send_batch(
        [
            billing.item("b1", "payment.succeeded", **pay),
            billing.item("b2", "client.registered", **ann),
            billing.item("b2", "client.registered", **ann),
            billing.item("b2", "client.registered", **ann | {"name": "Eve"}),
            billing.item("b3", "payment.succeeded", **pay | {"amount": "0.00"}),
            billing.item("b4", "payment.exploded", **pay),
            {"type": "client.registered", "timestamp": now, "data": ann},
            "no object",
            billing.item("b5", "payment.succeeded", **pay | {"amount": "6.00"}),
            billing.item(
                "b6", "payment.succeeded", **pay | {"payment_id": "p2", "client_id": "bob"}
            ),
            {"id": "b7", "type": "client.registered", "data": ann | {"name": ""}},
        ]
    )
    assert reply.status == 200
    told = [(result["id"], result["status"]) for result in reply.body["results"]]
    assert told == [
        ("b1", "applied"),
        ("b2", "applied"),
        ("b2", "duplicate"),
        ("b2", "conflict"),
        ("b3", "malformed"),
        ("b4", "malformed"),
        (None, "malformed"),
        (None, "malformed"),
        ("b5", "rejected"),
        ("b6", "parked"),
        ("b7", "malformed"),
    ]
    fields = [error["field"] for error in reply.body["results"][-1]["errors"]]
    assert fields == ["timestamp", "data.name"]
    assert (await world.get("/api/v1/events/b3")).status == 404


async def test_a_batch_of_a_thousand(world: World) -> None:
    billing, now = world.billing, text(world.clock())
    items: list[object] = [
        billing.item(f"c{n}", "client.registered", client_id=f"c{n}", name="C", registered_at=now)
        for n in range(1_000)
    ]
    reply = await billing.send_batch(items)
    assert {result["status"] for result in reply.body["results"]} == {"applied"}
    assert [result["id"] for result in reply.body["results"]] == [f"c{n}" for n in range(1_000)]
    again = await billing.send_batch(items)
    assert {result["status"] for result in again.body["results"]} == {"duplicate"}
    too_many = await billing.send_batch([*items, items[0]])
    assert (too_many.status, too_many.body["error"]["field"]) == (422, "events")


async def test_a_dry_run_stores_nothing(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    now = text(world.clock())
    for query in ("?dry_run=1", "?dry_run=true"):
        reply = await world.billing.send(
            "payment.succeeded",
            event_id="e1",
            query=query,
            payment_id="p1",
            client_id="ann",
            amount="10.00",
            currency="USD",
            paid_at=now,
        )
        assert reply.body == {"id": "e1", "status": "applied", "error": None, "dry_run": True}
    assert (await world.get("/api/v1/events/e1")).status == 404
    items = [world.billing.item("e2", "client.deleted", client_id="ann", deleted_at=now), {}]
    batch = await world.billing.send_batch(items, "?dry_run=1")
    assert batch.body["dry_run"] is True
    assert [result["status"] for result in batch.body["results"]] == ["applied", "malformed"]
    assert (await world.get("/api/v1/clients/ann")).body["status"] == "active"
    assert (await world.get(f"/api/v1/partners/{code}")).body["balance"]["accrued"] == "0.00"
    wrong = await world.billing.send("client.deleted", query="?dry_run=perhaps")
    assert (wrong.status, wrong.body["error"]["field"]) == (422, "dry_run")
