"""Reads that follow each other at once share a connection; no wait and no write is read past."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Engines
from storage.idle import Reading
from storage.work import SqlOpenWork
from tests.storage.records import NOW, person


async def _read(engines: Engines) -> AsyncConnection:
    async with Reading(engines.idle) as connection:
        assert connection.in_transaction()
        return connection


async def _name(open_work: SqlOpenWork, number: int = 1) -> str | None:
    async with open_work.read() as work:
        found = await work.people.get(number)
    return found.name if found else None


async def test_the_next_read_of_a_task_goes_on_with_its_connection(engines: Engines) -> None:
    first = await _read(engines)
    assert await _read(engines) is first
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert first.closed
    assert await _read(engines) is not first


async def test_reads_inside_each_other_and_of_other_tasks_have_their_own(engines: Engines) -> None:
    async with Reading(engines.idle) as outer:
        async with Reading(engines.idle) as inner:
            assert inner is not outer
        beside = asyncio.create_task(_read(engines))
        assert await beside not in (outer, inner)
    last = await _read(engines)
    assert last is outer


async def test_what_another_has_committed_during_a_wait_is_read(
    open_work: SqlOpenWork, engines: Engines
) -> None:
    assert await _name(open_work) is None
    other = asyncio.create_task(_keep(open_work, 1))
    await other
    assert await _name(open_work) == "Person 1"


async def test_a_task_reads_what_it_wrote_itself(open_work: SqlOpenWork) -> None:
    for number in range(1, 4):
        assert await _name(open_work, number) is None
        await _keep(open_work, number)
        assert await _name(open_work, number) == f"Person {number}"


async def _keep(open_work: SqlOpenWork, number: int) -> None:
    async with open_work() as work:
        await work.people.keep(person(number), at=NOW)
        await work.commit()


async def test_a_failed_read_gives_its_connection_back_at_once(engines: Engines) -> None:
    with pytest.raises(ZeroDivisionError):
        async with Reading(engines.idle) as connection:
            raise ZeroDivisionError
    assert connection.closed
    assert await _read(engines) is not connection


async def test_more_readers_than_connections_all_read(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    await _keep(open_work, 1)

    async def reads() -> list[str | None]:
        names = []
        for _ in range(3):
            names.append(await _name(open_work))
            await asyncio.sleep(0)
        return names

    async with asyncio.timeout(20):
        found = await asyncio.gather(*(reads() for _ in range(60)))
    assert found == [["Person 1"] * 3] * 60
