"""Processes of the product for the tests of faults."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.process import Preloaded, Processes, processes_in
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
async def vendor(tmp_path: Path, processes: Processes, sqlite_url: str) -> AsyncIterator[Vendor]:
    """Return a vendor on SQLite whose bot asks for updates by long polling."""
    async with vendor_in(tmp_path, processes, sqlite_url) as vendor:
        yield vendor
