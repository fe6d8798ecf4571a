"""Sending webhooks to a real receiver: signatures, redirects, answers of every kind, order."""

import asyncio
import base64
import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from domain.entities.outbound import OutboundEvent
from domain.ids import encode
from domain.signatures import key_of
from domain.surroundings import Surroundings
from domain.usecases.outbound.deliver import ClaimOutbound, SettleOutbound
from handlers.jobs.deliver_outbound import AT_ONCE, DeliverOutbound, OutboundDelivery
from storage.engine import Engines
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
OLD = "whsec_" + base64.b64encode(bytes(range(1, 33))).decode()
NEW = "whsec_" + base64.b64encode(bytes(range(60, 92))).decode()

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Vendor:
    """A receiver that answers as it is told."""

    url: str = ""
    answers: list[web.Response | int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    slow_seconds: float = 0

    async def take(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.got.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.slow_seconds)
        self.at_once -= 1
        answer = self.answers.pop(0) if self.answers else 200
        return answer if isinstance(answer, web.Response) else web.Response(status=answer)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]


@dataclass
class Scene:
    vendor: Vendor
    open_work: SqlOpenWork
    deliver: DeliverOutbound
    clock: list[datetime]
    seconds: list[float]

    async def owes(self, *ids: int, subject: str | None = None) -> None:
        events = [
            OutboundEvent(
                id=i,
                type="payout.done",
                data={"n": i, "при": "вет"},
                created_at=NOW,
                subject=subject,
            )
            for i in ids
        ]
        async with self.open_work() as work:
            await work.outbound.add(events)
            await work.commit()

    async def counts(self) -> tuple[int, int]:
        async with self.open_work.read() as work:
            counts = await work.outbound.counts()
        return counts.waiting, counts.undelivered

    def later(self, seconds: float) -> None:
        self.clock[0] += timedelta(seconds=seconds)
        self.seconds[0] += seconds


@pytest.fixture
async def vendor() -> AsyncIterator[Vendor]:
    vendor = Vendor()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", vendor.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    vendor.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks?key=hidden-in-the-address"
    yield vendor
    await runner.cleanup()


def scene_of(vendor: Vendor, engines: Engines, new_id: Callable[[], int], url: str) -> Scene:
    open_work = SqlOpenWork(engines, Vault(VAULT_KEY), new_id, tells_vendor=True)
    clock, seconds = [NOW], [0.0]
    around = Surroundings(
        open_work=open_work,
        clock=lambda: clock[0],
        new_id=new_id,
        programs={},
        zone=UTC,
        tokens=None,  # type: ignore[arg-type]
    )
    deliver = DeliverOutbound(
        OutboundDelivery(
            url=url,
            secrets=(NEW, OLD),
            claim=ClaimOutbound(around, url),
            settle=SettleOutbound(around, url),
            clock=lambda: clock[0],
            steady=lambda: seconds[0],
        )
    )
    return Scene(vendor, open_work, deliver, clock, seconds)


@pytest.fixture
async def scene(
    vendor: Vendor, engines: Engines, new_id: Callable[[], int]
) -> AsyncIterator[Scene]:
    made = scene_of(vendor, engines, new_id, vendor.url)
    yield made
    await made.deliver.disconnect()


async def test_an_event_is_signed_with_each_secret_and_sent_once(scene: Scene) -> None:
    await scene.owes(7)
    assert await scene.deliver() == 1
    [(headers, body)] = scene.vendor.got
    assert json.loads(body) == {
        "type": "payout.done",
        "timestamp": "2026-03-02T10:00:00Z",
        "data": {"n": 7, "при": "вет"},
    }
    assert headers["webhook-id"] == encode(7)
    assert headers["Content-Type"] == "application/json"
    stamp = headers["webhook-timestamp"]
    assert stamp == str(int(NOW.timestamp()))
    signatures = headers["webhook-signature"].split(" ")
    for secret in (NEW, OLD):
        message = f"{encode(7)}.{stamp}.".encode() + body
        digest = base64.b64encode(hmac.digest(key_of(secret), message, "sha256")).decode()
        assert f"v1,{digest}" in signatures
    assert await scene.counts() == (0, 0)
    assert await scene.deliver() == 0


@pytest.mark.parametrize("status", [199 + 1, 201, 202, 204])
async def test_only_two_hundreds_are_success(scene: Scene, status: int) -> None:
    scene.vendor.answers = [status]
    await scene.owes(1)
    await scene.deliver()
    assert await scene.counts() == (0, 0)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304, 400, 404, 429, 500, 503])
async def test_everything_else_is_tried_again_under_the_same_id(scene: Scene, status: int) -> None:
    elsewhere = web.Response(status=status, headers={"Location": "/elsewhere"})
    scene.vendor.answers = [elsewhere]
    await scene.owes(1)
    assert await scene.deliver() == 1
    assert await scene.counts() == (1, 0)
    scene.later(60)
    await scene.deliver()
    assert scene.vendor.ids == [encode(1)] * 2
    assert await scene.counts() == (0, 0)


async def test_gone_stops_everything(scene: Scene) -> None:
    scene.vendor.answers = [410]
    await scene.owes(1, 2, subject="one after the other")
    await scene.deliver()
    scene.later(3600)
    assert await scene.deliver() == 0
    assert scene.vendor.ids == [encode(1)]
    assert await scene.counts() == (2, 0)


async def test_a_subject_waits_for_its_first_event_and_others_do_not(scene: Scene) -> None:
    await scene.owes(1, 2, subject="payout:1")
    await scene.owes(3)
    scene.vendor.answers = [500, 200]
    await scene.deliver()
    assert encode(2) not in scene.vendor.ids
    scene.later(60)
    await scene.deliver()
    assert scene.vendor.ids[-2:] == [encode(1), encode(2)]
    assert await scene.counts() == (0, 0)


async def test_so_many_are_sent_at_once_and_no_more(scene: Scene) -> None:
    scene.vendor.slow_seconds = 0.02
    await scene.owes(*range(1, 30))
    assert await scene.deliver() == 29
    assert 1 < scene.vendor.most_at_once <= AT_ONCE


async def test_an_address_that_is_down_is_asked_once_and_then_not_for_a_while(
    vendor: Vendor, engines: Engines, new_id: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    down = "http://127.0.0.1:9/hooks?key=hidden-in-the-address"
    scene = scene_of(vendor, engines, new_id, down)
    await scene.owes(*range(1, 30))
    with caplog.at_level(logging.INFO):
        first = await scene.deliver()
        again = await scene.deliver()
        scene.later(5)
        third = await scene.deliver()
        await scene.deliver.disconnect()
    assert (first <= AT_ONCE, again, third) == (True, 0, 1)
    assert await scene.counts() == (29, 0)
    assert "hidden-in-the-address" not in caplog.text


async def test_a_huge_answer_is_not_read(scene: Scene) -> None:
    scene.vendor.answers = [web.Response(body=b"x" * 50_000_000)]
    await scene.owes(1)
    async with asyncio.timeout(5):
        await scene.deliver()
    assert await scene.counts() == (0, 0)


async def test_after_closing_nothing_is_begun(scene: Scene) -> None:
    await scene.owes(1)
    scene.deliver.close()
    assert await scene.deliver() == 0
    assert await scene.counts() == (1, 0)
