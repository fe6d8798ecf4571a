"""The home of the SQLite driver: aiosqlite whose short statements make no journey to a thread."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Any

import aiosqlite
from aiosqlite.context import Result

STEPS_AT_ONCE = 50_000
"""Steps of SQLite's machine, about a millisecond: a query that needs more is long."""
PARAMETERS_AT_ONCE = 400
ROWS_AT_ONCE = 100
"""Rows that are written in about a millisecond."""
ROWS_IN_STATEMENT = 128
STATEMENTS_KEPT = 1_000
"""More than the product has: none is prepared twice on a connection."""
_QUERY = re.compile(r"\s*SELECT\b", re.ASCII | re.IGNORECASE)
_WRITE = re.compile(r"\s*BEGIN IMMEDIATE\s*$", re.ASCII | re.IGNORECASE)
_CHANGE = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|BEGIN\s*$)", re.ASCII | re.IGNORECASE)

_INSERT_ROW = re.compile(r"(INSERT INTO \w+ \([^()]*\) VALUES )(\((?:\?, )*\?\))(.*)", re.DOTALL)


class BriefConnection(aiosqlite.Connection):
    """A connection that answers at once what takes no time.

    Each statement costs aiosqlite four journeys to its thread and back, and each of them is dearer
    than an indexed look-up. So only what may wait is sent there: the beginning of a write, the
    commit with its fsync, sheets of rows, changes of the schema, and long queries.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        """Open with a connector that allows use from two threads (one at a time)."""
        super().__init__(connector, iter_chunk_size=64)
        self._journeys: set[object] = set()

    @property
    def is_free(self) -> bool:
        """Test if nothing is under way in the thread, not even for a caller that gave up."""
        return self._running and self._connection is not None and not self._journeys

    def cursor(self) -> "Result[aiosqlite.Cursor]":
        """Return a cursor; it need not wait for anything."""
        return Result(self._brief_cursor())

    async def _brief_cursor(self) -> "BriefCursor":
        return BriefCursor(self, await self._execute(self._conn.cursor))

    async def rollback(self) -> None:
        """Roll back; nothing is written for it."""
        if self.is_free:
            self._conn.rollback()
        else:
            await super().rollback()

    async def close(self) -> None:
        """Close; whatever was given up ends, and holds no lock any more."""
        self._give_up()
        await super().close()

    def stop(self) -> "asyncio.Future[Any] | None":
        """Close without waiting for it."""
        self._give_up()
        return super().stop()

    def _give_up(self) -> None:
        """Stop what is under way and roll back.

        SQLite keeps a closed connection, and its lock, as long as a cursor of it is remembered
        somewhere, such as in the traceback of who gave up.
        """
        if self._connection is None:
            return
        if self._journeys:
            self._connection.interrupt()
        self._tx.put_nowait((None, partial(_roll_back, self._connection)))

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the library has it
        if self.is_free and fn == self._conn.cursor:
            return fn()
        journey = object()
        self._journeys.add(journey)
        try:
            call = partial(self._travel, journey, fn, *args, **kwargs)
            return await super()._execute(call)  # type: ignore[no-untyped-call]
        except ValueError:
            self._journeys.discard(journey)
            raise

    def _travel(self, journey: object, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the library has it
        try:
            return fn(*args, **kwargs)
        finally:
            self._journeys.discard(journey)

    def at_once(
        self, cursor: sqlite3.Cursor, sql: str, parameters: Sequence[Any]
    ) -> list[Any] | None:
        """Run a statement now if it is brief.

        Returns:
            All of its rows, or ``None`` when it has to travel: it is of another kind, or a query
            that turned out to be long and was stopped. A change is never stopped, because SQLite
            would roll back the whole transaction.
        """
        if not self.is_free or len(parameters) > PARAMETERS_AT_ONCE:
            return None
        if _CHANGE.match(sql):
            return cursor.execute(sql, parameters).fetchall()
        if _WRITE.match(sql):
            return self._begin_now(cursor, sql)
        if not _QUERY.match(sql):
            return None
        self._conn.set_progress_handler(_stop, STEPS_AT_ONCE)
        try:
            return cursor.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                return None
            raise
        finally:
            self._conn.set_progress_handler(None, 0)

    def _begin_now(self, cursor: sqlite3.Cursor, sql: str) -> list[Any] | None:
        """Begin to write if nobody else does; whoever has to wait waits in the thread."""
        [(patience,)] = cursor.execute("PRAGMA busy_timeout").fetchall()
        cursor.execute("PRAGMA busy_timeout=0").fetchall()
        try:
            return cursor.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return None
        finally:
            cursor.execute(f"PRAGMA busy_timeout={patience}").fetchall()

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        """Return all rows of a query, at once where it is brief."""
        if self.is_free:
            rows = self.at_once(self._conn.cursor(), sql, parameters)
            if rows is not None:
                return rows
        return list(await self.execute_fetchall(sql, parameters))

    async def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a change with each row of parameters, at once where there are few."""
        if self.is_free and len(rows) <= ROWS_AT_ONCE:
            self._conn.executemany(sql, rows).close()
        else:
            await self._execute(_execute_many, self._conn, sql, rows)


