"""What scenarios stand on: a preloaded product, empty databases, folders, seeds."""

import asyncio
import itertools
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.conftest import PostgresServer, running_postgres
from tests.faults.process import Preloaded, processes_in
from tests.faults.row import Row
from tests.faults.wire import Wire, open_wire
from tests.faults.world import ENVIRON, Vendor, vendor_in

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "on",
    "max_connections": "400",
}
"""Of a PostgreSQL that may be struck, but whose machine keeps its power."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)


def _offer(vendor: Vendor, program: str) -> None:
    if "\n" in program:
        (vendor.folder / "flat.toml").write_text(program)
        return
    config = vendor.config.read_text().replace('"flat.toml"', f'"{program}"')
    vendor.config.write_text(config)


@dataclass
class Ground:
    """Makes vendors for scenarios.

    Attributes:
        preloaded: Forks the product.
        folder: Where everything is kept.
        migrated_sqlite: An SQLite file to copy.
        postgres: A running PostgreSQL.
        seed: Of all random choices of the run.
        strikes: How many faults a scenario is to do; 0 for the few of a short run.
        spares_strace: If scenarios that need strace are left out where it is missing.
    """

    preloaded: Preloaded
    folder: Path
    migrated_sqlite: Path
    postgres: PostgresServer
    seed: int
    strikes: int = 0
    spares_strace: bool = False
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _at_server: asyncio.Lock = field(default_factory=asyncio.Lock)

    def row(self, scenario: str, database: str = SQLITE) -> Row:
        """Return the empty row of a scenario."""
        return Row(scenario, database, self.seed)

    def chance(self, row: Row) -> random.Random:
        """Return the random choices of a scenario; the same seed repeats them."""
        name = f"{row.scenario} {row.database} {self.seed}"
        return random.Random(name)  # noqa: S311 - nothing secret

    def lacks_strace(self, *rows: Row) -> bool:
        """Test if there is no strace; the rows say so, and are wrong unless that was allowed."""
        if shutil.which("strace") is not None:
            return False
        for row in rows:
            if self.spares_strace:
                row.note = "not run: there is no strace, as was allowed"
            else:
                row.wrong = "not run: no strace"
        return True

    @asynccontextmanager
    async def database(self, kind: str) -> AsyncIterator[tuple[Path, str]]:
        """Yield a folder and the address of an empty migrated database."""
        name = f"ground-{next(self._numbers):03}"
        folder = self.folder / name
        folder.mkdir()
        if kind == SQLITE:
            path = folder / "partner.db"
            shutil.copyfile(self.migrated_sqlite, path)
            yield folder, f"sqlite+aiosqlite:///{path}"
            return
        async with self._at_server:
            url = await asyncio.to_thread(self.postgres.create, name)
        try:
            yield folder, url
        finally:
            async with self._at_server:
                await asyncio.to_thread(self.postgres.drop, name)

    @asynccontextmanager
    async def vendor(
        self,
        kind: str,
        *,
        mode: str = "polling",
        wire: Wire | None = None,
        program: str = "flat.toml",
        more: str = "",
        flood_limits: bool = False,
    ) -> AsyncIterator[Vendor]:
        """Yield a vendor; no process is started yet, and none is left afterwards.

        Args:
            kind: Of database.
            mode: How updates come.
            wire: What stands between the product and Telegram.
            program: The one that is offered: a file, a preset, or the text of a program.
            more: Lines at the end of the config.
            flood_limits: Telegram refuses floods, and the product keeps to its limits.
        """
        async with self.database(kind) as (folder, url):
            with processes_in(folder, self.preloaded, ENVIRON) as processes:
                given = vendor_in(
                    folder,
                    processes,
                    url,
                    mode=mode,
                    api_base_url=wire and wire.url,
                    more=more,
                    flood_limits=flood_limits,
                )
                async with given as vendor:
                    if wire is not None:
                        wire.to = vendor.simulator.url
                    _offer(vendor, program)
                    yield vendor

    @asynccontextmanager
    async def own_server(self) -> AsyncIterator["Ground"]:
        """Yield the same ground with a PostgreSQL of its own, which may be struck down."""
        opened = running_postgres(SETTINGS)
        server = await asyncio.to_thread(opened.__enter__)
        try:
            # How many may connect is settled at the server's start.
            await asyncio.to_thread(server.restart)
            yield replace(self, postgres=server)
        finally:
            await asyncio.to_thread(opened.__exit__, None, None, None)

    @asynccontextmanager
    async def wired(self, kind: str) -> AsyncIterator[tuple[Vendor, Wire]]:
        """Yield a vendor whose bot polls Telegram over a wire, and the wire."""
        async with open_wire() as wire, self.vendor(kind, wire=wire) as vendor:
            yield vendor, wire
