"""A scene for each test of the page."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.simulator import Simulator
from tests.browser.chromium import launched
from tests.browser.probe import TOKEN, USERNAME, probe_bot
from tests.browser.scene import Scene


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Give a world of its own to each test; the page must not complain in any of them."""
    simulator = Simulator(token=TOKEN, username=USERNAME, name="Probe Bot")
    await simulator.start(host="127.0.0.1", port=0)
    url = simulator.url.rstrip("/")
    try:
        async with (
            launched() as browser,
            aiohttp.ClientSession(base_url=url) as api,
            probe_bot(url),
        ):
            stage = Scene(url=url, simulator=simulator, browser=browser, api=api)
            yield stage
            for context in stage.contexts:
                await context.close()
            assert stage.complaints == []
    finally:
        await simulator.stop()
