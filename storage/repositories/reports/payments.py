"""The home of what is shown of payments and of the commissions they made."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.filters import EVERYTHING, Standing, Wanted
from domain.entities.payment import Commission
from domain.entities.views import CommissionView, Cursor, PaymentRow
from storage.repositories.reports.pages import page_of, within
from storage.repositories.reports.searching import found_by
from storage.rows import AnyRow, among, records_of
from storage.tables import (
    client_accounts,
    clients,
    commissions,
    conversion_parts,
    enrolments,
    payments,
    payout_parts,
)


class PaymentReports:
    """Payments and commissions on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def payments(
        self,
        enrolment_id: int,
        *,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[PaymentRow]:
        """Return a page of the payments that count for the partner."""
        own = _narrowed(_payments(), wanted).where(payments.c.enrolment_id == enrolment_id)
        return await self._rows(page_of(own, payments.c.paid_at, payments.c.id, before, limit))

    async def payments_of_client(self, client_id: int, *, limit: int) -> Sequence[PaymentRow]:
        """Return the newest payments of a client, those that count for nobody among them."""
        statement = _payments().where(payments.c.client_id == client_id)
        return await self._rows(page_of(statement, payments.c.paid_at, payments.c.id, None, limit))

    async def payment(self, payment_id: str | int) -> PaymentRow | None:
        """Return a payment by the id that billing or an entry of staff gave it, or by ours."""
        column = payments.c.id if isinstance(payment_id, int) else payments.c.payment_id
        rows = await self._rows(_payments().where(column == payment_id))
        return next(iter(rows), None)

    async def _rows(self, statement: Select[Any]) -> Sequence[PaymentRow]:
        rows = (await self._connection.execute(statement)).all()
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
        self,
        enrolment_id: int,
        *,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[CommissionView]:
        """Return a page of the partner's commissions."""
        statement = (
            select(
                commissions,
                payments.c.payment_id.label("outer_payment_id"),
                payments.c.currency.label("base_currency"),
                payments.c.lines.label("payment_lines"),
                clients.c.shown_id,
                clients.c.name.label("client_name"),
                enrolments.c.program,
            )
            .join(payments, payments.c.id == commissions.c.payment_id)
            .join(clients, clients.c.id == commissions.c.client_id)
            .join(enrolments, enrolments.c.id == commissions.c.enrolment_id)
            .where(commissions.c.enrolment_id == enrolment_id)
        )
        own = within(statement, commissions.c.created_at, wanted)
        page = page_of(own, commissions.c.created_at, commissions.c.id, before, limit)
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
                client_name=row.client_name,
                program=row.program,
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


def _payments() -> Select[Any]:
    """Return payments with their client and account."""
    return (
        select(
            payments,
            clients.c.name.label("client_name"),
            clients.c.shown_id,
            client_accounts.c.name.label("account_name"),
        )
        .join(clients, clients.c.id == payments.c.client_id)
        .outerjoin(client_accounts, client_accounts.c.account_id == payments.c.account_id)
    )


def _narrowed(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    """Return the statement with the payments that are wanted; what earned is active."""
    statement = within(statement, payments.c.paid_at, wanted)
    if wanted.standing is Standing.ACTIVE:
        statement = statement.where(payments.c.reason.is_(None))
    if wanted.standing is Standing.INACTIVE:
        statement = statement.where(payments.c.reason.is_not(None))
    if wanted.client_id is not None:
        statement = statement.where(payments.c.client_id == wanted.client_id)
    found = found_by(wanted)
    if found is None:
        return statement
    return statement.where(or_(found, payments.c.payment_id == wanted.search.strip()))


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
        payment_id=row.payment_id,
        shown_id=row.shown_id,
        rate=earned[0].rate if len(earned) == 1 else None,
        tier=earned[0].tier if earned else None,
    )
