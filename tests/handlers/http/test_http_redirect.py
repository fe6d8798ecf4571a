"""The redirect: visitors are counted and remembered, and sent home with a token."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from handlers.http.redirect import COOKIE
from handlers.http.routes import VISITS
from tests.handlers.http.billing import BEGIN
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import BOT_LINK, World, only_sqlite, parameters_of

pytestmark = only_sqlite
HOME = "https://vendor.example/signup?lang=en"


async def test_a_visitor_is_sent_home_with_a_token(world: World) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code.upper()}")
    location = answer.headers["Location"]
    assert answer.status == 302
    assert location.startswith(f"{HOME}&ref={code}&click_id=")
    assert location.endswith("#form")
    assert world.tokens.read(parameters_of(location)["click_id"]) == {code: BEGIN}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"]
    cookie = answer.cookies[COOKIE]
    assert world.tokens.read(cookie.value) == {code: BEGIN}
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert (cookie["path"], cookie["domain"]) == ("/r/", "")
    assert int(cookie["max-age"]) == 400 * 86_400


async def test_visits_are_counted(world: World) -> None:
    code = await world.joins()
    for _ in range(3):
        await world.visit(f"/r/{code}")
    await world.app[VISITS].flush()
    assert await world.clicks_of(code) == 3


async def test_visits_are_counted_by_themselves_soon(world: World) -> None:
    code = await world.joins()
    await world.visit(f"/r/{code}")
    await asyncio.sleep(0.4)
    assert await world.clicks_of(code) == 1


async def test_without_https_the_cookie_is_not_secure(open_world: OpenWorld) -> None:
    world = await open_world(public_url="http://127.0.0.1:8080")
    answer = await world.visit(f"/r/{await world.joins()}")
    assert not answer.cookies[COOKIE]["secure"]


async def test_the_first_click_stays_the_first(world: World) -> None:
    code = await world.joins()
    cookie = (await world.visit(f"/r/{code}")).cookies[COOKIE].value
    for days in (1, 30, 300):
        world.clock.move(days=days)
        answer = await world.visit(f"/r/{code}", Cookie=f"a=b; {COOKIE}={cookie}; c=d")
        cookie = answer.cookies[COOKIE].value
        assert world.tokens.read(cookie) == {code: BEGIN}
        assert parameters_of(answer.headers["Location"])["click_id"] == cookie


async def test_clicks_on_several_links_travel_together(world: World) -> None:
    first, second = await world.joins(), await world.joins()
    cookie = (await world.visit(f"/r/{first}")).cookies[COOKIE].value
    world.clock.move(hours=1)
    answer = await world.visit(f"/r/{second}", Cookie=f"{COOKIE}={cookie}")
    token = parameters_of(answer.headers["Location"])["click_id"]
    expected = {first: BEGIN, second: BEGIN + timedelta(hours=1)}
    assert world.tokens.read(token) == expected
    assert list(world.tokens.read(token) or ()) == [first, second]


async def test_at_most_twenty_codes_the_oldest_go(world: World) -> None:
    code = await world.joins()
    clicks = {f"code{n:02}": BEGIN - timedelta(days=30 - n) for n in range(20)}
    cookie = world.tokens.write(clicks)
    world.clock.move(seconds=5)
    answer = await world.visit(f"/r/{code}", Cookie=f"{COOKIE}={cookie}")
    kept = world.tokens.read(answer.cookies[COOKIE].value) or {}
    assert list(kept) == [*(f"code{n:02}" for n in range(1, 20)), code]
    assert len(answer.cookies[COOKIE].value) < 512


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "pb1.", "pb1.abc~zzz.AAAA", "é", '"', "a" * 5_000, "pb1.abc~1", "; ; ="],
)
async def test_a_forged_cookie_is_no_cookie(world: World, cookie: str) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", Cookie=f"{COOKIE}={cookie}")
    assert world.tokens.read(answer.cookies[COOKIE].value) == {code: BEGIN}


async def test_a_program_may_have_its_own_landing_page(
    open_world: OpenWorld, around: object
) -> None:
    own = {
        key: replace(program, landing_url="https://own.example/?ref=old&x=1")
        for key, program in around.programs.items()
    }
    elsewhere = replace(around, programs=own)
    world = await open_world(resolve_code=ResolveCode(elsewhere))
    code = await world.joins()
    location = (await world.visit(f"/r/{code}")).headers["Location"]
    assert location.startswith(f"https://own.example/?x=1&ref={code}&click_id=")


async def test_without_a_landing_page_links_lead_to_telegram(open_world: OpenWorld) -> None:
    world = await open_world(landing_url="")
    code = await world.joins()
    answer = await world.visit(f"/r/{code}?utm=1")
    assert (answer.status, answer.headers["Location"]) == (302, f"{BOT_LINK}?start=r_{code}")
    assert len(world.app[VISITS]) == 1
    assert (await world.visit("/r/nobody")).headers["Location"] == BOT_LINK


async def test_while_the_database_is_away_visitors_are_sent_on(
    open_world: OpenWorld, around: object
) -> None:
    is_away = True
    resolve, record = ResolveCode(around), RecordVisits(around)

    async def resolving(code: str) -> object:
        if is_away:
            raise OSError("away")
        return await resolve(code)

    async def recording(visits: list[object]) -> None:
        if is_away:
            raise OSError("away")
        await record(visits)

    world = await open_world(resolve_code=resolving, record_visits=recording)
    code = await world.joins()
    answer = await world.visit(f"/r/{code}")
    token = parameters_of(answer.headers["Location"])["click_id"]
    assert world.tokens.read(token) == {code: BEGIN}
    await world.visit("/r/madeup")
    await asyncio.sleep(0.3)
    assert await world.clicks_of(code) == 0
    is_away = False
    await world.app[VISITS].flush()
    assert await world.clicks_of(code) == 1
    assert (await world.billing.registers("ann", click_id=token)).body.get("reason") is None
