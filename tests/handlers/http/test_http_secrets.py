"""Secrets and clocks: Standard Webhooks to the letter."""

import json

import pytest

from domain.signatures import key_of, sign
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
