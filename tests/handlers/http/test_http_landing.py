"""The redirect leads to the landing page and nowhere else, whatever it is asked."""

import asyncio
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest

from handlers.http.redirect import COOKIE
from handlers.http.routes import VISITS, RateLimits
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import World, only_sqlite, parameters_of

pytestmark = only_sqlite
HOME = "https://vendor.example/signup?lang=en"


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


async def test_a_flood_on_one_code_is_sent_on_and_not_counted(open_world: OpenWorld) -> None:
    world = await open_world(limits=RateLimits(codes="2/minute"))
    flooded, other = await world.joins(), await world.joins()
    answers = [await world.visit(f"/r/{flooded}") for _ in range(5)]
    assert {answer.status for answer in answers} == {302}
    token = parameters_of(answers[-1].headers["Location"])["click_id"]
    assert world.tokens.read(token) is not None
    await world.visit(f"/r/{other}")
    await world.app[VISITS].flush()
    assert (await world.clicks_of(flooded), await world.clicks_of(other)) == (2, 1)
    async with world.session.get(world.url + "/metrics") as metrics:
        assert "partner_bot_visits_over_limit_total 3.0" in await metrics.text()
    assert (await world.billing.registers("ann", click_id=token)).body.get("reason") is None


async def test_whoever_guesses_codes_is_stopped_and_real_visitors_are_not(
    open_world: OpenWorld,
) -> None:
    world = await open_world(limits=RateLimits(misses="3/minute"))
    code = await world.joins()
    statuses = [(await world.visit(f"/r/guess{number}")).status for number in range(5)]
    assert statuses == [302, 302, 302, 429, 429]
    assert (await world.visit(f"/r/{code}")).status == 302
