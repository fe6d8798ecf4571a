"""Telegram is away when the product starts: billing and jobs go on, people are answered later."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

import bot.meeting
import bot.scheduler
from bot.config import load_config
from bot.run import running
from tests.bot.asking import Told, readyz, report
from tests.faults.process import until
from tests.journeys.world import ENVIRON, JourneyWorld, start_world

ALWAYS = 1_000_000


@asynccontextmanager
async def started_without_telegram(
    folder: Path, database_url: str, code: int
) -> AsyncIterator[JourneyWorld]:
    """Start the product while every call of Telegram's is answered with this error."""
    async with start_world(folder, database_url=database_url) as world:
        await world.running.aclose()
        await world.sim.faults(error_code=code, times=ALWAYS)
        config = load_config(world.config_path, {})
        world.product, port = await world.running.enter_async_context(running(config, ENVIRON))
        world.web_url = f"http://127.0.0.1:{port}"
        yield world


async def becomes(url: str, test: Callable[[Told], bool]) -> Told:
    """Wait until what /readyz tells is so."""

    async def is_so() -> bool:
        return test(await readyz(url))

    await until(is_so, within_seconds=20)
    return await readyz(url)


@pytest.mark.parametrize("code", [401, 502])
async def test_what_needs_no_telegram_begins_without_it(
    code: int, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.meeting, "FIRST_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(bot.meeting, "PAUSE_SECONDS_MAX", 0.1)
    monkeypatch.setattr(bot.scheduler, "LOOK_SECONDS", 1)
    async with started_without_telegram(tmp_path, database_url, code) as world:
        told = await becomes(world.web_url, lambda told: told.status == 200)
        assert (told.reasons, told.details["telegram"]) == ([], False)
        for number in (1, 2):
            event = (f"evt-{number}", "client.registered")
            answer = await report(world.web_url, *event, client_id=f"bill-{number}", name="Carla")
            assert answer == (200, "applied")
        await a_job_has_run(world.web_url)
        # Links lead to the bot of the last time.
        assert world.product.readiness.bot_link() == "https://t.me/SamplePartnerBot"
        ann = await world.sim.person("Ann", language_code="en")
        await ann.opens()
        assert not (await readyz(world.web_url)).details["telegram"]
        await world.sim.clear_faults()
        await ann.sees("Hello, Ann")
        told = await readyz(world.web_url)
        assert (told.status, told.details["telegram"]) == (200, True)


async def a_job_has_run(url: str) -> None:
    """Wait for a figure that a job reads from the database."""

    async def is_shown() -> bool:
        async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics") as answer:
            return 'partner_bot_waiting{kind="payouts_new"} 0.0' in await answer.text()

    await until(is_shown, within_seconds=20)


async def test_the_name_of_another_bot_is_learnt(tmp_path: Path) -> None:
    async with start_world(tmp_path) as world:
        assert world.product.readiness.bot_link() == "https://t.me/SamplePartnerBot"
        world.simulator.world.bot.username = "OtherPartnerBot"
        await world.restart()
        await becomes(world.web_url, lambda told: bool(told.details["telegram"]))
        async with world.product.open_work.read() as work:
            assert await work.settings.get(bot.meeting.KNOWN_NAME) == "OtherPartnerBot"
