"""The home of the one moment that an audit reads, while others go on writing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Engines


@asynccontextmanager
async def snapshot(engines: Engines) -> AsyncIterator[AsyncConnection]:
    """Read one moment, for as long as it takes."""
    async with engines.reads.connect() as connection:
        if engines.is_postgresql:
            _ = await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            # Keys come as one array of any length: plan for this one, not for a usual one.
            await connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        yield connection
