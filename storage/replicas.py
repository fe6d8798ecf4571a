"""The home of the locks by which replicas on PostgreSQL know each other and their leader."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine import Engines

LEADER_LOCK = 7_243_910_553
"""PostgreSQL advisory lock of the one replica that polls and sends notices."""
REPLICA_LOCKS = 724_391
"""First half of the advisory lock that each replica holds; the second is its number."""
NUMBER_MAX = 2**31 - 1
ANSWER_SECONDS = 5.0
SILENCE_SECONDS_MAX = 15
"""After so long without a word the server ends the connection of a replica that hangs: later
than the replica itself gives up a server that does not answer."""

_END_SILENT_ONES = text(
    "SELECT set_config('idle_session_timeout', :milliseconds, false)"
    " WHERE EXISTS (SELECT 1 FROM pg_settings WHERE name = 'idle_session_timeout')"
)
_OTHERS = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND classid = :locks AND objsubid = 2 AND CAST(objid AS bigint) <> :number"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Place:
    """A replica's own connection, and the locks that live as long as it.

    Attributes:
        number: Of the replica; drawn anew for each connection.
        lost: Set when the connection has ended; nothing is held any more.
    """

    def __init__(self, connection: AsyncConnection, number: int) -> None:
        """Stand on this connection."""
        self._connection = connection
        self.number = number
        self.lost = asyncio.Event()
        self._turn = asyncio.Lock()

    async def take(self) -> None:
        """Hold the lock of the own number, so that others see who is there."""
        raw = (await self._connection.get_raw_connection()).driver_connection
        if raw is None:
            raise ConnectionError("no connection")
        raw.add_termination_listener(lambda _connection: self.lost.set())
        await self._scalar(_END_SILENT_ONES, milliseconds=str(SILENCE_SECONDS_MAX * 1_000))
        own = text("SELECT pg_advisory_lock(:locks, :number)")
        await self._scalar(own, locks=REPLICA_LOCKS, number=self.number)

    async def lead(self) -> bool:
        """Become the leader, if there is none."""
        return bool(await self._scalar(text("SELECT pg_try_advisory_lock(:key)"), key=LEADER_LOCK))

    async def resign(self) -> None:
        """Let another lead."""
        await self._scalar(text("SELECT pg_advisory_unlock(:key)"), key=LEADER_LOCK)

    async def is_alone(self) -> bool:
        """Test if no other replica is there."""
        return not await self._scalar(_OTHERS, locks=REPLICA_LOCKS, number=self.number)

    async def beat(self) -> None:
        """Say a word, and hear that the server is there."""
        await self._scalar(text("SELECT 1"))

    async def _scalar(self, statement: Any, **values: object) -> Any:  # noqa: ANN401
        """Ask, and wait no longer than the server would wait for us.

        Raises:
            TimeoutError: it does not answer.
        """
        async with self._turn, asyncio.timeout(ANSWER_SECONDS):
            return await self._connection.scalar(statement, values)


@asynccontextmanager
async def a_place(engines: Engines) -> AsyncIterator[Place]:
    """Be one of the replicas inside the block, on a connection of its own."""
    engine = create_async_engine(
        engines.writes.url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={"timeout": ANSWER_SECONDS},
    )
    try:
        async with engine.connect() as connection:
            # Part of a lock's key, and so no secret; only that no two are equal counts.
            place = Place(connection, secrets.randbelow(NUMBER_MAX - 1) + 2)
            try:
                await place.take()
                yield place
            finally:
                # The locks end with the connection, which is not to wait for a server.
                await connection.invalidate()
    finally:
        await engine.dispose()
