"""Whether a process may be sent work: what decides it, and what is only told."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

import bot.readiness
from bot.readiness import ReadinessCheck
from bot.replica import Replica
from storage.engine import Engines, open_engines
from tests.bot.asking import readyz, report
from tests.faults.process import until
from tests.journeys.world import start_world

REVISION = "UPDATE alembic_version SET version_num = '{}'"


async def change(engines: Engines, statement: str) -> None:
    async with engines.writes.begin() as connection:
        await connection.execute(text(statement))


def checking(engines: Engines) -> ReadinessCheck:
    """Check these engines, from a place among the replicas; Telegram is away."""
    check = ReadinessCheck(engines, Replica(engines))
    if engines.is_postgresql:
        check.replica._joined.set()
    return check


async def test_a_newer_schema_leaves_a_running_process_at_work(
    tmp_path: Path, database_url: str
) -> None:
    async with start_world(tmp_path, database_url=database_url) as world:
        ann = await world.partner("Ann")
        assert (await readyz(world.web_url)).details["schema"] == "current"
        await change(world.product.engines, REVISION.format("9999"))
        told = await readyz(world.web_url)
        assert (told.status, told.reasons, told.details["schema"]) == (200, [], "ahead")
        answer = await report(
            world.web_url, "evt-1", "client.registered", client_id="bill-1", name="Carla"
        )
        assert answer == (200, "applied")
        await ann.sends("/menu")
        await ann.presses("My link")
        await ann.sees("r_")


@pytest.mark.parametrize(
    ("statement", "state"),
    [("DELETE FROM alembic_version", "empty"), (REVISION.format("0001"), "behind")],
)
async def test_a_schema_without_what_this_version_needs_is_a_reason(
    engines: Engines, statement: str, state: str
) -> None:
    check = checking(engines)
    assert (await check()).ok
    await change(engines, statement)
    told = await check()
    assert told.reasons == (f"the database schema is {state}; run migrate",)
    assert told.details["schema"] == state


async def test_a_database_that_is_away_is_a_reason(tmp_path: Path) -> None:
    """A folder is no database, and nobody listens at port 9."""
    for url in (f"sqlite+aiosqlite:///{tmp_path}", "postgresql+asyncpg://bot@127.0.0.1:9/bot"):
        engines = open_engines(url)
        check = checking(engines)
        told = await check()
        await engines.close()
        [reason] = told.reasons
        assert reason.startswith("the database does not answer: ")
        assert told.details["schema"] is None
    await until(no_driver_is_left, within_seconds=20)


async def no_driver_is_left() -> bool:
    """The thread of a connection that could not be opened ends a moment later."""
    return not [one for one in threading.enumerate() if "_connection_worker" in one.name]


async def test_a_locked_database_is_told_soon_and_again_when_it_answers(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.readiness, "ANSWER_SECONDS", 0.2)
    engines = open_engines(postgresql_url)
    check = checking(engines)
    async with engines.writes.connect() as other:
        await other.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        async with asyncio.timeout(10):
            [reason] = (await check()).reasons
    assert reason.startswith("the database does not answer: ")
    assert (await check()).ok
    await engines.close()


async def test_a_writer_of_another_process_is_no_reason(sqlite_url: str) -> None:
    engines = open_engines(sqlite_url)
    check = checking(engines)
    other = sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert (await check()).ok
    other.close()
    await engines.close()


async def test_who_has_no_place_among_the_replicas_is_not_ready(postgresql_url: str) -> None:
    engines = open_engines(postgresql_url)
    check = checking(engines)
    check.replica._joined.clear()
    [reason] = (await check()).reasons
    await engines.close()
    assert reason.startswith("the process has no place among the replicas")


async def test_who_stops_is_not_ready(engines: Engines) -> None:
    check = checking(engines)
    check.is_stopping = True
    assert (await check()).reasons == ("the process is stopping",)
