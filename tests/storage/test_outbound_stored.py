"""Webhooks owed: order within a subject, leases, giving up, nothing where none are wanted."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.entities.outbound import OutboundCounts, OutboundEvent
from storage.engine import Engines
from storage.vault import Vault
from storage.work import SqlOpenWork, SqlWork
from tests.conftest import VAULT_KEY
from tests.storage.records import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def open_telling(engines: Engines, new_id: Callable[[], int]) -> SqlOpenWork:
    return SqlOpenWork(engines, Vault(VAULT_KEY), new_id, tells_vendor=True)


@pytest.fixture
async def work(open_telling: SqlOpenWork) -> AsyncIterator[SqlWork]:
    async with open_telling() as opened:
        yield opened


def owed(number: int, subject: str | None = None, **changes: object) -> OutboundEvent:
    event = OutboundEvent(
        id=number,
        type="payout.done",
        data={"amount": "1.50", "comment": "дякую"},
        created_at=NOW,
        subject=subject,
    )
    return replace(event, **changes)  # type: ignore[arg-type]


async def claim(work: SqlWork, *, after_seconds: float = 0, limit: int = 9) -> list[int]:
    """Return what may be sent now; a lease lasts a minute."""
    now = NOW + after_seconds * SECOND
    found = await work.outbound.claim(now=now, lease_until=now + 60 * SECOND, limit=limit)
    return [event.id for event in found]


async def test_an_event_comes_back_with_its_facts(work: SqlWork) -> None:
    event = owed(1, "payout:7", client_id=5)
    await work.outbound.add([event])
    found = await work.outbound.claim(now=NOW, lease_until=NOW + SECOND, limit=1)
    assert found == [replace(event, attempts=1, tried_since=NOW)]
    again = NOW + 9 * SECOND
    assert await work.outbound.claim(now=again, lease_until=again + SECOND, limit=1) == [
        replace(event, attempts=2, tried_since=NOW)
    ]


async def test_a_subject_keeps_its_order_and_holds_up_nobody_else(work: SqlWork) -> None:
    await work.outbound.add(
        [owed(1, "a"), owed(2, "a"), owed(3, "b"), owed(4), owed(5), owed(6, "b")]
    )
    assert await claim(work) == [1, 3, 4, 5]
    assert await claim(work) == []
    await work.outbound.delivered(1, at=NOW)
    await work.outbound.give_up(3, at=NOW, error="410")
    assert await claim(work) == [2, 6]
    await work.outbound.postpone(2, until=NOW + 10 * SECOND, error="500")
    assert await claim(work, after_seconds=9) == []
    assert await claim(work, after_seconds=10) == [2]


async def test_a_sender_that_dies_gives_its_events_back(work: SqlWork) -> None:
    await work.outbound.add([owed(1, "a"), owed(2, "a")])
    assert await claim(work, limit=1) == [1]
    assert await claim(work, after_seconds=59) == []
    assert await claim(work, after_seconds=60) == [1]


async def test_what_was_delivered_meanwhile_is_not_opened_again(work: SqlWork) -> None:
    await work.outbound.add([owed(1)])
    assert await claim(work) == [1]
    await work.outbound.delivered(1, at=NOW)
    await work.outbound.postpone(1, until=NOW, error="timeout of a sender that was late")
    await work.outbound.give_up(1, at=NOW, error="so late")
    assert await claim(work, after_seconds=99) == []
    assert await work.outbound.counts() == OutboundCounts(waiting=0, undelivered=0)


async def test_given_up_events_are_listed_counted_and_sent_again(work: SqlWork) -> None:
    await work.outbound.add([owed(number) for number in range(1, 5)])
    await claim(work)
    for number in (1, 2, 3):
        await work.outbound.give_up(number, at=NOW, error="status 500")
    assert await work.outbound.counts() == OutboundCounts(waiting=1, undelivered=3)
    page = await work.outbound.undelivered(after=1, limit=5)
    assert [(event.id, event.error) for event in page] == [(2, "status 500"), (3, "status 500")]
    assert await work.outbound.retry(4, at=NOW) == 0
    assert await work.outbound.retry(2, at=NOW) == 1
    again = await work.outbound.claim(now=NOW, lease_until=NOW + SECOND, limit=9)
    assert [(event.id, event.attempts) for event in again] == [(2, 1)]
    assert await work.outbound.retry(None, at=NOW) == 2
    assert await work.outbound.counts() == OutboundCounts(waiting=4, undelivered=0)


async def test_nothing_is_written_where_the_vendor_wants_none(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.outbound.add([owed(1)])
        assert await work.outbound.counts() == OutboundCounts(waiting=0, undelivered=0)


async def test_a_client_is_erased_from_its_events_only(work: SqlWork) -> None:
    told = {"client_id": "c-1", "name": "Ada", "phone": "+1"}
    await work.outbound.add(
        [owed(1, client_id=5, data=told), owed(2, client_id=6, data=told), owed(3)]
    )
    await work.outbound.rename_client(5, {"name": "—", "phone": None, "email": None})
    found = await work.outbound.claim(now=NOW, lease_until=NOW + SECOND, limit=9)
    assert [event.data for event in found] == [
        {"client_id": "c-1", "name": "—", "phone": None},
        told,
        owed(3).data,
    ]


async def test_what_was_delivered_long_ago_is_forgotten(work: SqlWork) -> None:
    await work.outbound.add([owed(1), owed(2), owed(3)])
    await work.outbound.delivered(1, at=NOW)
    await work.outbound.delivered(2, at=NOW + SECOND)
    await work.outbound.forget(delivered_before=NOW + SECOND, limit=9)
    await work.outbound.delivered(3, at=NOW)
    assert await work.outbound.counts() == OutboundCounts(waiting=0, undelivered=0)
    await work.outbound.forget(delivered_before=NOW + 9 * SECOND, limit=9)
    assert await claim(work, after_seconds=99) == []
