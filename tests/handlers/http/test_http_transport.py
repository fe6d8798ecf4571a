"""Bodies that are too large, too slow, packed, or too many."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp

from handlers.http.routes import RateLimits
from tests.handlers.http.billing import text
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import World, only_sqlite


@only_sqlite
class TestTransport:
    async def test_too_large(self, open_world: OpenWorld) -> None:
        world = await open_world(body_bytes_max=2_000)
        body = b"x" * 2_000
        at_limit = await world.billing.post(body, world.billing.headers(body, "e1"))
        assert at_limit.status == 422
        for over in (b"x" * 2_001, b"x" * 300_000):
            reply = await world.billing.post(over, world.billing.headers(over, "e1"))
            assert reply.told == (413, None, "too_large")

    async def test_too_large_in_pieces(self, open_world: OpenWorld) -> None:
        world = await open_world(body_bytes_max=2_000)

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(10):
                yield b"x" * 500

        headers = world.billing.headers(b"", "e1")
        async with world.session.post(
            world.url + "/api/v1/events", data=pieces(), headers=headers
        ) as answer:
            assert answer.status == 413

    async def test_four_mebibytes_are_allowed(self, world: World) -> None:
        data = world.billing.envelope(
            "client.deleted",
            client_id="ann",
            deleted_at=text(world.clock()),
            note="x" * (4 * 1024 * 1024 - 400),
        )
        body = json.dumps(data).encode()
        assert 4 * 1024 * 1024 - 400 < len(body) < 4 * 1024 * 1024
        assert (await world.billing.post(body, world.billing.headers(body, "e1"))).status == 200

    async def test_a_slow_body_is_cut(self, open_world: OpenWorld) -> None:
        world = await open_world(read_timeout_seconds=0.2)

        async def slowly() -> AsyncIterator[bytes]:
            for _ in range(50):
                yield b" "
                await asyncio.sleep(0.1)

        headers = world.billing.headers(b"", "e1")
        try:
            async with world.session.post(
                world.url + "/api/v1/events", data=slowly(), headers=headers
            ) as answer:
                assert answer.status == 408
        except aiohttp.ClientError:
            pass
        assert (await world.billing.registers("ann")).status == 200

    async def test_a_compressed_body_is_refused(self, world: World) -> None:
        headers = world.billing.headers(b"x", "e1") | {"Content-Encoding": "gzip"}
        reply = await world.billing.post(b"x", headers)
        assert reply.told == (415, None, "content_encoding")

    async def test_too_many(self, open_world: OpenWorld) -> None:
        world = await open_world(limits=RateLimits(events="2/minute"))
        statuses = [(await world.billing.registers(f"c{n}")).status for n in range(3)]
        assert statuses == [200, 200, 429]
        last = await world.billing.registers("c4")
        assert 1 <= int(last.headers["Retry-After"]) <= 60
        assert last.body["error"]["code"] == "too_many_requests"
