"""The home of stories: what made up a sum, and what became of it."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.adjustment import AdjustmentPart
from domain.entities.conversion import Conversion
from domain.entities.payment import Commission, Payment, Refund
from domain.entities.payout import PayoutPart, PayoutStatus, Spending
from domain.entities.stories import (
    CommissionStory,
    Consumption,
    ConversionStory,
    SpentRow,
)
from domain.entities.views import Cursor
from storage.repositories.conversions import conversion_of
from storage.repositories.reports.pages import page_of
from storage.rows import among, records_of
from storage.tables import (
    adjustments,
    clients,
    commissions,
    conversion_adjustments,
    conversion_parts,
    conversions,
    credits_,
    enrolments,
    invoices,
    payments,
    payout_parts,
    payouts,
    refunds,
)

GAVE_BACK = (PayoutStatus.REJECTED, PayoutStatus.CANCELLED, PayoutStatus.RETURNED)


class StoryReports:
    """Stories on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def spent(self, spending: Spending) -> Sequence[SpentRow]:
        """Return what was consumed with where it came from, oldest first."""
        by_commission = {part.commission_id: part.minor for part in spending.commissions}
        by_adjustment = {part.adjustment_id: part.minor for part in spending.adjustments}
        earned = await self._connection.execute(
            select(
                commissions.c.id,
                commissions.c.minor,
                commissions.c.currency,
                commissions.c.created_at,
                payments.c.paid_at,
                clients.c.name,
            )
            .join(payments, payments.c.id == commissions.c.payment_id)
            .join(clients, clients.c.id == commissions.c.client_id)
            .where(among(commissions.c.id, by_commission))
        )
        rows = [
            (
                (row.created_at, row.id),
                SpentRow(
                    commission_id=row.id,
                    taken=by_commission[row.id],
                    whole=row.minor,
                    currency=row.currency,
                    client_name=row.name,
                    at=row.paid_at,
                ),
            )
            for row in earned
        ]
        adjusted = await self._connection.execute(
            select(adjustments).where(among(adjustments.c.id, by_adjustment))
        )
        rows += [
            (
                (row.booked_at, row.id),
                SpentRow(
                    adjustment_id=row.id,
                    taken=by_adjustment[row.id],
                    whole=row.minor,
                    currency=row.currency,
                    reason=row.reason,
                    at=row.booked_at,
                ),
            )
            for row in adjusted
        ]
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    async def commission_story(
        self, commission_id: int, *, enrolment_ids: Sequence[int] | None
    ) -> CommissionStory | None:
        """Return the story of a commission; with ``enrolment_ids`` only one of theirs."""
        statement = (
            select(commissions, clients.c.name.label("client_name"), enrolments.c.program)
            .join(clients, clients.c.id == commissions.c.client_id)
            .join(enrolments, enrolments.c.id == commissions.c.enrolment_id)
            .where(commissions.c.id == commission_id)
        )
        if enrolment_ids is not None:
            statement = statement.where(among(commissions.c.enrolment_id, enrolment_ids))
        row = (await self._connection.execute(statement)).first()
        if row is None:
            return None
        paid = await self._connection.execute(
            select(payments).where(payments.c.id == row.payment_id)
        )
        gone_back = await self._connection.execute(
            select(refunds)
            .where(refunds.c.payment_id == row.payment_id)
            .order_by(refunds.c.refunded_at, refunds.c.id)
        )
        siblings = await self._connection.execute(
            select(commissions.c.id)
            .where(commissions.c.payment_id == row.payment_id)
            .order_by(commissions.c.line)
        )
        invoice = await self._connection.scalar(
            select(invoices.c.number)
            .join(payments, payments.c.payment_id == invoices.c.payment_id)
            .where(payments.c.id == row.payment_id)
        )
        return CommissionStory(
            commission=Commission(**{c.name: getattr(row, c.name) for c in commissions.c}),
            payment=records_of(Payment, paid)[0],
            client_name=row.client_name,
            program=row.program,
            refunds=tuple(records_of(Refund, gone_back)),
            payouts=tuple(await self._payouts(commission_id)),
            conversions=tuple(await self._conversions(commission_id)),
            siblings=tuple(siblings.scalars()),
            invoice=invoice,
        )

    async def _payouts(self, commission_id: int) -> Sequence[Consumption]:
        rows = await self._connection.execute(
            select(
                payouts.c.id,
                payout_parts.c.minor,
                payouts.c.requested_at.label("at"),
                payouts.c.status,
            )
            .join(payouts, payouts.c.id == payout_parts.c.payout_id)
            .where(payout_parts.c.commission_id == commission_id)
            .where(payouts.c.status.not_in(GAVE_BACK))
            .order_by(payouts.c.requested_at, payouts.c.id)
        )
        return records_of(Consumption, rows)

    async def _conversions(self, commission_id: int) -> Sequence[Consumption]:
        rows = await self._connection.execute(
            select(
                conversions.c.id,
                conversion_parts.c.minor,
                conversion_parts.c.bonus,
                conversions.c.converted_at.label("at"),
            )
            .join(conversions, conversions.c.id == conversion_parts.c.conversion_id)
            .where(conversion_parts.c.commission_id == commission_id)
            .order_by(conversions.c.converted_at, conversions.c.id)
        )
        return records_of(Consumption, rows)

    async def conversions(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[Conversion]:
        """Return a page of conversions."""
        statement = select(conversions).where(conversions.c.enrolment_id == enrolment_id)
        page = page_of(statement, conversions.c.converted_at, conversions.c.id, before, limit)
        return [conversion_of(row) for row in await self._connection.execute(page)]

    async def conversion_story(
        self, conversion_id: int, *, enrolment_ids: Sequence[int] | None
    ) -> ConversionStory | None:
        """Return the story of a conversion; with ``enrolment_ids`` only one of theirs."""
        statement = select(conversions).where(conversions.c.id == conversion_id)
        if enrolment_ids is not None:
            statement = statement.where(among(conversions.c.enrolment_id, enrolment_ids))
        row = (await self._connection.execute(statement)).first()
        if row is None:
            return None
        spending, bonuses = await self._consumed(conversion_id)
        taken_back = await self._connection.scalar(
            select(func.coalesce(func.sum(-credits_.c.minor), 0)).where(
                credits_.c.conversion_id == conversion_id, credits_.c.commission_id.is_not(None)
            )
        )
        return ConversionStory(
            conversion=conversion_of(row),
            rows=tuple(
                found.with_bonus(bonuses.get(found.commission_id or 0, 0))
                for found in await self.spent(spending)
            ),
            taken_back=int(taken_back or 0),
        )

    async def _consumed(self, conversion_id: int) -> tuple[Spending, dict[int, int]]:
        parts = (
            await self._connection.execute(
                select(conversion_parts).where(conversion_parts.c.conversion_id == conversion_id)
            )
        ).all()
        others = await self._connection.execute(
            select(conversion_adjustments.c.adjustment_id, conversion_adjustments.c.minor).where(
                conversion_adjustments.c.conversion_id == conversion_id
            )
        )
        spending = Spending(
            commissions=tuple(
                PayoutPart(commission_id=part.commission_id, minor=part.minor) for part in parts
            ),
            adjustments=tuple(records_of(AdjustmentPart, others)),
        )
        return spending, {part.commission_id: part.bonus for part in parts}
