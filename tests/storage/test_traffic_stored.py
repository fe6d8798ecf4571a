"""What comes in and goes out: events, updates, notices, cards, and small kept facts."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.entities.event import EventConflict, EventError, EventStatus
from storage.engine import Engines
from storage.repositories.inbox import StoredUpdate
from storage.vault import Vault
from storage.work import SqlOpenWork, SqlWork
from tests.conftest import VAULT_KEY, open_test_engines
from tests.storage.records import DAY, NOW, event, notice

SECOND = timedelta(seconds=1)
LEASE = NOW + timedelta(minutes=1)


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

    async def page(after: str) -> list[str]:
        return [row.id for row in await work.events.parked_for_staff(after=after, limit=1)]

    assert [await page(""), await page("d"), await page("e")] == [["d"], ["e"], []]


async def test_second_bodies_are_kept_beside(engines: Engines, open_work: SqlOpenWork) -> None:
    conflict = EventConflict(id=5, event_id="a", kind="k", data='{"x":1}', received_at=NOW)
    async with open_work() as work:
        await work.events.add_conflicts([conflict])
        await work.commit()
    async with engines.reads.connect() as connection:
        rows = await connection.execute(text("SELECT id, event_id, data FROM event_conflicts"))
        assert [tuple(row) for row in rows] == [(5, "a", '{"x":1}')]


# Notices


async def claim(
    work: SqlWork, *, after_seconds: float = 0, limit: int = 9
) -> list[tuple[int, int]]:
    """Return recipient and id of what may be sent now; a lease lasts a minute."""
    now = NOW + after_seconds * SECOND
    found = await work.notices.claim(now=now, lease_until=now + 60 * SECOND, limit=limit)
    return [(row.recipient, row.id) for row in found]


async def test_a_notice_comes_back_with_its_facts(work: SqlWork) -> None:
    await work.notices.add([notice(1)])
    assert await work.notices.claim(now=NOW, lease_until=LEASE, limit=1) == [notice(1)]


async def test_each_recipient_gets_one_message_at_a_time_in_order(work: SqlWork) -> None:
    await work.notices.add(
        [notice(4, 102), notice(1, 101), notice(2, 101), notice(3, 103), notice(5, 102)]
    )
    assert await claim(work) == [(101, 1), (103, 3), (102, 4)]
    assert await claim(work) == []
    await work.notices.sent(1, at=NOW)
    await work.notices.dead(4, at=NOW, error="blocked")
    assert await claim(work) == [(101, 2), (102, 5)]
    await work.notices.sent(2, at=NOW)
    assert await claim(work, after_seconds=61) == [(103, 3), (102, 5)]


async def test_a_sender_that_dies_gives_its_messages_back(work: SqlWork) -> None:
    await work.notices.add([notice(1), notice(2)])
    assert await claim(work) == [(101, 1)]
    assert await claim(work, after_seconds=59) == []
    assert await claim(work, after_seconds=60) == [(101, 1)]
    found = await work.notices.claim(
        now=NOW + 200 * SECOND, lease_until=NOW + 300 * SECOND, limit=1
    )
    assert [row.attempts for row in found] == [2]


async def test_a_postponed_message_holds_back_the_next_ones(work: SqlWork) -> None:
    await work.notices.add([notice(1), notice(2)])
    assert await claim(work) == [(101, 1)]
    await work.notices.postpone(1, until=NOW + 10 * SECOND, error="flood")
    assert await claim(work, after_seconds=9) == []
    assert await claim(work, after_seconds=10) == [(101, 1)]


async def test_a_batch_is_limited_and_oldest_first(work: SqlWork) -> None:
    await work.notices.add([notice(number, 100 + number) for number in range(9, 0, -1)])
    assert await claim(work, limit=2) == [(101, 1), (102, 2)]
    assert await claim(work, limit=2) == [(103, 3), (104, 4)]


async def test_future_notices_wait(work: SqlWork) -> None:
    await work.notices.add([notice(1, created_at=NOW + SECOND)])
    assert await claim(work) == []
    assert await claim(work, after_seconds=1) == [(101, 1)]


async def test_two_senders_never_take_the_same_message(
    database_url: str, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    other_engines = open_test_engines(database_url)
    other = SqlOpenWork(other_engines, Vault(VAULT_KEY), new_id)
    async with open_work() as work:
        await work.notices.add([notice(number, 100 + number % 10) for number in range(1, 41)])
        await work.commit()
    taken: list[int] = []

    async def send(opened: SqlOpenWork) -> None:
        for _ in range(60):
            async with opened(books=False) as work:
                found = await claim(work, limit=3)
                await asyncio.sleep(0)
                for _, number in found:
                    await work.notices.sent(number, at=NOW)
                    taken.append(number)
                await work.commit()

    await asyncio.gather(send(open_work), send(other), send(other))
    assert sorted(taken) == list(range(1, 41))
    by_recipient = {rest: [n for n in taken if n % 10 == rest] for rest in range(10)}
    assert all(numbers == sorted(numbers) for numbers in by_recipient.values())
    await other_engines.close()


async def test_what_one_sender_holds_another_skips_without_waiting(
    postgresql_url: str, new_id: Callable[[], int]
) -> None:
    engines = open_test_engines(postgresql_url)
    open_work = SqlOpenWork(engines, Vault(VAULT_KEY), new_id)
    async with open_work(books=False) as work:
        await work.notices.add([notice(1, 101), notice(2, 102), notice(3, 103)])
        await work.commit()
    async with open_work(books=False) as first, open_work(books=False) as second:
        assert await claim(first, limit=2) == [(101, 1), (102, 2)]
        async with asyncio.timeout(2):
            assert await claim(second) == [(103, 3)]
    await engines.close()


async def test_cards_are_remembered(work: SqlWork) -> None:
    assert await work.notices.card("payout:1") is None
    await work.notices.keep_card("payout:1", -1001234567890, 5)
    await work.notices.keep_card("payout:1", -1001234567890, 6)
    assert await work.notices.card("payout:1") == (-1001234567890, 6)


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
    assert await work.inbox.forget(handled_before=NOW) == 0
    assert await work.inbox.forget(handled_before=NOW + SECOND) == 2
    assert await work.inbox.add([update(1), update(4)], at=NOW) == {1}


async def test_forms_in_progress(work: SqlWork) -> None:
    assert await work.conversations.get("101") == (None, {})
    await work.conversations.put("101", "amount", {"account": "UA21"}, at=NOW)
    await work.conversations.put("101", "confirm", {"account": "UA22", "n": 1}, at=NOW)
    assert await work.conversations.get("101") == ("confirm", {"account": "UA22", "n": 1})
    await work.conversations.put("101", None, {}, at=NOW)
    assert await work.conversations.get("101") == (None, {})
