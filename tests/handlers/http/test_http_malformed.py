"""Malformed events: each is 422 and names what is wrong; nothing is stored."""

import json

import pytest

from tests.handlers.http.malformed import ENVELOPES, envelope
from tests.handlers.http.world import World, only_sqlite

pytestmark = only_sqlite


@pytest.mark.parametrize(("sent", "fields"), ENVELOPES.values(), ids=ENVELOPES.keys())
async def test_every_wrong_field_is_named(
    world: World, sent: dict[str, object], fields: list[str]
) -> None:
    body = json.dumps(sent).encode()
    reply = await world.billing.post(body, world.billing.headers(body, "e1"))
    assert reply.told == (422, "malformed", "malformed")
    assert sorted(error["field"] for error in reply.body["errors"]) == sorted(fields)
    assert all(error["message"] for error in reply.body["errors"])
    # In a batch the same event is malformed too, and its neighbour is not.
    batch = await world.billing.send_batch(
        [{"id": "e1"} | sent, {"id": "e2"} | envelope("client.registered")]
    )
    assert [result["status"] for result in batch.body["results"]] == ["malformed", "applied"]
    assert batch.body["results"][0]["errors"] == reply.body["errors"]


BATCHES: dict[str, object] = {
    "no list": {},
    "null": {"events": None},
    "an object": {"events": {}},
    "empty": {"events": []},
    "a string": {"events": "all"},
}


@pytest.mark.parametrize("sent", BATCHES.values(), ids=BATCHES.keys())
async def test_batches_that_are_none(world: World, sent: object) -> None:
    body = json.dumps(sent).encode()
    headers = world.billing.headers(body, "b1")
    reply = await world.billing.post(body, headers, "/api/v1/events/batch")
    assert reply.told == (422, "malformed", "malformed")
    assert reply.body["error"]["field"] == "events"


@pytest.mark.parametrize(
    "event_id", [None, 5, "", " ", "x" * 129, "a\0b", "a\nb", {}, [], True, "\ud800"]
)
async def test_ids_in_a_batch(world: World, event_id: object) -> None:
    reply = await world.billing.send_batch([envelope("client.registered") | {"id": event_id}])
    [result] = reply.body["results"]
    assert (result["status"], result["error"]["field"]) == ("malformed", "id")


async def test_problems_are_not_told_without_end(world: World) -> None:
    lines = [{"category": "a" * 300 + "\0", "amount": 5}] * 5_000
    body = json.dumps(envelope(lines=lines)).encode()
    reply = await world.billing.post(body, world.billing.headers(body, "e1"))
    assert reply.status == 422
    assert len(reply.body["errors"]) == 100
