"""The home of how partners stand: decisions by staff, and what hangs on an enrolment."""

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.claim import ClaimStatus
from domain.entities.payout import PayoutStatus
from domain.entities.question import Holder, QuestionStatus
from domain.entities.standing import Affected, StandingChange
from storage.rows import insert_all, record_of, values_of
from storage.tables import (
    claims,
    clients,
    enrolments,
    links,
    members,
    payouts,
    questions,
    referrals,
    standing_changes,
)


class StandingRepository:
    """Standings on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def add(self, change: StandingChange) -> None:
        """Keep a decision."""
        await insert_all(self._connection, standing_changes, [values_of(change)])

    async def last(self, enrolment_id: int) -> StandingChange | None:
        """Return the last decision about an enrolment."""
        row = (
            await self._connection.execute(
                select(standing_changes)
                .where(standing_changes.c.enrolment_id == enrolment_id)
                .order_by(standing_changes.c.id.desc())
                .limit(1)
            )
        ).first()
        return record_of(StandingChange, row) if row else None

    async def affected(self, enrolment_id: int) -> Affected:
        """Return what hangs on an enrolment now."""
        counts = {name: await self._count(one) for name, one in _counts(enrolment_id).items()}
        asked = await self._payouts(enrolment_id, PayoutStatus.REQUESTED)
        approved = await self._payouts(enrolment_id, PayoutStatus.APPROVED)
        return Affected(
            asked=asked[0],
            asked_minor=asked[1],
            approved=approved[0],
            approved_minor=approved[1],
            **counts,
        )

    async def _count(self, statement: Select[int]) -> int:
        return int(await self._connection.scalar(statement) or 0)

    async def _payouts(self, enrolment_id: int, status: PayoutStatus) -> tuple[int, int]:
        row = (
            await self._connection.execute(
                select(func.count(), func.coalesce(func.sum(payouts.c.minor), 0)).where(
                    payouts.c.enrolment_id == enrolment_id, payouts.c.status == status
                )
            )
        ).one()
        return int(row[0]), int(row[1])


def _counts(enrolment_id: int) -> dict[str, Select[int]]:
    """Return what counts each kind of thing."""
    many = select(func.count())
    return {
        "links": many.where(links.c.enrolment_id == enrolment_id, links.c.archived_at.is_(None)),
        "clients": many.select_from(
            referrals.join(clients, clients.c.id == referrals.c.client_id)
        ).where(referrals.c.enrolment_id == enrolment_id, clients.c.deleted_at.is_(None)),
        "questions": many.where(
            questions.c.enrolment_id == enrolment_id,
            questions.c.status == QuestionStatus.OPEN,
            questions.c.holder == Holder.PARTNER,
        ),
        "claims": many.where(
            claims.c.enrolment_id == enrolment_id, claims.c.status == ClaimStatus.OPEN
        ),
        "members": many.select_from(
            members.join(enrolments, enrolments.c.partner_id == members.c.partner_id)
        ).where(enrolments.c.id == enrolment_id, members.c.left_at.is_(None)),
    }
