"""What was handled, sent or given up is forgotten after its days, in portions; the rest stays."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select

from bot import scheduler
from bot.ids import IdMaker
from bot.scheduler import (
    HANDLED_UPDATES_KEPT_DAYS,
    NOTICES_KEPT_DAYS,
    PARKED_UPDATES_KEPT_DAYS,
    Jobs,
)
from domain.entities.notice import STAFF_CHAT, Notice
from domain.usecases.notices.lost import SHOWN_FOR
from storage.engine import Engines
from storage.repositories.inbox import StoredUpdate
from storage.tables import inbox, notice_clients, notices
from storage.work import SqlOpenWork
from tests.storage.records import DAY, NOW


def jobs(open_work: SqlOpenWork, now: Callable[[], datetime] = lambda: NOW) -> Jobs:
    """Return the jobs, of which only the forgetting is asked for."""
    return Jobs(cast("Any", None), cast("Any", None), open_work, now)


def owed(at: datetime, *, recipient: int = 101) -> Notice:
    """Return a notice about two clients."""
    named = [{"client_id": number, "client": "Ann"} for number in (1, 2)]
    return Notice(
        id=IdMaker(lambda: at)(),
        recipient=recipient,
        kind="clients_idle",
        params={"clients": named},
        created_at=at,
    )


async def left(engines: Engines, column: Any) -> list[Any]:  # noqa: ANN401 - of any table
    """Return what stands in a column, read anew."""
    async with engines.reads.connect() as connection:
        return list(await connection.scalars(select(column).order_by(column)))


async def test_notices_are_forgotten_once_they_ended_long_ago(
    engines: Engines, open_work: SqlOpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "PORTION", 2)
    long_ago, of_late = NOW - 40 * DAY, NOW - 20 * DAY
    sent = [owed(long_ago) for _ in range(5)]
    lost, sent_late, lost_late = owed(long_ago), owed(long_ago), owed(long_ago, recipient=102)
    waiting, looked_after = owed(long_ago), owed(long_ago, recipient=STAFF_CHAT)
    fresh = owed(of_late)
    async with open_work(books=False) as work:
        await work.notices.add([*sent, lost, sent_late, lost_late, waiting, looked_after, fresh])
        for notice in sent:
            await work.notices.sent(notice.id, at=long_ago)
        await work.notices.dead(lost.id, at=long_ago, error="blocked")
        await work.notices.sent(sent_late.id, at=of_late)
        await work.notices.dead(lost_late.id, at=of_late, error="blocked")
        await work.notices.dead(looked_after.id, at=long_ago, error="no chat")
        await work.notices.look_after_lost(STAFF_CHAT, at=of_late, again=False)
        await work.notices.sent(fresh.id, at=of_late)
        await work.commit()
    await jobs(open_work).forget_traffic()
    kept = {sent_late.id, lost_late.id, waiting.id, looked_after.id, fresh.id}
    assert set(await left(engines, notices.c.id)) == kept
    assert set(await left(engines, notice_clients.c.notice_id)) == kept


async def test_updates_that_were_given_up_stay_longer_than_handled_ones(
    engines: Engines, open_work: SqlOpenWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "PORTION", 2)
    ages = dict.fromkeys(range(1, 6), PARKED_UPDATES_KEPT_DAYS + 1) | {6: 60, 7: 60, 8: 6}
    async with open_work(books=False) as work:
        rows = [StoredUpdate(update_id=n, speaker="1", body="{}") for n in (*ages, 9)]
        await work.inbox.add(rows, at=NOW - 100 * DAY)
        for number in (1, 2, 3, 6):
            await work.inbox.parked(number, "gave up", at=NOW - ages[number] * DAY)
        for number in (4, 5, 7, 8):
            await work.inbox.handled([number], at=NOW - ages[number] * DAY)
        await work.commit()
    await jobs(open_work).forget_traffic()
    assert await left(engines, inbox.c.update_id) == [6, 8, 9]


async def test_it_happens_once_a_day_whoever_rings(
    engines: Engines, open_work: SqlOpenWork
) -> None:
    async def sent_long_ago() -> None:
        notice = owed(NOW - 50 * DAY)
        async with open_work(books=False) as work:
            await work.notices.add([notice])
            await work.notices.sent(notice.id, at=NOW - 50 * DAY)
            await work.commit()

    await sent_long_ago()
    await jobs(open_work).forget_traffic()
    assert await left(engines, notices.c.id) == []
    await sent_long_ago()
    await jobs(open_work, lambda: NOW + timedelta(hours=1)).forget_traffic()
    assert len(await left(engines, notices.c.id)) == 1
    await jobs(open_work, lambda: NOW + DAY).forget_traffic()
    assert await left(engines, notices.c.id) == []


def test_nothing_goes_that_staff_are_still_shown() -> None:
    assert timedelta(days=NOTICES_KEPT_DAYS) >= SHOWN_FOR
    assert HANDLED_UPDATES_KEPT_DAYS < PARKED_UPDATES_KEPT_DAYS
