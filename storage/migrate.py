"""The home of bringing a database to the tables of this version of the product."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import BUSY_TIMEOUT_MS, Engines

MIGRATION_LOCK = 7_243_910_552
"""PostgreSQL advisory lock that whoever changes tables holds to the end of its transaction."""
LOCK_TIMEOUT_MS = 600_000
"""How long a second process waits for the first to finish."""
FOLDER = Path(__file__).parent / "migrations"
HEAD = "head"
EMPTY_DATABASE = "base"


class SchemaState(StrEnum):
    """How the tables of a database stand to this version of the product."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"
    """The revision is unknown here: a newer version of the product has been at work."""


class SchemaAhead(RuntimeError):
    """The database was changed by a newer version of the product; this one must not touch it."""


class SchemaDamaged(RuntimeError):
    """A migration left rows that point nowhere; it was rolled back."""


async def schema_state(engines: Engines) -> SchemaState:
    """Return how the tables stand to this version of the product; nothing is changed."""
    async with engines.reads.connect() as connection:
        return await connection.run_sync(_state)


async def upgrade(engines: Engines, to: str = HEAD) -> None:
    """Bring the tables to a revision, the newest by default; nothing to do is no error.

    All steps are one transaction, on both databases: an interrupted upgrade leaves nothing
    behind and can be run again. Any number of processes may call this at once.

    Raises:
        SchemaAhead: a newer version of the product has been at work.
    """
    async with _alone(engines) as connection:
        if await connection.run_sync(_state) is SchemaState.AHEAD:
            raise SchemaAhead("a newer version of the product has changed this database")
        await connection.run_sync(_run, lambda config: command.upgrade(config, to))


async def downgrade(engines: Engines, to: str) -> None:
    """Take the tables back to an older revision; what only newer ones can hold is lost."""
    async with _alone(engines) as connection:
        await connection.run_sync(_run, lambda config: command.downgrade(config, to))


async def draft(engines: Engines, message: str) -> None:
    """Write the next revision by comparing ``storage.tables`` with a database at the newest one.

    What comes out is a draft: whoever asked for it reads it, and adds triggers and moved data.
    """
    number = f"{max(int(row.revision) for row in _scripts().walk_revisions()) + 1:04}"
    async with _alone(engines) as connection:
        await connection.run_sync(
            _run,
            lambda config: command.revision(config, message, autogenerate=True, rev_id=number),
        )


@cache
def _scripts() -> ScriptDirectory:
    """Return the revisions, read from disk once: readiness asks for the state again and again."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def _state(connection: Connection) -> SchemaState:
    revisions = MigrationContext.configure(connection).get_current_heads()
    if not revisions:
        return SchemaState.EMPTY
    scripts = _scripts()
    if set(revisions) == set(scripts.get_heads()):
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.BEHIND if known.issuperset(revisions) else SchemaState.AHEAD


def _run(connection: Connection, task: Callable[[Config], Any]) -> Any:  # noqa: ANN401
    config = _config()
    config.attributes["connection"] = connection
    return task(config)


@asynccontextmanager
async def _alone(engines: Engines) -> AsyncIterator[AsyncConnection]:
    """Open a transaction in which nobody else changes tables; it commits at the end."""
    async with engines.writes.connect() as connection:
        if engines.is_postgresql:
            async with connection.begin():
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
                await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
                yield connection
            return
        # Rebuilding a table (the only way to alter one here) drops it for a moment; with foreign
        # keys on that would empty the tables that point at it. They are checked before the end.
        await _set_pragmas(connection, foreign_keys="OFF", busy_timeout=LOCK_TIMEOUT_MS)
        try:
            async with connection.begin():
                yield connection
                broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
                if broken:
                    raise SchemaDamaged(str(broken[0]))
        finally:
            await _set_pragmas(connection, foreign_keys="ON", busy_timeout=BUSY_TIMEOUT_MS)


async def _set_pragmas(connection: AsyncConnection, **values: str | int) -> None:
    """Set them outside of any transaction, where alone they take effect."""
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is None:
        raise RuntimeError("no connection")
    for name, value in values.items():
        await driver.execute(f"PRAGMA {name}={value}")
