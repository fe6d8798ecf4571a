"""The home of broadcasts: what is composed, whom it addresses, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.broadcast import (
    NEWS,
    Audience,
    AudiencePart,
    AudienceQuery,
    Broadcast,
    BroadcastFigures,
    BroadcastStatus,
    Outcome,
    Segment,
)
from storage.repositories.audiences import people_of
from storage.rows import AnyRow, insert_all, values_of
from storage.tables import broadcast_recipients as recipients
from storage.tables import broadcasts, notices

SWITCHED_OFF = "switched off"
"""Why a notice was not sent whose reader wants none of its kind."""


class BroadcastRepository:
    """Broadcasts on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def add(self, broadcast: Broadcast) -> None:
        """Keep a new broadcast."""
        await insert_all(self._connection, broadcasts, [_values(broadcast)])

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast."""
        row = (
            await self._connection.execute(
                select(broadcasts).where(broadcasts.c.id == broadcast_id)
            )
        ).first()
        return _broadcast_of(row) if row else None

    async def move(self, broadcast: Broadcast, *, was: Sequence[BroadcastStatus]) -> bool:
        """Keep the next state; ``False`` when it is no longer in one of the states it was in."""
        result = await self._connection.execute(
            update(broadcasts)
            .where(
                broadcasts.c.id == broadcast.id,
                broadcasts.c.status.in_(was),
                broadcasts.c.ended_at.is_(None),
            )
            .values(_values(broadcast))
        )
        return result.rowcount > 0

    async def draft_of(self, person_id: int, *, since: datetime) -> Broadcast | None:
        """Return the newest draft of a person."""
        row = (
            await self._connection.execute(
                select(broadcasts)
                .where(
                    broadcasts.c.created_by == person_id,
                    broadcasts.c.status == BroadcastStatus.DRAFT,
                    broadcasts.c.created_at >= since,
                )
                .order_by(broadcasts.c.id.desc())
                .limit(1)
            )
        ).first()
        return _broadcast_of(row) if row else None

    async def latest(self, limit: int) -> Sequence[Broadcast]:
        """Return the newest that were sent or are to be confirmed."""
        hidden = (BroadcastStatus.DRAFT, BroadcastStatus.DROPPED)
        rows = await self._connection.execute(
            select(broadcasts)
            .where(broadcasts.c.status.not_in(hidden))
            .order_by(broadcasts.c.id.desc())
            .limit(limit)
        )
        return [_broadcast_of(row) for row in rows]

    async def audience(self, query: AudienceQuery) -> Sequence[AudiencePart]:
        """Return how many people are in a segment, by language."""
        found = people_of(query).subquery()
        blocked = func.count(found.c.blocked_at)
        rows = await self._connection.execute(
            select(found.c.language, (func.count() - blocked).label("people"), blocked)
            .group_by(found.c.language)
            .order_by(found.c.language)
        )
        return [AudiencePart(language=row[0], people=row[1], blocked=row[2]) for row in rows]

    async def address(self, broadcast_id: int, query: AudienceQuery) -> int:
        """Keep who gets the broadcast, each person once; return how many."""
        found = people_of(query).subquery()
        chosen = select(literal(broadcast_id, BigInteger), found.c.id).where(
            found.c.blocked_at.is_(None)
        )
        result = await self._connection.execute(
            recipients.insert().from_select(["broadcast_id", "person_id"], chosen)
        )
        return int(result.rowcount)

    async def running(self) -> Sequence[Broadcast]:
        """Return those that were let go and have not ended."""
        rows = await self._connection.execute(
            select(broadcasts)
            .where(broadcasts.c.started_at.is_not(None), broadcasts.c.ended_at.is_(None))
            .order_by(broadcasts.c.id)
        )
        return [_broadcast_of(row) for row in rows]

    async def in_outbox(self, *, due_before: datetime) -> int:
        """Return how many messages of broadcasts wait in the outbox to be sent soon."""
        count = await self._connection.scalar(
            select(func.count())
            .select_from(notices)
            .where(
                notices.c.kind == NEWS,
                notices.c.sent_at.is_(None),
                notices.c.dead_at.is_(None),
                notices.c.due_at <= due_before,
            )
        )
        return int(count or 0)

    async def waiting(self, broadcast_id: int, limit: int) -> Sequence[int]:
        """Return people who have not been handed to the outbox, locked for that."""
        rows = await self._connection.scalars(
            select(recipients.c.person_id)
            .where(
                recipients.c.broadcast_id == broadcast_id,
                recipients.c.notice_id.is_(None),
                recipients.c.outcome.is_(None),
            )
            .order_by(recipients.c.person_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return list(rows)

    async def hand_over(self, broadcast_id: int, notices: Mapping[int, int]) -> None:
        """Keep which notice carries the message to which person."""
        for person_id, notice_id in notices.items():
            await self._connection.execute(
                update(recipients)
                .where(
                    recipients.c.broadcast_id == broadcast_id,
                    recipients.c.person_id == person_id,
                )
                .values(notice_id=notice_id)
            )

    async def give_up_waiting(self, broadcast_id: int) -> None:
        """Settle everybody who has not been handed to the outbox: it was stopped."""
        await self._connection.execute(
            update(recipients)
            .where(
                recipients.c.broadcast_id == broadcast_id,
                recipients.c.notice_id.is_(None),
                recipients.c.outcome.is_(None),
            )
            .values(outcome=Outcome.STOPPED)
        )

    async def reconcile(self, broadcast_id: int) -> None:
        """Settle people whose notice ended in another way than by our sending."""
        await self._settle_dead(broadcast_id, Outcome.MUTED, notices.c.error == SWITCHED_OFF)
        await self._settle_dead(broadcast_id, Outcome.FAILED)

    async def _settle_dead(
        self, broadcast_id: int, outcome: Outcome, *conditions: ColumnElement[bool]
    ) -> None:
        dead = select(notices.c.id).where(
            notices.c.id == recipients.c.notice_id, notices.c.dead_at.is_not(None), *conditions
        )
        await self._connection.execute(
            update(recipients)
            .where(
                recipients.c.broadcast_id == broadcast_id,
                recipients.c.outcome.is_(None),
                recipients.c.notice_id.is_not(None),
                dead.exists(),
            )
            .values(outcome=outcome)
        )

    async def figures(self, broadcast_id: int) -> BroadcastFigures:
        """Return what came of it so far."""
        rows = await self._connection.execute(
            select(recipients.c.outcome, func.count())
            .where(recipients.c.broadcast_id == broadcast_id)
            .group_by(recipients.c.outcome)
        )
        counts = {outcome.value if outcome else "waiting": count for outcome, count in rows}
        return BroadcastFigures(**counts)

    async def begin(self, notice_id: int, *, at: datetime) -> Broadcast | None:
        """Keep that the message is tried now; ``None`` when it was tried before."""
        result = await self._connection.execute(
            update(recipients)
            .where(
                recipients.c.notice_id == notice_id,
                recipients.c.tried_at.is_(None),
                recipients.c.outcome.is_(None),
            )
            .values(tried_at=at)
        )
        if not result.rowcount:
            return None
        row = (
            await self._connection.execute(
                select(broadcasts)
                .join(recipients, recipients.c.broadcast_id == broadcasts.c.id)
                .where(recipients.c.notice_id == notice_id)
            )
        ).one()
        return _broadcast_of(row)

    async def take_back(self, notice_id: int) -> None:
        """Keep that the message was certainly not sent, so that it may be tried again."""
        await self._connection.execute(
            update(recipients).where(recipients.c.notice_id == notice_id).values(tried_at=None)
        )

    async def settle(self, notice_id: int, outcome: Outcome) -> None:
        """Keep what came of a message."""
        await self._connection.execute(
            update(recipients).where(recipients.c.notice_id == notice_id).values(outcome=outcome)
        )


def _values(broadcast: Broadcast) -> dict[str, object]:
    values = values_of(broadcast)
    return values | {"segment": asdict(broadcast.segment), "texts": dict(broadcast.texts)}


def _broadcast_of(row: AnyRow) -> Broadcast:
    values = {name: row._mapping[name] for name in broadcasts.c.keys()}  # noqa: SLF001, SIM118
    kept = values.pop("segment")
    segment = Segment(**kept | {"audience": Audience(kept["audience"])})
    return Broadcast(**values, segment=segment)
