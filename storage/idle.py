"""The home of reads that follow each other at once: they share a connection and its transaction.

A person's update asks who speaks, where a form stands, which rights there are and what the screen
shows, by use cases that know nothing of each other. Taking a connection, beginning and rolling
back for each of them costs more than the questions themselves.
"""

import asyncio
import logging
from types import TracebackType

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

log = logging.getLogger(__name__)


class IdleReads:
    """Connections whose task has just read and has not given up the event loop since.

    The next read of that task goes on with its connection. As soon as anybody else gets a turn the
    connection goes back, so none is kept over a wait, such as for a call of Telegram, and nothing
    stale is read after one.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        """Take connections from the engine."""
        self._engine = engine
        self._idle: dict[asyncio.Task[object], tuple[AsyncConnection, asyncio.Handle]] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def take(self) -> AsyncConnection:
        """Return a connection in a transaction: this task's last one, or another."""
        kept = self._idle.pop(_here(), None)
        if kept is not None:
            connection, handle = kept
            handle.cancel()
            return connection
        connection = await self._engine.connect()
        try:
            _ = await connection.begin()
        except BaseException as error:
            await connection.__aexit__(type(error), error, error.__traceback__)
            raise
        return connection

    def put(self, connection: AsyncConnection) -> None:
        """Keep a connection for this task's next read, until the event loop goes on."""
        task = _here()
        if task in self._idle:
            self._close(connection)
            return
        handle = asyncio.get_running_loop().call_soon(self._release, task)
        self._idle[task] = connection, handle

    async def let_go(self) -> None:
        """Give this task's connection back now: it is about to write, and to read that later."""
        kept = self._idle.pop(_here(), None)
        if kept is not None:
            connection, handle = kept
            handle.cancel()
            await connection.close()

    def _release(self, task: "asyncio.Task[object]") -> None:
        connection, _ = self._idle.pop(task)
        self._close(connection)

    def _close(self, connection: AsyncConnection) -> None:
        closing = asyncio.get_running_loop().create_task(connection.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closed)

    def _closed(self, closing: "asyncio.Task[None]") -> None:
        self._closing.discard(closing)
        if not closing.cancelled() and closing.exception() is not None:
            log.warning("a connection could not be given back: %s", closing.exception())

    async def close(self) -> None:
        """Give all connections back."""
        for task, (_, handle) in list(self._idle.items()):
            handle.cancel()
            self._release(task)
        await asyncio.gather(*self._closing, return_exceptions=True)


def _here() -> "asyncio.Task[object]":
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("the database is read by tasks")
    return task


class Reading:
    """One read, as ``async with`` holds it."""

    __slots__ = ("_connection", "_idle")

    def __init__(self, idle: IdleReads) -> None:
        """Take the connection from there."""
        self._idle = idle

    async def __aenter__(self) -> AsyncConnection:
        """Return the connection."""
        self._connection = await self._idle.take()
        return self._connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep the connection for a moment; one that something went wrong on goes back at once."""
        if error is None:
            self._idle.put(self._connection)
        else:
            await self._connection.__aexit__(kind, error, trace)
