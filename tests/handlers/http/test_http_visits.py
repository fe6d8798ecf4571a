"""The visit buffer: nothing is lost while the database is away, and memory has an end."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from domain.usecases.clicks.follow import Visit
from handlers.http import visits
from handlers.http.visits import VisitBuffer

AT = datetime(2026, 3, 2, tzinfo=UTC)


class Store:
    def __init__(self) -> None:
        self.kept: list[str] = []
        self.calls = 0
        self.is_away = False

    async def __call__(self, visits: Sequence[Visit]) -> None:
        self.calls += 1
        await asyncio.sleep(0)
        if self.is_away:
            raise OSError("away")
        self.kept += [visit.code for visit in visits]


async def test_many_visits_are_one_set() -> None:
    store = Store()
    buffer = VisitBuffer(store)
    running = asyncio.create_task(buffer.run())
    for n in range(500):
        buffer.add(Visit(str(n), AT))
    await asyncio.sleep(0.25)
    assert store.kept == [str(n) for n in range(500)]
    assert store.calls == 1
    buffer.add(Visit("last", AT))
    await buffer.close()
    assert store.kept[-1] == "last"
    running.cancel()


async def test_an_outage_loses_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "FLUSH_SECONDS", 0.01)
    monkeypatch.setattr(visits, "RETRY_SECONDS_MAX", 0.02)
    store = Store()
    store.is_away = True
    buffer = VisitBuffer(store)
    running = asyncio.create_task(buffer.run())
    for n in range(20):
        buffer.add(Visit(str(n), AT))
        await asyncio.sleep(0.005)
    assert store.kept == []
    assert len(buffer) == 20
    store.is_away = False
    await asyncio.sleep(0.1)
    assert store.kept == [str(n) for n in range(20)]
    running.cancel()


async def test_memory_has_an_end() -> None:
    lost: list[None] = []
    store = Store()
    buffer = VisitBuffer(store, on_lost=lambda: lost.append(None), kept_max=10)
    for n in range(15):
        buffer.add(Visit(str(n), AT))
    assert (len(buffer), len(lost)) == (10, 5)
    store.is_away = True
    await buffer.close()
    assert len(buffer) == 10
    store.is_away = False
    await buffer.close()
    assert store.kept == [str(n) for n in range(10)]


async def test_large_sets_are_written_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "SET_SIZE_MAX", 100)
    store = Store()
    buffer = VisitBuffer(store)
    for n in range(250):
        buffer.add(Visit(str(n), AT))
    await buffer.flush()
    assert store.calls == 3
    assert store.kept == [str(n) for n in range(250)]
