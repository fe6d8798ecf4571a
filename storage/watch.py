"""The home of the figures that operators watch: what waits, since when, and the last audit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.queue import QueueKind, QueueLine
from storage.engine import Engines
from storage.repositories.reports.queues import QueueReports
from storage.repositories.settings import SettingRepository
from storage.rows import AnyRow
from storage.tables import book_proofs, inbox, lanes, mails, notices, outbound_events

AUDITED = "books_audited"
"""Name of the setting that keeps when the books were audited last, and what was found."""
_INBOX_OPEN = text("handled_at IS NULL AND parked_at IS NULL")
_OUTBOX_OPEN = text("sent_at IS NULL AND dead_at IS NULL")
_MAILS_OPEN = text("sent_at IS NULL AND undelivered_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits in one place.

    Attributes:
        count: How many.
        oldest_at: Since when the oldest of them waits.
    """

    count: int
    oldest_at: datetime | None

    def age(self, now: datetime) -> float:
        """Return how long the oldest waits, in seconds; 0 when nothing does."""
        return max((now - self.oldest_at).total_seconds(), 0.0) if self.oldest_at else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """The last audit of the books.

    Attributes:
        at: When it began.
        differences: How many it found; 0 is what one wants to see.
        all_at: When the last one began that looked at everything, ``None`` before the first.
    """

    at: datetime
    differences: int
    all_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the database stands.

    Attributes:
        inbox: Updates that were stored and are not settled.
        parked_updates: Updates that were given up.
        outbox: Notices that may be sent now and are not.
        webhooks: Events that the vendor has not taken yet.
        mails: E-mails that wait to be sent.
        lanes: People whose updates are in the hands of a replica.
        waiting: What waits for staff, by kind.
        audited: The last audit, ``None`` before the first.
    """

    inbox: Backlog
    parked_updates: Backlog
    outbox: Backlog
    webhooks: Backlog
    mails: Backlog
    lanes: int
    waiting: Sequence[QueueLine]
    audited: Audited | None


async def read_figures(engines: Engines, now: datetime) -> Figures:
    """Read what operators watch; each question is answered by an index of what is open."""
    async with engines.reads.connect() as connection:
        asleep = or_(notices.c.asleep_until.is_(None), notices.c.asleep_until <= now)
        open_events = and_(
            outbound_events.c.delivered_at.is_(None), outbound_events.c.undelivered_at.is_(None)
        )
        return Figures(
            inbox=await _backlog(connection, _of(inbox.c.received_at).where(_INBOX_OPEN)),
            parked_updates=await _backlog(
                connection, _of(inbox.c.parked_at).where(inbox.c.parked_at.is_not(None))
            ),
            outbox=await _backlog(
                connection, _of(notices.c.created_at).where(_OUTBOX_OPEN, asleep)
            ),
            webhooks=await _backlog(
                connection, _of(outbound_events.c.created_at).where(open_events)
            ),
            mails=await _backlog(connection, _of(mails.c.created_at).where(_MAILS_OPEN)),
            lanes=await connection.scalar(select(func.count()).select_from(lanes)) or 0,
            waiting=await QueueReports(connection).queues(list(QueueKind), now=now),
            audited=await _audited(connection),
        )


def _of(since: Any) -> Select[Any]:  # noqa: ANN401 - a column
    return select(func.count(), func.min(since))


async def _backlog(connection: AsyncConnection, counted: Select[Any]) -> Backlog:
    row: AnyRow = (await connection.execute(counted)).one()
    return Backlog(count=row[0], oldest_at=row[1])


async def _audited(connection: AsyncConnection) -> Audited | None:
    kept = await SettingRepository(connection).get(AUDITED)
    if kept is None:
        return None
    found = json.loads(kept)
    return Audited(
        at=datetime.fromisoformat(found["at"]),
        differences=found["differences"],
        all_at=await connection.scalar(select(func.max(book_proofs.c.began_at))),
    )


async def keep_audited(engines: Engines, audited: Audited) -> None:
    """Keep when the books were audited, for the metrics of every replica.

    When they were audited as a whole stands beside what was proved.
    """
    value = json.dumps({"at": audited.at.isoformat(), "differences": audited.differences})
    async with engines.writes.connect() as connection:
        await SettingRepository(connection).put(AUDITED, value)
        await connection.commit()
