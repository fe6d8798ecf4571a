"""The whole product over real HTTP: simulator, polling, handlers, storage."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.world import JourneyWorld, start_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    async with start_world(tmp_path) as started:
        yield started
