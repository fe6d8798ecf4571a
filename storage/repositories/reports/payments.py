"""The home of what is shown of payments and of the commissions they made."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.payment import Commission
from domain.entities.views import CommissionView, Cursor, PaymentRow
from storage.repositories.reports.pages import page_of
from storage.rows import AnyRow, among, records_of
from storage.tables import (
    client_accounts,
    clients,
    commissions,
    conversion_parts,
    payments,
    payout_parts,
)


class PaymentReports:
    """Payments and commissions on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def payments(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[PaymentRow]:
        """Return a page of the payments that count for the partner."""
        statement = (
            select(
                payments,
                clients.c.name.label("client_name"),
                client_accounts.c.name.label("account_name"),
            )
            .join(clients, clients.c.id == payments.c.client_id)
            .outerjoin(client_accounts, client_accounts.c.account_id == payments.c.account_id)
            .where(payments.c.enrolment_id == enrolment_id)
        )
        page = page_of(statement, payments.c.paid_at, payments.c.id, before, limit)
        rows = (await self._connection.execute(page)).all()
        earned = await self._earned([row.id for row in rows])
        return [_payment_row(row, earned.get(row.id, [])) for row in rows]

    async def _earned(self, payment_ids: Sequence[int]) -> dict[int, list[Commission]]:
        rows = await self._connection.execute(
            select(commissions).where(among(commissions.c.payment_id, payment_ids))
        )
        earned: dict[int, list[Commission]] = defaultdict(list)
        for commission in records_of(Commission, rows):
            earned[commission.payment_id].append(commission)
        return earned

    async def commissions(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[CommissionView]:
        """Return a page of commissions."""
        statement = (
            select(
                commissions,
                payments.c.payment_id.label("outer_payment_id"),
                payments.c.currency.label("base_currency"),
                payments.c.lines.label("payment_lines"),
                clients.c.shown_id,
            )
            .join(payments, payments.c.id == commissions.c.payment_id)
            .join(clients, clients.c.id == commissions.c.client_id)
            .where(commissions.c.enrolment_id == enrolment_id)
        )
        page = page_of(statement, commissions.c.created_at, commissions.c.id, before, limit)
        rows = (await self._connection.execute(page)).all()
        consumed = await self._consumed([row.id for row in rows])
        converted = await self._converted([row.id for row in rows])
        return [
            CommissionView(
                commission=Commission(**{c.name: getattr(row, c.name) for c in commissions.c}),
                payment_id=row.outer_payment_id,
                client_id=row.shown_id,
                base_minor=row.payment_lines[row.line].minor,
                base_currency=row.base_currency,
                consumed=tuple(consumed[row.id]),
                converted=tuple(converted[row.id]),
            )
            for row in rows
        ]

    async def _consumed(self, commission_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        """Return the pay-outs that consumed each commission, and how much of it."""
        parts = await self._connection.execute(
            select(payout_parts)
            .where(among(payout_parts.c.commission_id, commission_ids))
            .order_by(payout_parts.c.payout_id)
        )
        consumed: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for part in parts:
            consumed[part.commission_id].append((part.payout_id, part.minor))
        return consumed

    async def _converted(self, commission_ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        """Return the conversions that consumed each commission, and how much of it."""
        parts = await self._connection.execute(
            select(conversion_parts)
            .where(among(conversion_parts.c.commission_id, commission_ids))
            .order_by(conversion_parts.c.conversion_id)
        )
        converted: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for part in parts:
            converted[part.commission_id].append((part.conversion_id, part.minor))
        return converted


def _payment_row(row: AnyRow, earned: Sequence[Commission]) -> PaymentRow:
    return PaymentRow(
        id=row.id,
        client_name=row.client_name,
        account_name=row.account_name,
        minor=row.minor,
        currency=row.currency,
        refunded=sum(line.refunded for line in row.lines),
        commission_minor=sum(c.minor - c.clawed_back for c in earned),
        commission_currency=earned[0].currency if earned else None,
        reason=row.reason.value if row.reason else None,
        paid_at=row.paid_at,
    )
