"""The home of the database engines and their settings."""

from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from asyncpg.exceptions import (
    AdminShutdownError,
    CannotConnectNowError,
    CrashShutdownError,
    InternalClientError,
    PostgresConnectionError,
)
from sqlalchemy import event
from sqlalchemy.engine import Connection, ExceptionContext, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.idle import IdleReads
from storage.sqlite_driver import STATEMENTS_KEPT, connect_brief

BUSY_TIMEOUT_MS = 10_000
STATEMENT_TIMEOUT_MS = 30_000
READ_POOL_SIZE = 4
READ_CACHE_KIB, WRITE_CACHE_KIB = 4_000, 16_000
"""Pages of SQLite that each connection keeps; the system keeps the others, once for all."""
UNUSED_SECONDS = 1
"""After so long a connection to PostgreSQL is asked if it lives before it is used."""
LOST = (
    PostgresConnectionError,
    AdminShutdownError,
    CrashShutdownError,
    CannotConnectNowError,
    InternalClientError,
)
"""What asyncpg says of a connection that is no more, or is of no more use."""


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine that reads and one that writes; on PostgreSQL they are the same.

    Attributes:
        reads: For reading.
        writes: For writing.
        idle: What use cases read by.
    """

    reads: AsyncEngine
    writes: AsyncEngine
    idle: IdleReads = field(init=False)

    def __post_init__(self) -> None:
        """Read by the engine for it."""
        object.__setattr__(self, "idle", IdleReads(self.reads))

    @property
    def is_postgresql(self) -> bool:
        """Test which database it is."""
        return self.writes.dialect.name == "postgresql"

    async def close(self) -> None:
        """Close all connections."""
        await self.idle.close()
        await self.reads.dispose()
        await self.writes.dispose()


def open_engines(url: str) -> Engines:
    """Return the engines for a database URL.

    SQLite: WAL with ``synchronous=FULL``, so that an acknowledged commit survives a power cut;
    writers begin IMMEDIATE, because a plain BEGIN that reads first fails with "database is
    locked" as soon as another writes in between; readers begin deferred and wait for nobody.
    """
    if make_url(url).get_backend_name() == "postgresql":
        engine = create_async_engine(
            url,
            pool_size=10,
            max_overflow=10,
            hide_parameters=True,
            connect_args={
                "prepared_statement_cache_size": STATEMENTS_KEPT,
                "statement_cache_size": STATEMENTS_KEPT,
                "server_settings": {
                    "statement_timeout": str(STATEMENT_TIMEOUT_MS),
                    "idle_in_transaction_session_timeout": str(STATEMENT_TIMEOUT_MS),
                    "timezone": "UTC",
                },
            },
        )
        event.listen(engine.sync_engine, "handle_error", _name_outage)
        event.listen(engine.sync_engine, "checkout", _refuse_dead)
        event.listen(engine.sync_engine, "checkin", _note_use)
        return Engines(engine, engine)
    database = make_url(url).database
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    return Engines(
        _sqlite(url, "BEGIN", READ_POOL_SIZE, READ_CACHE_KIB),
        _sqlite(url, "BEGIN IMMEDIATE", 1, WRITE_CACHE_KIB),
    )


def _refuse_dead(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - of the driver
    """Let the pool open another connection in place of one that is lost.

    What the server closed is known at once. Only a connection that lay unused may have been lost
    unheard, so only that one is asked: a journey to the server for each use would be dearer than
    many a query.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError
    if monotonic() - record.info.get("used_at", monotonic()) < UNUSED_SECONDS:
        return
    try:
        connection.ping()
    except Exception as lost:
        raise DisconnectionError from lost


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used_at"] = monotonic()


def _name_outage(context: ExceptionContext) -> None:
    """Raise one name for a lost connection: asyncpg has several, some of them for bugs too."""
    cause = context.original_exception.__cause__
    context.is_disconnect = context.is_disconnect or isinstance(cause, LOST)
    if context.is_disconnect and not isinstance(context.sqlalchemy_exception, OperationalError):
        raise OperationalError(
            context.statement, None, context.original_exception, hide_parameters=True
        ) from context.original_exception


def _sqlite(url: str, begin: str, pool_size: int, cache_kib: int) -> AsyncEngine:
    # Parameters hold names and phones: an error in the log must not print them.
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=30,
        hide_parameters=True,
        connect_args={"async_creator_fn": connect_brief},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 - driver's own type
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"cache_size=-{cache_kib}",
            # A set of events changes two hundred pages: at SQLite's own thousand, every fifth
            # commit would copy the log into the database and wait for the disk twice more.
            "wal_autocheckpoint=4000",
            "temp_store=MEMORY",
            # What is erased is overwritten where that costs no more writing: keys of dossiers.
            "secure_delete=FAST",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
