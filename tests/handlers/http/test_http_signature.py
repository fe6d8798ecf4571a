"""Signatures: whatever is odd is 401, never 500."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.handlers.http.billing import OTHER_SECRET, SECRET, Billing, text
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import World, only_sqlite

pytestmark = only_sqlite
Headers = dict[str, str]


def click(billing: Billing, click_id: str = "c1") -> bytes:
    """Return an event that is stored whatever else is known."""
    at = text(billing.clock())
    return json.dumps(
        billing.envelope("client.deleted", client_id=click_id, deleted_at=at)
    ).encode()


def drop(name: str) -> Callable[[Headers], Headers]:
    return lambda headers: {key: value for key, value in headers.items() if key != name}


def put(name: str, value: str) -> Callable[[Headers], Headers]:
    return lambda headers: headers | {name: value}


ODD: dict[str, Callable[[Headers], Headers]] = {
    "no id": drop("webhook-id"),
    "no timestamp": drop("webhook-timestamp"),
    "no signature": drop("webhook-signature"),
    "empty id": put("webhook-id", ""),
    "other id": put("webhook-id", "e2"),
    "long id": put("webhook-id", "x" * 129),
    "id not ASCII": put("webhook-id", "идентификатор"),
    "id with a tab": put("webhook-id", "a\tb"),
    "empty timestamp": put("webhook-timestamp", ""),
    "timestamp of words": put("webhook-timestamp", "now"),
    "timestamp with a point": put("webhook-timestamp", "1772445600.0"),
    "negative timestamp": put("webhook-timestamp", "-1772445600"),
    "timestamp of other digits": put("webhook-timestamp", "١٧٧٢٤٤٥٦٠٠"),
    "superscript timestamp": put("webhook-timestamp", "²"),
    "huge timestamp": put("webhook-timestamp", "9" * 400),
    "other timestamp": put("webhook-timestamp", "1772445601"),
    "signature not ASCII": put("webhook-signature", "v1,подпись"),
    "signature of emoji": put("webhook-signature", "v1,🔑"),
    "signature without version": put("webhook-signature", "abc="),
    "signature of version 2": put("webhook-signature", "v2,abc="),
    "signature is only a version": put("webhook-signature", "v1,"),
    "empty signature": put("webhook-signature", ""),
    "many signatures": put("webhook-signature", " ".join(["v1,abc="] * 500)),
    "commas": put("webhook-signature", ",,,,"),
    "spaces": put("webhook-signature", "   "),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD.keys())
async def test_odd_headers_are_401(world: World, change: Callable[[Headers], Headers]) -> None:
    body = click(world.billing)
    reply = await world.billing.post(body, change(world.billing.headers(body, "e1")))
    assert reply.status == 401
    assert reply.body["error"]["code"]
    assert reply.body["now"] == "2026-03-02T10:00:00Z"


RAW = [
    b"webhook-id: \xff\xfe\r\n",
    b"webhook-id: e1\r\nwebhook-id: e1\r\n",
    b"webhook-id: e1\r\nwebhook-timestamp: \x80\r\n",
    b"webhook-id: e1\r\nwebhook-timestamp: 1772445600\r\nwebhook-signature: v1,\xc3\x28\r\n",
    b"webhook-id: e1\r\nwebhook-timestamp: 1772445600\r\nwebhook-timestamp: 1772445600\r\n",
]


@pytest.mark.parametrize("lines", RAW)
async def test_bytes_that_no_client_sends_are_401(world: World, lines: bytes) -> None:
    host, _, port = world.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + lines
        + b"Content-Length: 2\r\n\r\n{}"
    )
    status = await reader.readline()
    writer.close()
    assert status.split()[1] == b"401"


async def test_a_changed_body_is_401(world: World) -> None:
    body = click(world.billing)
    headers = world.billing.headers(body, "e1")
    for changed in (body + b" ", body.replace(b"c1", b"c2"), b"", body[:-1]):
        assert (await world.billing.post(changed, headers)).status == 401
    assert (await world.get("/api/v1/events/e1")).status == 404


async def test_a_batch_is_signed_as_a_whole(world: World) -> None:
    item = world.billing.item(
        "e1", "client.deleted", client_id="a", deleted_at="2026-03-01T00:00:00Z"
    )
    body = json.dumps({"events": [item]}).encode()
    headers = world.billing.headers(body, "b1")
    path = "/api/v1/events/batch"
    assert (await world.billing.post(body + b"\n", headers, path)).status == 401
    assert (await world.billing.post(body, headers, path)).status == 200


async def test_the_body_may_call_itself_anything(world: World) -> None:
    body = click(world.billing)
    for number, kind in enumerate(("text/plain", "application/xml", "multipart/form-data")):
        headers = world.billing.headers(body, f"e{number}") | {"Content-Type": kind}
        assert (await world.billing.post(body, headers)).status == 200


async def test_wrong_signatures_are_slowed_down(open_world: OpenWorld) -> None:
    from handlers.http.routes import RateLimits

    world = await open_world(limits=RateLimits(refused="3/minute"))
    world.billing.secret = OTHER_SECRET
    statuses: list[Any] = [(await world.billing.registers("ann")).status for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    reply = await world.billing.registers("ann")
    assert 1 <= int(reply.headers["Retry-After"]) <= 60
    # Who shares the address and signs right is not locked out.
    world.billing.secret = SECRET
    assert (await world.billing.registers("ann")).status == 200
