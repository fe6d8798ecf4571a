"""What changes about clients, and what they order, over HTTP and in any order of arrival."""

from tests.handlers.http.billing import Json, text
from tests.handlers.http.world import World


def order(world: World, event_id: str, change: str, /, **data: object) -> Json:
    """Return an event about the order ``o-1``."""
    return world.billing.item(event_id, f"order.{change}", order_id="o-1", **data)


async def statuses(world: World, *sent: Json) -> list[tuple[str, str | None]]:
    """Post a batch; return what came of each event, and why."""
    results = (await world.billing.send_batch(sent)).body["results"]
    return [
        (row["status"], (row.get("error") or {}).get("code") or row.get("reason"))
        for row in results
    ]


async def test_orders_wait_for_their_causes_and_the_latest_time_decides(world: World) -> None:
    at = text(world.clock())
    whole = {
        "client_id": "ann",
        "kind": "domain",
        "name": "a.example",
        "status": "new",
        "amount": "15.00",
        "currency": "EUR",
        "at": at,
    }
    later, latest = "2026-03-02T10:01:00Z", "2026-03-02T10:02:00Z"
    assert await statuses(
        world,
        order(world, "e-2", "updated", status="done", at=latest),
        order(world, "e-1", "created", **whole),
    ) == [("parked", "order_unknown"), ("parked", "client_unknown")]
    assert (await world.get("/api/v1/clients/ann/orders")).status == 404
    await world.billing.registers("ann")
    await world.billing.registers("bob")
    (shown,) = (await world.get("/api/v1/clients/ann/orders")).body["items"]
    assert (shown["status"], shown["amount"], shown["kind"]) == ("done", "15.00", "domain")
    assert (shown["created_at"], shown["changed_at"]) == (at, latest)
    assert await statuses(
        world,
        order(world, "e-3", "updated", status="paid", at=later),
        order(world, "e-4", "created", **whole),
        order(world, "e-5", "created", **(whole | {"name": "b.example"})),
        order(world, "e-6", "updated", client_id="bob", status="paid", at=latest),
        order(world, "e-7", "updated", amount="20.00", currency="EUR", at=latest),
    ) == [
        ("applied", "outdated"),
        ("duplicate", None),
        ("rejected", "conflict"),
        ("rejected", "order_client"),
        ("applied", None),
    ]
    (shown,) = (await world.get("/api/v1/clients/ann/orders")).body["items"]
    assert (shown["status"], shown["amount"], shown["name"]) == ("done", "20.00", "a.example")


async def test_a_client_changes_back_and_forth_and_stays_its_partners(world: World) -> None:
    code = await world.joins()
    reply = await world.billing.send("client.updated", client_id="ann", name="First")
    assert reply.told == (200, "parked", "client_unknown")
    await world.billing.registers("ann", referral_code=code, email="ann@example.com")

    async def stored() -> tuple[str, str | None, str | None]:
        async with world.around.open_work.read() as work:
            found = await work.clients.ids(["ann"])
            (client,) = await work.clients.by_ids(found.values())
        return client.name, client.email, client.tax_id

    assert await stored() == ("First", "ann@example.com", None)
    # The same words once more are news: it had another name in between.
    for name in ("Second", "First"):
        reply = await world.billing.send("client.updated", client_id="ann", name=name)
        assert reply.told == (200, "applied", None)
    reply = await world.billing.send(
        "client.updated", event_id="e-1", client_id="ann", tax_id="7707083893", email=None
    )
    assert reply.told == (200, "applied", None)
    assert await stored() == ("First", "ann@example.com", "7707083893")
    reply = await world.billing.send(
        "client.updated", event_id="e-1", client_id="ann", tax_id="7707083893", email=None
    )
    assert reply.told == (200, "duplicate", None)
    assert (await world.get("/api/v1/clients/ann")).body["partner_code"] == code