def _execute_many(connection: sqlite3.Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a change with each row; rows of an INSERT go many to a statement.

    sqlite3 lets go of the interpreter for each statement, and here in the thread it has to wait
    for the loop to get it back: a row at a time, both come to a standstill a thousand times.
    """
    match = _INSERT_ROW.fullmatch(sql)
    if match is None:
        connection.executemany(sql, rows).close()
        return
    before, row, behind = match.groups()
    done = 0
    while done < len(rows):
        # Powers of two: few different statements, each prepared once.
        size = min(ROWS_IN_STATEMENT, 1 << ((len(rows) - done).bit_length() - 1))
        words = f"{before}{', '.join([row] * size)}{behind}"
        values = list(chain.from_iterable(rows[done : done + size]))
        connection.execute(words, values).close()
        done += size


def _roll_back(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        connection.rollback()


def _stop() -> int:
    return 1


class BriefCursor(aiosqlite.Cursor):
    """A cursor that holds the rows of a brief statement, and asks the thread for others."""

    def __init__(self, connection: BriefConnection, cursor: sqlite3.Cursor) -> None:
        """Stand on the connection."""
        super().__init__(connection, cursor)
        self._brief = connection
        self._rows: list[Any] | None = None

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "BriefCursor":
        """Run a statement, at once where it is brief."""
        given = tuple(parameters or ())
        self._rows = self._brief.at_once(self._cursor, sql, given)
        if self._rows is None:
            await super().execute(sql, given)
        return self

    async def fetchall(self) -> Iterable[Any]:
        """Return the rows that are left."""
        if self._rows is None:
            return await super().fetchall()
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int | None = None) -> Iterable[Any]:
        """Return some of the rows that are left."""
        if self._rows is None:
            return await super().fetchmany(size)
        count = size or self.arraysize
        rows, self._rows = self._rows[:count], self._rows[count:]
        return rows

    async def fetchone(self) -> Any:  # noqa: ANN401 - as the library has it
        """Return the next row, or ``None``."""
        if self._rows is None:
            return await super().fetchone()
        return self._rows.pop(0) if self._rows else None

    async def close(self) -> None:
        """Close; nothing is written for it."""
        if not self._brief.is_free:
            await super().close()
        else:
            self._cursor.close()


def connect_brief(database: str, **options: Any) -> BriefConnection:  # noqa: ANN401 - of sqlite3.connect
    """Return a connection of this kind, as ``aiosqlite.connect`` returns one of its own."""
    options["check_same_thread"] = False
    options["cached_statements"] = STATEMENTS_KEPT
    connection = BriefConnection(partial(sqlite3.connect, database, **options))
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy sets it for aiosqlite's own
    return connection
