"""The outbox: each recipient's messages in order, each sent by one sender."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.entities.notice import Notice
from storage.tables import notices
from storage.vault import Vault
from storage.work import SqlOpenWork, SqlWork
from tests.conftest import VAULT_KEY, open_test_engines
from tests.storage.records import NOW, notice

SECOND = timedelta(seconds=1)
LEASE = NOW + timedelta(minutes=1)


@pytest.fixture
async def work(open_work: SqlOpenWork) -> AsyncIterator[SqlWork]:
    async with open_work() as opened:
        yield opened


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


async def test_what_somebody_wrote_is_sealed_in_a_message(work: SqlWork) -> None:
    written = replace(notice(1), params={"number": 7, "text": "My passport is 4512"})
    await work.notices.add([written, notice(2)])
    rows = await work._connection.execute(select(notices.c.params).order_by(notices.c.id))
    kept = [str(row.params) for row in rows]
    assert "4512" not in kept[0]
    assert "'number': 7" in kept[0]
    assert kept[1] == str(notice(2).params)
    assert await work.notices.claim(now=NOW, lease_until=LEASE, limit=1) == [written]


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


async def test_a_client_loses_its_name_in_every_message(work: SqlWork) -> None:
    def about(number: int, recipient: int, client_id: int, name: str) -> Notice:
        return notice(number, recipient, params={"client": name, "client_id": client_id})

    await work.notices.add(
        [about(1, 101, 5, "Зоя"), about(2, 102, 55, "Ян"), about(3, 103, 5, "Зоя"), notice(4, 104)]
    )
    await work.notices.rename_client(5, "—")
    found = await work.notices.claim(now=NOW, lease_until=LEASE, limit=9)
    assert list(found) == [
        about(1, 101, 5, "—"),
        about(2, 102, 55, "Ян"),
        about(3, 103, 5, "—"),
        notice(4, 104),
    ]


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
