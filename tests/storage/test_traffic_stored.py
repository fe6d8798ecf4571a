"""What comes in: events and updates; forms in progress, and small kept facts."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from domain.entities.event import EventConflict, EventError, EventStatus
from storage.engine import Engines
from storage.repositories.inbox import StoredUpdate
from storage.work import SqlOpenWork, SqlWork
from tests.storage.records import DAY, NOW, event

SECOND = timedelta(seconds=1)


@pytest.fixture
async def work(open_work: SqlOpenWork) -> AsyncIterator[SqlWork]:
    async with open_work() as opened:
        yield opened


# Events


async def test_an_event_comes_back_as_it_was_accepted(work: SqlWork) -> None:
    error = EventError(code="category", field="data.category", message="the program has no rate")
    parked = event(
        "e-2",
        data='{"name":"Зоя"}',
        status=EventStatus.PARKED,
        error=error,
        waits_for="staff:category",
    )
    applied = event("e-1", reason="no_click", applied_at=NOW)
    await work.events.add([applied, parked])
    assert await work.reports.event("e-1") == applied
    assert await work.reports.event("e-2") == parked
    assert await work.reports.event("e-3") is None
    mended = replace(
        parked, status=EventStatus.APPLIED, error=None, waits_for=None, applied_at=NOW + DAY
    )
    await work.events.update([replace(mended, data="other", fact="other")])
    assert await work.reports.event("e-2") == mended


async def test_events_are_found_by_id_and_by_fact_unless_rejected(work: SqlWork) -> None:
    error = EventError(code="conflict", field=None, message="said otherwise")
    rows = [
        event("a", fact="payment:1"),
        event("b", fact="payment:2", status=EventStatus.REJECTED, error=error),
        event("c", fact="payment:3", status=EventStatus.PARKED, error=error, waits_for="client:9"),
    ]
    await work.events.add(rows)

    async def found(ids: list[str], facts: list[str]) -> list[str]:
        return sorted(row.id for row in await work.events.by_id_or_fact(ids, facts))

    assert await found(["a", "b"], []) == ["a", "b"]
    assert await found([], ["payment:1", "payment:2", "payment:3"]) == ["a", "c"]
    assert await found(["b"], ["payment:3"]) == ["b", "c"]
    assert await found([], []) == []


async def test_parked_events_are_found_by_what_they_wait_for(work: SqlWork) -> None:
    def parked(name: str, cause: str) -> object:
        error = EventError(code="x", field=None, message="x")
        return event(name, status=EventStatus.PARKED, error=error, waits_for=cause)

    causes = {"a": "client:1", "b": "client:1", "c": "payment:1", "d": "staff:x", "e": "staff:y"}
    await work.events.add([event("done"), *(parked(*item) for item in causes.items())])
    found = await work.events.parked_for(["client:1", "payment:1"])
    assert sorted(row.id for row in found) == ["a", "b", "c"]
    assert await work.events.parked_for([]) == []


async def test_what_was_reported_can_be_rewritten(work: SqlWork) -> None:
    error = EventError(code="conflict", field=None, message="said otherwise")
    rejected = event("b", fact="client:1", status=EventStatus.REJECTED, error=error)
    await work.events.add([event("a", fact="client:1"), rejected, event("c", fact="client:2")])
    assert sorted(row.id for row in await work.events.about(["client:1"])) == ["a", "b"]
    await work.events.rewrite({"a": '{"name":"—"}', "b": "{}"})
    await work.events.rewrite({})
    found = {row.id: row for row in await work.events.about(["client:1", "client:2"])}
    assert found == {
        "a": event("a", fact="client:1", data='{"name":"—"}'),
        "b": rejected,
        "c": event("c", fact="client:2"),
    }


async def test_second_bodies_are_kept_beside(engines: Engines, open_work: SqlOpenWork) -> None:
    conflict = EventConflict(id=5, event_id="a", kind="k", data='{"x":1}', received_at=NOW)
    async with open_work() as work:
        await work.events.add_conflicts([conflict])
        await work.commit()
    async with engines.reads.connect() as connection:
        rows = await connection.execute(text("SELECT id, event_id, data FROM event_conflicts"))
        assert [tuple(row) for row in rows] == [(5, "a", '{"x":1}')]


# Small kept facts


async def test_settings(work: SqlWork) -> None:
    assert await work.settings.get("chat") is None
    await work.settings.put("chat", "1")
    await work.settings.put("chat", "2")
    assert await work.settings.get("chat") == "2"
    assert await work.settings.put_once("chat", "3") == "2"
    assert await work.settings.put_once("salt", "x") == "x"


async def test_a_period_of_a_job_is_done_once(open_work: SqlOpenWork) -> None:
    async def run(period: str) -> bool:
        async with open_work(books=False) as work:
            is_mine = await work.jobs.claim("tiers", period, at=NOW)
            await work.commit()
            return is_mine

    assert sum(await asyncio.gather(*(run("2026-03") for _ in range(5)))) == 1
    assert await run("2026-04")


async def test_the_audit_trail(engines: Engines, open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.audit.add(
            at=NOW,
            actor=7,
            role="owner",
            action="payout_settled",
            subject="payout:1",
            details={"від": "approved", "n": 1},
        )
        await work.commit()
    async with engines.reads.connect() as connection:
        row = (await connection.execute(text("SELECT * FROM audit"))).one()
    assert (row.actor, row.role, row.action, row.subject) == (
        7,
        "owner",
        "payout_settled",
        "payout:1",
    )
    assert json.loads(row.details) == {"від": "approved", "n": 1}


# Updates and forms


def update(number: int, **but: object) -> StoredUpdate:
    values = {"update_id": number, "speaker": "101", "body": f'{{"text": "№ {number}"}}'}
    return StoredUpdate(**values | but)


async def test_an_update_is_kept_once(work: SqlWork) -> None:
    assert await work.inbox.add([update(1), update(2), update(2)], at=NOW) == {1, 2}
    assert await work.inbox.add([update(2, body="other"), update(3)], at=NOW) == {3}
    assert await work.inbox.add([update(2)], at=NOW) == set()
    assert await work.inbox.add([], at=NOW) == set()
    found = await work.inbox.open_ones(received_before=NOW, limit=9)
    assert found == [update(1), update(2), update(3)]
    assert await work.inbox.open_ones(received_before=NOW - SECOND, limit=9) == []
    assert await work.inbox.open_ones(received_before=NOW, limit=1) == [update(1)]


async def test_an_update_ends_handled_or_parked(work: SqlWork) -> None:
    await work.inbox.add([update(number) for number in range(1, 5)], at=NOW)
    await work.inbox.handled([1, 2], at=NOW)
    await work.inbox.failed(3, "boom")
    await work.inbox.failed(3, "boom")
    await work.inbox.parked(4, "boom", at=NOW)
    assert await work.inbox.open_ones(received_before=NOW, limit=9) == [update(3, attempts=2)]
    assert await work.inbox.forget(handled_before=NOW, limit=9) == 0
    assert await work.inbox.forget(handled_before=NOW + SECOND, limit=9) == 2
    assert await work.inbox.add([update(1), update(4)], at=NOW) == {1}


async def _put(work: SqlWork, state: str | None, data: dict[str, Any], update_id: int) -> None:
    await work.conversations.put("101", state, data, update_id=update_id, at=NOW)


async def test_forms_in_progress(work: SqlWork) -> None:
    assert await work.conversations.get("101") == (None, {})
    await _put(work, "amount", {"account": "UA21"}, 1)
    await _put(work, "confirm", {"account": "UA22", "n": 1}, 2)
    assert await work.conversations.get("101") == ("confirm", {"account": "UA22", "n": 1})
    await _put(work, None, {}, 3)
    assert await work.conversations.get("101") == (None, {})


async def test_a_form_goes_back_to_where_it_stood_before_an_update(work: SqlWork) -> None:
    await _put(work, "amount", {}, 1)
    await _put(work, "account", {"minor": 50}, 2)
    await _put(work, "account", {"minor": 50, "currency": "USD"}, 2)
    await work.conversations.rewind(2)
    assert await work.conversations.get("101") == ("amount", {})
    await _put(work, "account", {"minor": 60}, 2)
    await _put(work, "confirm", {"minor": 60, "account": "UA21"}, 3)
    await work.conversations.rewind(2)
    assert await work.conversations.get("101") == ("confirm", {"minor": 60, "account": "UA21"})


async def test_forms_that_ended_long_ago_are_forgotten(work: SqlWork) -> None:
    await _put(work, None, {}, 1)
    await work.conversations.forget(updated_before=NOW)
    await _put(work, "amount", {}, 2)
    await work.conversations.forget(updated_before=NOW + timedelta(days=1))
    assert (await work.conversations.get("101"))[0] == "amount"
