"""Polling sees every update, however Telegram numbers them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import pytest

import bot.polling
from bot.intake import UpdateIntake
from bot.polling import Polling
from bot.simulator import Simulator
from bot.simulator.client import SimulatorClient
from tests.faults.process import until
from tests.journeys.world import TOKEN

LOW = 5


class Kept:
    """Keeps the numbers of what came."""

    def __init__(self) -> None:
        self.ids: list[int] = []

    async def accept(self, updates: Sequence[Mapping[str, Any]]) -> None:
        self.ids += [update["update_id"] for update in updates]


@pytest.fixture
async def simulator(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Simulator]:
    monkeypatch.setattr(bot.polling, "POLL_SECONDS", 1)
    simulator = Simulator(token=TOKEN)
    await simulator.start()
    yield simulator
    await simulator.stop()


@asynccontextmanager
async def at_work(polling: Polling) -> AsyncIterator[None]:
    """Poll inside the block."""
    task = asyncio.create_task(polling.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def somebody_speaks(simulator: Simulator) -> None:
    async with SimulatorClient(simulator.url) as sim:
        await (await sim.person("Ann")).opens()


async def have_come(kept: Kept, number: int) -> None:
    """Wait until so many updates have come."""

    async def is_so() -> bool:
        return len(kept.ids) == number

    await until(is_so, within_seconds=20)


def number_anew(simulator: Simulator) -> None:
    simulator.world.updates._next_id = LOW


async def all_is_confirmed(simulator: Simulator, polling: Polling) -> None:
    async def is_so() -> bool:
        return not simulator.world.updates.alive() and polling._offset is None

    await until(is_so, within_seconds=20)


async def test_updates_that_are_numbered_anew_after_a_silence_are_seen(
    simulator: Simulator,
) -> None:
    kept = Kept()
    polling = Polling(simulator.url, TOKEN, cast("UpdateIntake", kept))
    async with at_work(polling):
        await somebody_speaks(simulator)
        await have_come(kept, 1)
        await all_is_confirmed(simulator, polling)
        number_anew(simulator)
        await somebody_speaks(simulator)
        await have_come(kept, 2)
        await all_is_confirmed(simulator, polling)
    assert kept.ids[1:] == [LOW]


async def test_who_leads_again_begins_without_an_offset(simulator: Simulator) -> None:
    """Another replica may have polled for weeks in between."""
    kept = Kept()
    polling = Polling(simulator.url, TOKEN, cast("UpdateIntake", kept))
    async with at_work(polling):
        await somebody_speaks(simulator)
        await have_come(kept, 1)
    simulator.world.updates.clear()
    number_anew(simulator)
    await somebody_speaks(simulator)
    async with at_work(polling):
        await have_come(kept, 2)
    assert kept.ids[1:] == [LOW]
    assert kept.ids[0] > LOW
