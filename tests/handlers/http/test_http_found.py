"""The answer of the redirect as it travels: one form on a kept connection, aiohttp's elsewhere."""

import asyncio

import pytest

from handlers.http.found import sent_to
from tests.handlers.http.world import World, only_sqlite

OWN_LINES = {"cache-control", "referrer-policy", "server", "location", "content-length", "date"}


async def asks(world: World, *requests: bytes) -> list[dict[str, str]]:
    """Return the heads of the answers to requests that are written to one connection at once."""
    host, _, port = world.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"".join(requests))
    heads = []
    async with asyncio.timeout(5):
        for _ in requests:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
            pairs = [line.split(": ", 1) for line in head[1:]]
            heads.append({"": head[0], **{name.lower(): value for name, value in pairs}})
    writer.close()
    return heads


def request(path: str, *lines: str, method: str = "GET", version: str = "1.1") -> bytes:
    head = (f"{method} {path} HTTP/{version}", "Host: links.example", *lines)
    return ("\r\n".join(head) + "\r\n\r\n").encode()


@only_sqlite
async def test_all_forms_of_the_answer_say_the_same(world: World) -> None:
    path = f"/r/{await world.joins()}"
    (kept,) = await asks(world, request(path))
    (closed,) = await asks(world, request(path, "Connection: close"))
    (old,) = await asks(world, request(path, version="1.0"))
    assert kept.keys() == OWN_LINES | {"", "set-cookie"}
    assert kept[""] == "HTTP/1.1 302 Found"
    assert kept["content-length"] == "0"
    for other in (closed, old):
        assert other.pop("connection", "close") == "close"
        assert {**other, "": kept[""], "date": kept["date"]} == kept
    (head,) = await asks(world, request(path, method="HEAD"))
    assert "set-cookie" not in head
    assert head["location"].split("&click_id=")[0] == kept["location"].split("&click_id=")[0]


@only_sqlite
async def test_a_connection_serves_visit_after_visit(world: World) -> None:
    path = f"/r/{await world.joins()}"
    cookie = "Cookie: a=b"
    heads = await asks(world, *[request(path, cookie)] * 3, request("/healthz"), request(path))
    assert [head[""].split()[1] for head in heads] == ["302", "302", "302", "200", "302"]
    assert len({head["location"] for head in heads if "location" in head}) == 1


@only_sqlite
async def test_new_visitors_of_one_link_get_each_second_of_their_own(world: World) -> None:
    path = f"/r/{await world.joins()}"
    (first,) = await asks(world, request(path))
    world.clock.move(seconds=1)
    (later, with_query) = await asks(world, request(path), request(f"{path}?utm=1"))
    assert first["location"] != later["location"]
    assert with_query["set-cookie"] == later["set-cookie"]
    assert "utm=1" in with_query["location"]


@pytest.mark.parametrize(
    "place", ["https://a.example/\r\nSet-Cookie: x=1", "https://a.example/\n"]
)
def test_a_place_is_one_line(place: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        sent_to(None, place)  # type: ignore[arg-type]
