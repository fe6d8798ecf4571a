"""Short statements answer at once; whatever may wait keeps nobody waiting."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Engines, open_engines

ROWS = 150
LONG = text("SELECT count(*), :x FROM numbers a, numbers b, numbers c WHERE a.n + b.n + c.n > :x")
"""3 million rows are tried: far more than a millisecond."""


@pytest.fixture
async def numbers(sqlite_url: str) -> AsyncIterator[Engines]:
    """Return engines on a database with a table of numbers."""
    engines = open_engines(sqlite_url)
    async with engines.writes.begin() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
        rows = [{"n": number} for number in range(ROWS)]
        await connection.execute(text("INSERT INTO numbers VALUES (:n)"), rows)
    yield engines
    await engines.close()


async def _count(connection: AsyncConnection) -> int:
    return int(await connection.scalar(text("SELECT count(*) FROM numbers")) or 0)


async def test_a_short_statement_does_not_leave_its_task(numbers: Engines) -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with numbers.reads.connect() as connection:
        await _count(connection)
        task = asyncio.create_task(others())
        await asyncio.sleep(0)
        before = turns
        for _ in range(50):
            assert await _count(connection) == ROWS
        assert turns == before
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_long_query_lets_others_work_and_gives_all(numbers: Engines) -> None:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        clock = asyncio.get_running_loop()
        while True:
            began = clock.time()
            await asyncio.sleep(0.001)
            longest = max(longest, clock.time() - began)

    async with numbers.reads.connect() as connection:
        task = asyncio.create_task(watch())
        began = asyncio.get_running_loop().time()
        ((count, _),) = await connection.execute(LONG, {"x": -1})
        took = asyncio.get_running_loop().time() - began
        task.cancel()
    assert count == ROWS**3
    assert longest < took / 2


async def test_a_query_that_turns_out_long_takes_nothing_back(numbers: Engines) -> None:
    async with numbers.writes.begin() as connection:
        await connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": ROWS})
        await connection.execute(LONG, {"x": 5})
        await connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": ROWS + 1})
    async with numbers.reads.connect() as connection:
        assert await _count(connection) == ROWS + 2


async def test_who_gives_up_a_long_query_leaves_a_sound_connection(numbers: Engines) -> None:
    async with numbers.writes.connect() as connection:
        await connection.begin()
        await connection.execute(text("DELETE FROM numbers WHERE n = 1"))
        task = asyncio.create_task(connection.execute(LONG, {"x": 1}))
        await asyncio.sleep(0.02)
        task.cancel()
        with suppress(asyncio.CancelledError, OperationalError):
            await task
    async with numbers.writes.begin() as connection:
        assert await _count(connection) == ROWS
        await connection.execute(text("DELETE FROM numbers WHERE n = 2"))
    async with numbers.reads.connect() as connection:
        assert await _count(connection) == ROWS - 1


async def test_the_wait_for_another_writer_holds_up_nobody(
    numbers: Engines, sqlite_url: str
) -> None:
    path = Path(sqlite_url.partition("///")[2])
    free = threading.Event()
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with numbers.writes.begin() as connection:
                await connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": -1})
            free.set()

        task = asyncio.create_task(write())
        async with numbers.reads.connect() as connection:
            for _ in range(20):
                await asyncio.sleep(0.002)
                assert await _count(connection) == ROWS
        assert not free.is_set()
        other.execute("COMMIT")
        await task
    async with numbers.reads.connect() as connection:
        assert await _count(connection) == ROWS + 1


async def test_a_refused_statement_is_refused_alone(numbers: Engines) -> None:
    async with numbers.writes.begin() as connection:
        await connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": ROWS})
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": ROWS})
        added = await connection.execute(
            text("INSERT INTO numbers VALUES (:n) RETURNING n"), {"n": ROWS + 1}
        )
        assert added.scalar() == ROWS + 1
    async with numbers.reads.connect() as connection:
        assert await _count(connection) == ROWS + 2


async def test_rows_are_streamed_whether_few_or_many(numbers: Engines) -> None:
    async with numbers.reads.connect() as connection:
        for statement, rows in (
            ("SELECT n FROM numbers", ROWS),
            ("SELECT a.n FROM numbers a, numbers b", ROWS**2),
        ):
            async with connection.stream(text(statement)) as streamed:
                assert sum([1 async for _ in streamed]) == rows
