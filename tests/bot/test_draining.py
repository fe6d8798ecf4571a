"""Asked to stop, a process behind a balancer is out of its list before it refuses anything."""

import asyncio
import re
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

import bot.run
from bot.readiness import ReadinessCheck
from bot.replica import Replica
from bot.run import DRAIN_SECONDS, FINISH_SECONDS, drain
from storage.engine import Engines
from tests.bot.asking import readyz
from tests.faults.people import Human
from tests.faults.process import ROOT, Preloaded, processes_in, until
from tests.faults.replicas import Replicas
from tests.faults.story import Story
from tests.faults.world import ENVIRON, OK, Vendor, vendor_in

CLOSING_SECONDS = 5.0
"""For what is closed last: the connections of HTTP and of the database."""
BALANCER = (ROOT / "deploy" / "haproxy.cfg").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def preloaded() -> Iterator[Preloaded]:
    preloaded = Preloaded()
    yield preloaded
    preloaded.close()


@pytest.fixture
async def vendor(tmp_path: Path, preloaded: Preloaded, database_url: str) -> AsyncIterator[Vendor]:
    with processes_in(tmp_path, preloaded, ENVIRON) as processes:
        async with vendor_in(tmp_path, processes, database_url, mode="webhook") as vendor:
            yield vendor


async def test_a_balancer_is_told_before_the_port_is_closed(vendor: Vendor) -> None:
    process = vendor.start()
    url = await process.ready()
    human = await Replicas(vendor, [process], [url]).person("Ann")
    assert (await readyz(url)).status == OK
    story, told_for = Story(), 0.0
    story.first_payment("nobody", 1)
    process.sends(signal.SIGTERM)
    began = time.monotonic()

    async def is_told() -> bool:
        return (await readyz(url)).reasons == ["the process is stopping"]

    await until(is_told, within_seconds=DRAIN_SECONDS)
    for event in story.events.values():
        assert (await vendor.billing.send(url, event)).status == OK
    assert await vendor.billing.telegram(url, human.text("/help")) == OK
    while process.poll() is None and await _answers(url):
        told_for = time.monotonic() - began
        await asyncio.sleep(0.05)
    # Longer than a balancer needs that asks every second.
    assert told_for > DRAIN_SECONDS / 2
    assert await process.ended() == 0
    stored = await vendor.database.value("SELECT COUNT(*) FROM events")
    assert stored == len(story.events)
    assert await _is_answered(human)


async def _answers(url: str) -> bool:
    try:
        told = await readyz(url)
    except (OSError, aiohttp.ClientError):
        return False
    assert told.status == 503
    return True


async def _is_answered(human: Human) -> bool:
    return bool(human.messages())


async def test_a_process_that_nobody_asks_stops_at_once(vendor: Vendor) -> None:
    process = vendor.start()
    await process.ready()
    assert await process.stop() == 0
    assert "/readyz" not in process.output


async def test_a_second_signal_ends_the_wait(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.run, "DRAIN_SECONDS", 60)
    check, stop = ReadinessCheck(engines, Replica(engines)), asyncio.Event()
    await check()
    stop.set()
    async with asyncio.timeout(30):
        draining = asyncio.create_task(drain(check, stop))
        await asyncio.sleep(0.05)
        assert not draining.done()
        stop.set()
        await draining
    assert check.is_stopping


def test_the_times_fit_those_of_the_deployment() -> None:
    """Two checks fail before the port closes, and all is over before the supervisor kills."""
    [check] = re.findall(r"check inter (\d+)s fall (\d+)", BALANCER)
    [grace] = re.findall(r"stop_grace_period: (\d+)s", COMPOSE)
    assert int(check[0]) * (int(check[1]) + 1) < DRAIN_SECONDS
    assert int(grace) > DRAIN_SECONDS + FINISH_SECONDS + CLOSING_SECONDS
