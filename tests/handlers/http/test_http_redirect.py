"""The redirect: visitors are counted and remembered, machines are not, and it leads home only."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest

from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from handlers.http.redirect import COOKIE
from handlers.http.routes import VISITS, RateLimits
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import BEGIN, BOT_LINK, World, only_sqlite, parameters_of

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


async def test_an_unknown_code_is_sent_home_without_them(world: World) -> None:
    answer = await world.visit("/r/nobody?utm=1&ref=x&click_id=y")
    assert (answer.status, answer.headers["Location"]) == (302, f"{HOME}&utm=1#form")
    assert COOKIE not in answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "code",
    ["a%00b", "%D0%BA%D0%BE%D0%B4", "..", "%2e%2e", "a%20b", "x" * 200, "%", "a'b", "%ff", "a;b"],
)
async def test_odd_codes_are_unknown_codes(world: World, code: str) -> None:
    answer = await world.visit(f"/r/{code}")
    assert answer.status in {302, 400, 404}
    assert COOKIE not in answer.cookies
    if answer.status == 302:
        assert answer.headers["Location"] == f"{HOME}#form"


async def test_head_is_not_counted(world: World) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", "HEAD")
    assert answer.status == 302
    assert answer.headers["Location"].startswith(f"{HOME}&ref={code}&")
    assert COOKIE not in answer.cookies
    await world.app[VISITS].flush()
    assert await world.clicks_of(code) == 0


MACHINES = [
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
    "WhatsApp/2.23.20.0 A",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0",
    "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 (compatible; YandexBot/3.0)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
    "Mozilla/5.0 (compatible; SomeCrawler/1.0)",
    "Mozilla/5.0 HeadlessChrome/126.0",
]


@pytest.mark.parametrize("agent", MACHINES)
async def test_machines_are_not_counted(world: World, agent: str) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", **{"User-Agent": agent})
    assert answer.status == 302
    assert answer.headers["Location"].startswith(HOME)
    assert COOKIE not in answer.cookies
    assert len(world.app[VISITS]) == 0


@pytest.mark.parametrize(
    "header",
    [{"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"}],
)
async def test_what_browsers_fetch_ahead_is_not_counted(
    world: World, header: dict[str, str]
) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", **header)
    assert COOKIE not in answer.cookies
    assert "click_id" in parameters_of(answer.headers["Location"])
    assert len(world.app[VISITS]) == 0


PEOPLE = [
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/91.0 Mobile",
    "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) Telegram-Android/11.2.2",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1 [FBAN/FBIOS;FBAV/480]",
    "curl/8.5.0",
    "",
]


@pytest.mark.parametrize("agent", PEOPLE)
async def test_people_are_counted(world: World, agent: str) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", **{"User-Agent": agent})
    assert COOKIE in answer.cookies
    assert len(world.app[VISITS]) == 1


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("utm_source=a&utm_medium=b", "utm_source=a&utm_medium=b"),
        ("q=%D0%BF%D1%80&x=a+b%26c", "q=%D0%BF%D1%80&x=a+b%26c"),
        ("ref=evil&a=1&click_id=evil&ref=2", "a=1"),
        ("r%65f=evil&a=1&%63lick_id=evil", "a=1"),
        ("a=1&a=2&a", "a=1&a=2&a"),
        ("next=https://evil.example/", "next=https://evil.example/"),
        ("&&&", ""),
        ("a=%", "a=%"),
    ],
)
async def test_other_parameters_are_kept(world: World, query: str, kept: str) -> None:
    code = await world.joins()
    location = (await world.visit(f"/r/{code}?{query}")).headers["Location"]
    middle = f"&{kept}" if kept else ""
    assert location.startswith(f"{HOME}{middle}&ref={code}&click_id=pb1.")
    assert parameters_of(location)["ref"] == code
    assert urlsplit(location).fragment == "form"


@pytest.mark.parametrize(
    "path",
    [
        "/r/{code}?next=//evil.example",
        "/r/{code}?url=https://evil.example",
        "/r//evil.example",
        "/r/%2F%2Fevil.example",
        "/r/https:%2F%2Fevil.example",
        "/r/{code}%0d%0aLocation:%20https://evil.example",
        "/r/{code}?a=%0d%0aSet-Cookie:%20x=1",
        "/r/{code}?@evil.example",
        "/r/{code}#https://evil.example",
        "/r/\\evil.example",
        "/r/{code}/https://evil.example",
    ],
)
async def test_it_leads_nowhere_else(world: World, path: str) -> None:
    code = await world.joins()
    answer = await world.visit(path.replace("{code}", code))
    if answer.status == 302:
        target = urlsplit(answer.headers["Location"])
        assert (target.scheme, target.netloc, target.path) == (
            "https",
            "vendor.example",
            "/signup",
        )
    else:
        assert answer.status in {400, 404}
    assert "x" not in answer.cookies


async def test_bytes_in_the_query_are_quoted(world: World) -> None:
    code = await world.joins()
    host, _, port = world.url.removeprefix("http://").partition(":")
    for raw in (b"a=\xff\xfe", b"a=\xd0\xbf", b'a="<x>"', b"a={}|^`\\"):
        reader, writer = await asyncio.open_connection(host, int(port))
        request = b"GET /r/" + code.encode() + b"?" + raw + b" HTTP/1.1\r\nHost: x\r\n"
        writer.write(request + b"Connection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        head = answer.split(b"\r\n\r\n")[0]
        assert head.split()[1] in {b"302", b"400"}
        assert head.isascii()
        if head.split()[1] == b"302":
            location = next(line for line in head.split(b"\r\n") if line.startswith(b"Location"))
            assert location.startswith(b"Location: https://vendor.example/signup?")
            assert not set(b'"<>\\^`{|} ') & set(location.removeprefix(b"Location: "))


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


async def test_too_many_from_one_address(open_world: OpenWorld) -> None:
    world = await open_world(limits=RateLimits(redirects="2/minute"))
    answers = [await world.visit("/r/nobody") for _ in range(3)]
    assert [answer.status for answer in answers] == [302, 302, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60
    assert answers[2].content_type == "text/html"


async def test_forwarded_addresses_count_only_from_trusted_proxies(open_world: OpenWorld) -> None:
    limits = RateLimits(redirects="1/minute")
    world = await open_world(limits=limits, trusted_proxies=(ip_network("127.0.0.0/8"),))

    async def status(forwarded: str) -> int:
        return (await world.visit("/r/nobody", **{"X-Forwarded-For": forwarded})).status

    assert await status("203.0.113.1") == 302
    assert await status("203.0.113.2") == 302
    assert await status("203.0.113.1") == 429
    assert await status("198.51.100.7, 203.0.113.1") == 429
    assert await status("203.0.113.1, 127.0.0.9") == 429
    assert await status("2001:db8::1") == 302
    assert await status("2001:db8::2") == 429
    assert await status("::ffff:203.0.113.1") == 429
    stranger = await open_world(limits=limits)
    assert (await stranger.visit("/r/x", **{"X-Forwarded-For": "203.0.113.5"})).status == 302
    assert (await stranger.visit("/r/x", **{"X-Forwarded-For": "203.0.113.6"})).status == 429
