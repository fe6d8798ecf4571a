"""Processes of the product for the tests of faults."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.process import Preloaded, Processes, processes_in
from tests.faults.wire import Wire, open_wire
from tests.faults.world import ENVIRON, Vendor, vendor_in


@pytest.fixture(scope="session")
def preloaded() -> Iterator[Preloaded]:
    """Import the product once for all processes."""
    preloaded = Preloaded()
    yield preloaded
    preloaded.close()


@pytest.fixture
def processes(tmp_path: Path, preloaded: Preloaded) -> Iterator[Processes]:
    """Return what starts processes; none is left after the test."""
    with processes_in(tmp_path, preloaded, ENVIRON) as processes:
        yield processes


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """Return the wire between the bot and Telegram."""
    async with open_wire() as wire:
        yield wire


@pytest.fixture
async def vendor(
    wire: Wire, tmp_path: Path, processes: Processes, sqlite_url: str
) -> AsyncIterator[Vendor]:
    """Return a vendor on SQLite whose bot polls Telegram over the wire."""
    async with vendor_in(tmp_path, processes, sqlite_url, api_base_url=wire.url) as vendor:
        wire.to = vendor.simulator.url
        yield vendor
