"""Replicas change the same rows at the same time in one order: nobody waits crosswise."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Table, select, text

from domain.entities.notice import Notice
from storage.engine import Engines, open_engines
from storage.repositories.inbox import StoredUpdate
from storage.tables import lanes, notices
from storage.vault import Vault
from storage.work import SqlOpenWork, SqlWork
from tests.conftest import VAULT_KEY
from tests.faults.process import until
from tests.storage.records import NOW

ROUNDS = 20
MINE, OTHER = 8, 9
LATER = NOW + timedelta(minutes=1)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
async def shared(postgresql_url: str) -> AsyncIterator[Engines]:
    """Return the engines of a PostgreSQL database."""
    engines = open_engines(postgresql_url)
    yield engines
    await engines.close()


@pytest.fixture
def replica(shared: Engines, new_id: Callable[[], int]) -> SqlOpenWork:
    return SqlOpenWork(shared, Vault(VAULT_KEY), new_id)


async def wait(shared: Engines, number: int) -> None:
    """Wait until so many wait for a lock."""

    async def do_wait() -> bool:
        async with shared.reads.connect() as connection:
            return await connection.scalar(text(WAITING)) == number

    await until(do_wait, within_seconds=20, every_seconds=0.02)


async def test_two_store_the_same_updates_in_opposite_order(replica: SqlOpenWork) -> None:
    kept = 0
    for number in range(ROUNDS):
        updates = [
            StoredUpdate(update_id=number * 10 + n, speaker=str(n), body="{}") for n in range(8)
        ]

        async def store(given: list[StoredUpdate], holder: int) -> int:
            async with replica(books=False) as work:
                fresh = await work.inbox.add(given, at=NOW)
                await work.lanes.begin(sorted(row.speaker for row in given), holder=holder)
                await work.commit()
            return len(fresh)

        both = store(updates, MINE), store(updates[::-1], OTHER)
        kept += sum(await asyncio.gather(*both))
    assert kept == ROUNDS * 8


async def test_who_gives_up_lanes_and_who_stores_for_them_never_wait_crosswise(
    replica: SqlOpenWork, shared: Engines
) -> None:
    async with replica(books=False) as work:
        await work.lanes.begin(["a", "b"], holder=MINE)
        await work.lanes.begin(["a"], holder=OTHER)
        await work.commit()

    async def store() -> set[str]:
        async with replica(books=False) as other:
            begun = await other.lanes.begin(["a", "b"], holder=OTHER)
            await other.commit()
        return begun

    async with replica(books=False) as work:
        # In the lane of a something waits, so it goes on; that of b is left.
        assert await work.lanes.leave({"a": MINE, "b": MINE}) == {"b"}
        storing = asyncio.create_task(store())
        await wait(shared, 1)
        assert await work.lanes.go_on("a", holder=MINE)
        await work.commit()
    assert await storing == {"b"}


async def test_a_lane_for_which_somebody_stores_is_not_left(
    replica: SqlOpenWork, shared: Engines
) -> None:
    async with replica(books=False) as work:
        await work.lanes.begin(["a", "b"], holder=MINE)
        await work.commit()

    async def leave() -> set[str]:
        async with replica(books=False) as own:
            left = await own.lanes.leave({"b": MINE, "a": MINE, "c": MINE})
            await own.commit()
        return left

    async with replica(books=False) as work:
        assert await work.lanes.begin(["a"], holder=OTHER) == set()
        leaving = asyncio.create_task(leave())
        await wait(shared, 1)
        await work.commit()
    assert await leaving == {"b"}


async def two_lanes(work: SqlWork) -> None:
    await work.lanes.begin(["2"], holder=MINE)
    await work.lanes.begin(["1"], holder=MINE)


async def hand_lanes_back(work: SqlWork) -> None:
    await work.lanes.hand_back(holder=MINE)


async def two_notices(work: SqlWork) -> None:
    notice = Notice(id=1, recipient=7, kind="welcome", params={}, created_at=NOW)
    await work.notices.add([replace(notice, id=2)])
    await work.notices.add([notice])


async def two_that_sleep(work: SqlWork) -> None:
    await two_notices(work)
    for number in (1, 2):
        await work.notices.sleep(number, until=LATER)


async def wake_notices(work: SqlWork) -> None:
    await work.notices.wake(7, at=NOW)


async def two_that_were_lost(work: SqlWork) -> None:
    await two_notices(work)
    for number in (1, 2):
        await work.notices.dead(number, at=NOW, error="blocked")


async def send_lost_ones_again(work: SqlWork) -> None:
    await work.notices.look_after_lost(7, at=NOW, again=True)


async def forget_notices(work: SqlWork) -> None:
    await work.notices.forget_recipient(7)


Act = Callable[[SqlWork], Awaitable[None]]


@pytest.mark.parametrize(
    ("table", "make", "change"),
    [
        (lanes, two_lanes, hand_lanes_back),
        (notices, two_that_sleep, wake_notices),
        (notices, two_that_were_lost, send_lost_ones_again),
        (notices, two_notices, forget_notices),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
async def test_many_rows_are_locked_in_the_order_of_their_keys(
    table: Table, make: Act, change: Act, replica: SqlOpenWork, shared: Engines
) -> None:
    """The second row lies before the first, and somebody holds it."""
    [key] = table.primary_key.columns
    async with replica(books=False) as work:
        await make(work)
        await work.commit()
    first, second = [type(key.type.python_type())(n) for n in (1, 2)]

    async def do() -> None:
        async with replica(books=False) as other:
            await change(other)
            await other.commit()

    async with shared.writes.connect() as holder, shared.writes.connect() as third:
        locked = select(key).where(key == second).with_for_update()
        assert await holder.scalar(locked) == second
        changing = asyncio.create_task(do())
        await wait(shared, 1)
        free = select(key).where(key == first).with_for_update(skip_locked=True)
        assert await third.scalar(free) is None
        await holder.rollback()
        await changing
