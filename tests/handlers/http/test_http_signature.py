"""Signatures: Standard Webhooks to the letter; whatever is odd is 401, never 500."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from handlers.http.auth import key_of, sign
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import OTHER_SECRET, SECRET, Billing, World, only_sqlite, text

pytestmark = only_sqlite
Headers = dict[str, str]


def click(billing: Billing, click_id: str = "c1") -> bytes:
    """Return an event that is stored whatever else is known."""
    at = text(billing.clock())
    return json.dumps(
        billing.envelope("client.deleted", client_id=click_id, deleted_at=at)
    ).encode()


def test_published_vector(database_url: str) -> None:
    signature = sign(
        key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(("skew", "status"), [(299, 200), (300, 200), (301, 401), (86_400, 401)])
@pytest.mark.parametrize("sign_of_skew", [1, -1])
async def test_clock_may_be_300_seconds_away(
    world: World, skew: int, status: int, sign_of_skew: int
) -> None:
    body = click(world.billing)
    headers = world.billing.headers(body, "e1", skew=sign_of_skew * skew)
    reply = await world.billing.post(body, headers)
    assert reply.status == status
    if status == 401:
        assert reply.body["error"]["code"] == "timestamp_too_far"
        assert reply.body["now"] == "2026-03-02T10:00:00Z"


async def test_a_replay_after_five_minutes_is_refused(world: World) -> None:
    body = click(world.billing)
    headers = world.billing.headers(body, "e1")
    assert (await world.billing.post(body, headers)).body["status"] == "parked"
    world.clock.move(seconds=299)
    assert (await world.billing.post(body, headers)).body["status"] == "duplicate"
    world.clock.move(seconds=2)
    assert (await world.billing.post(body, headers)).status == 401


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


async def test_the_raw_bytes_are_signed_not_their_meaning(world: World) -> None:
    body = b"  " + click(world.billing).replace(b'": "', b'"  :\n"') + b"\n"
    reply = await world.billing.post(body, world.billing.headers(body, "e1"))
    assert reply.status == 200


async def test_another_secret_is_401(world: World) -> None:
    world.billing.secret = OTHER_SECRET
    reply = await world.billing.send("client.deleted", client_id="a", deleted_at="x")
    assert reply.told == (401, None, "bad_signature")


async def test_while_the_secret_is_changed_both_are_good(open_world: OpenWorld) -> None:
    world = await open_world(billing_secrets=(OTHER_SECRET, SECRET))
    for number, secret in enumerate((SECRET, OTHER_SECRET)):
        world.billing.secret = secret
        assert (await world.billing.registers(f"client-{number}")).status == 200
    body = click(world.billing)
    headers = world.billing.headers(body, "e9")
    headers["webhook-signature"] = f"v1,bm90aGluZw== v1a,zzz {headers['webhook-signature']}"
    assert (await world.billing.post(body, headers)).status == 200


async def test_without_a_secret_events_are_refused(open_world: OpenWorld) -> None:
    world = await open_world(billing_secrets=())
    reply = await world.billing.registers("ann")
    assert reply.told == (401, None, "no_secret")
    empty = sign(b"", "e1", "1772445600", b"{}")
    headers = {"webhook-id": "e1", "webhook-timestamp": "1772445600", "webhook-signature": empty}
    assert (await world.billing.post(b"{}", headers)).status == 401


@pytest.mark.parametrize("secret", ["whsec_", "", "whsec_???", "whsec_é", "whsec_YQ"])
async def test_a_secret_that_is_none_does_not_start(open_world: OpenWorld, secret: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own words
        await open_world(billing_secrets=(secret,))


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
    world.billing.secret = SECRET
    reply = await world.billing.registers("ann")
    assert reply.status == 429
    assert 1 <= int(reply.headers["Retry-After"]) <= 60
