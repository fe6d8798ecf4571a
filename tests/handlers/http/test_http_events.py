"""The billing intake: every row of its table of answers."""

import json

from tests.handlers.http.billing import text
from tests.handlers.http.world import World


async def test_applied_then_duplicate(world: World) -> None:
    first = await world.billing.registers("ann", at=world.clock())
    assert first.status == 200
    assert first.body == {
        "id": "evt-1",
        "status": "applied",
        "reason": "no_click",
        "error": None,
    }
    data = {"client_id": "ann", "name": "Ann", "registered_at": text(world.clock())}
    world.clock.move(seconds=60)
    body = json.dumps(
        {
            "data": dict(reversed(data.items())),
            "timestamp": text(world.clock()),
            "type": "client.registered",
        },
        indent=3,
    ).encode()
    again = await world.billing.post(body, world.billing.headers(body, "evt-1"))
    assert again.told == (200, "duplicate", "no_click")


async def test_the_same_id_with_other_data_is_a_conflict(world: World) -> None:
    await world.billing.registers("ann")
    data = {"client_id": "ann", "name": "Eve", "registered_at": text(world.clock())}
    reply = await world.billing.send("client.registered", event_id="evt-1", **data)
    assert reply.told == (409, "conflict", "conflict")
    assert reply.body["id"] == "evt-1"
    kind = await world.billing.send(
        "client.deleted", event_id="evt-1", client_id="ann", deleted_at=text(world.clock())
    )
    assert kind.told == (409, "conflict", "conflict")
    assert (await world.get("/api/v1/events/evt-1")).body["status"] == "applied"


async def test_the_same_fact_under_another_id(world: World) -> None:
    await world.billing.registers("ann")
    same = await world.billing.pays("ann", "10.00", payment="p1")
    equal = await world.billing.pays("ann", "10.00", payment="p1")
    other = await world.billing.pays("ann", "11.00", payment="p1")
    assert [reply.told for reply in (same, equal, other)] == [
        (200, "applied", "not_attributed"),
        (200, "duplicate", "not_attributed"),
        (200, "rejected", "conflict"),
    ]
    assert equal.body["id"] != same.body["id"]


async def test_parked_until_its_cause_comes(world: World) -> None:
    paid = await world.billing.pays("ann", payment="p1")
    assert paid.told == (200, "parked", "client_unknown")
    assert paid.body["error"]["field"] == "data.client_id"
    event = f"/api/v1/events/{paid.body['id']}"
    waiting = (await world.get(event)).body
    assert (waiting["status"], waiting["applied_at"]) == ("parked", None)
    await world.billing.registers("ann")
    done = (await world.get(event)).body
    assert (done["status"], done["error"], done["reason"]) == ("applied", None, "not_attributed")
    assert done["applied_at"] == "2026-03-02T10:00:00Z"


async def test_rejected_names_code_field_and_message(world: World) -> None:
    reply = await world.billing.send(
        "click.recorded", click_id="c1", code="nobodys", clicked_at=text(world.clock())
    )
    assert reply.told == (200, "rejected", "code_unknown")
    assert reply.body["error"]["field"] == "data.code"
    assert reply.body["error"]["message"]
    again = await world.billing.send(
        "click.recorded",
        event_id="evt-1",
        click_id="c1",
        code="nobodys",
        clicked_at=text(world.clock()),
    )
    assert again.told == (200, "duplicate", "code_unknown")


async def test_malformed_stores_nothing_and_leaves_the_id_free(world: World) -> None:
    wrong = await world.billing.send("payment.succeeded", event_id="e1", amount=5)
    assert wrong.status == 422
    assert {error["field"] for error in wrong.body["errors"]} == {
        "data.payment_id",
        "data.client_id",
        "data.amount",
        "data.currency",
        "data.paid_at",
    }
    assert (await world.get("/api/v1/events/e1")).status == 404
    right = await world.billing.send(
        "client.registered",
        event_id="e1",
        client_id="ann",
        name="Ann",
        registered_at=text(world.clock()),
    )
    assert right.told[:2] == (200, "applied")


async def test_fields_that_nobody_reads_are_told(world: World) -> None:
    reply = await world.billing.registers(
        "ann", clik_id="pb1.x", account={"account_id": "a1", "name": "A", "nmae": 1}
    )
    assert reply.body["status"] == "applied"
    assert reply.body["ignored"] == ["data.clik_id", "data.account.nmae"]
    body = json.dumps(
        world.billing.envelope("client.deleted", client_id="ann", deleted_at=text(world.clock()))
        | {"id": "e7", "version": 2}
    ).encode()
    reply = await world.billing.post(body, world.billing.headers(body, "e7"))
    assert reply.body["ignored"] == ["version"]
