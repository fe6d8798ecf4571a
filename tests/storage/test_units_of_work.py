"""Units of work: rolled back by default, one writer of the books, readers that never wait."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import get_type_hints

import pytest
from sqlalchemy import text

from storage.engine import Engines, open_engines
from storage.vault import Vault
from storage.work import SqlOpenWork, SqlWork
from tests.conftest import VAULT_KEY, open_test_engines
from tests.storage.records import NOW, person


async def names_of(open_work: SqlOpenWork) -> list[str]:
    async with open_work.read() as work:
        return [found.name for number in range(1, 60) if (found := await work.people.get(number))]


@pytest.fixture
async def second(database_url: str, new_id: Callable[[], int]) -> AsyncIterator[SqlOpenWork]:
    """Return what another process has: its own engines on the same database."""
    engines = open_test_engines(database_url)
    yield SqlOpenWork(engines, Vault(VAULT_KEY), new_id)
    await engines.close()


@pytest.mark.parametrize("books", [True, False])
async def test_leaving_without_commit_rolls_back(open_work: SqlOpenWork, books: bool) -> None:
    async with open_work(books=books) as work:
        await work.people.keep(person(1), at=NOW)
    assert await names_of(open_work) == []


async def test_an_exception_rolls_back_and_frees_the_turn(open_work: SqlOpenWork) -> None:
    with pytest.raises(ZeroDivisionError):
        await _break(open_work, commit=False)
    async with open_work() as work:
        await work.people.keep(person(2), at=NOW)
        await work.commit()
    assert await names_of(open_work) == ["Person 2"]


async def _break(open_work: SqlOpenWork, *, commit: bool) -> None:
    async with open_work() as work:
        await work.people.keep(person(1), at=NOW)
        if commit:
            await work.commit()
        raise ZeroDivisionError


async def test_a_cancelled_writer_frees_the_turn(open_work: SqlOpenWork) -> None:
    async def write_for_ever() -> None:
        async with open_work() as work:
            await work.people.keep(person(1), at=NOW)
            await asyncio.Event().wait()

    writer = asyncio.create_task(write_for_ever())
    waiting = asyncio.create_task(write_for_ever())
    await asyncio.sleep(0.05)
    waiting.cancel()
    writer.cancel()
    await asyncio.gather(writer, waiting, return_exceptions=True)
    async with asyncio.timeout(2), open_work() as work:
        await work.people.keep(person(2), at=NOW)
        await work.commit()
    assert await names_of(open_work) == ["Person 2"]


async def test_what_was_committed_is_told_and_nothing_else(
    engines: Engines, new_id: Callable[[], int]
) -> None:
    told: list[int] = []
    open_work = SqlOpenWork(
        engines, Vault(VAULT_KEY), new_id, on_commit=lambda: told.append(len(told))
    )
    async with open_work.read():
        pass
    async with open_work() as work:
        await work.people.keep(person(1), at=NOW)
    assert told == []
    async with open_work() as work:
        await work.people.keep(person(1), at=NOW)
        await work.commit()
        assert told == []
    assert told == [0]
    with pytest.raises(ZeroDivisionError):
        await _break(open_work, commit=True)
    assert told == [0, 1]
    async with open_work() as work:
        work.owes_nothing = True
        await work.people.keep(person(2), at=NOW)
        await work.commit()
    assert told == [0, 1]


async def test_a_reader_waits_for_no_writer_and_sees_nothing_unfinished(
    open_work: SqlOpenWork, second: SqlOpenWork
) -> None:
    async with open_work() as work:
        await work.people.keep(person(1), at=NOW)
        async with asyncio.timeout(1):
            assert await names_of(open_work) == []
            assert await names_of(second) == []
        await work.commit()
    assert await names_of(second) == ["Person 1"]


async def test_writers_of_one_process_queue(open_work: SqlOpenWork) -> None:
    inside = 0

    async def write(number: int) -> None:
        nonlocal inside
        async with open_work() as work:
            inside += 1
            assert inside == 1
            known = await work.people.get(1)
            await work.people.keep(person(1, name=f"{known.name if known else ''}+"), at=NOW)
            await asyncio.sleep(0)
            inside -= 1
            await work.commit()

    await asyncio.gather(*(write(number) for number in range(20)))
    assert await names_of(open_work) == ["+" * 20]


async def test_writers_of_two_processes_queue(open_work: SqlOpenWork, second: SqlOpenWork) -> None:
    """Read, decide, write: without one lock over both processes half of it would be lost."""

    async def count(opened: SqlOpenWork) -> None:
        for _ in range(10):
            async with opened() as work:
                standing = await work.settings.get("count") or "0"
                await asyncio.sleep(0)
                await work.settings.put("count", str(int(standing) + 1))
                await work.commit()

    await asyncio.gather(count(open_work), count(second))
    async with open_work.read() as work:
        assert await work.settings.get("count") == "20"


async def test_a_writer_that_spares_the_books_waits_for_none_on_postgresql(
    engines: Engines, open_work: SqlOpenWork
) -> None:
    async with open_work():
        writing = asyncio.create_task(_keep_person(open_work, 1, books=False))
        done, _ = await asyncio.wait([writing], timeout=0.5)
        assert bool(done) is engines.is_postgresql
    await writing
    assert await names_of(open_work) == ["Person 1"]


async def _keep_person(open_work: SqlOpenWork, number: int, *, books: bool) -> None:
    async with open_work(books=books) as work:
        await work.people.keep(person(number), at=NOW)
        await work.commit()


async def test_many_presses_at_once_all_end_well(open_work: SqlOpenWork) -> None:
    await asyncio.gather(
        *(_keep_person(open_work, number, books=number % 2 == 0) for number in range(1, 51)),
        *(names_of(open_work) for _ in range(10)),
    )
    assert len(await names_of(open_work)) == 50


async def test_sqlite_survives_a_power_cut_after_each_commit(sqlite_url: str) -> None:
    engines = open_engines(sqlite_url)
    for engine in (engines.reads, engines.writes):
        async with engine.connect() as connection:
            found = {
                name: await connection.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    await engines.close()


async def test_every_repository_of_a_unit_is_there_when_it_is_asked_for(
    open_work: SqlOpenWork,
) -> None:
    wanted = get_type_hints(SqlWork)
    assert len(wanted) > 40
    async with open_work.read() as work:
        for name, kind in wanted.items():
            assert type(getattr(work, name)) is kind
            assert getattr(work, name) is getattr(work, name)
        with pytest.raises(AttributeError):
            work.nothing_of_that_name  # noqa: B018 - looking is the test
