"""From the link to the client, over HTTP alone."""

from datetime import timedelta

import pytest

from handlers.http.routes import VISITS
from tests.handlers.http.billing import BEGIN, text
from tests.handlers.http.world import World, parameters_of

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
    await world.app[VISITS].flush()
    assert await world.clicks_of(code) == 1


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
