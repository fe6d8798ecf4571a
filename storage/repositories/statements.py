"""The home of what months are made of, summed out of the postings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import Enrolment
from domain.entities.statement import Movement
from domain.ledger.accounts import AccountKind
from domain.ledger.statement import OWED, MonthCounts, Moved
from storage.rows import records_of
from storage.tables import (
    clients,
    commissions,
    enrolments,
    entries,
    ledger_accounts,
    payments,
    postings,
    referrals,
)


class StatementRepository:
    """Months of enrolments on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def moved(
        self, enrolment_id: int, start: datetime, end: datetime
    ) -> Mapping[AccountKind, Moved]:
        """Return the sums of each account's postings, before the period and in it.

        What was before is the balance of now less what came since: a recent month is read from
        its own postings, however long the history is. One statement sees one state of the books.
        """
        is_within = case((entries.c.recorded_at < end, postings.c.minor), else_=0)
        since = (
            select(
                postings.c.account_id,
                func.sum(postings.c.minor).label("since"),
                func.sum(is_within).label("within"),
            )
            .join(entries, entries.c.id == postings.c.entry_id)
            .where(entries.c.enrolment_id == enrolment_id, entries.c.recorded_at >= start)
            .group_by(postings.c.account_id)
            .subquery()
        )
        rows = await self._connection.execute(
            select(
                ledger_accounts.c.kind, ledger_accounts.c.balance, since.c.since, since.c.within
            )
            .outerjoin(since, since.c.account_id == ledger_accounts.c.id)
            .where(ledger_accounts.c.enrolment_id == enrolment_id)
        )
        return {
            row.kind: Moved(before=row.balance - int(row.since or 0), within=int(row.within or 0))
            for row in rows
        }

    async def counts(self, enrolment_id: int, start: datetime, end: datetime) -> MonthCounts:
        """Return how many registered and how many payments were made in the period."""
        registered = select(func.count()).where(
            referrals.c.enrolment_id == enrolment_id,
            referrals.c.registered_at >= start,
            referrals.c.registered_at < end,
        )
        paid = select(func.count()).where(
            payments.c.enrolment_id == enrolment_id,
            payments.c.paid_at >= start,
            payments.c.paid_at < end,
        )
        row = (
            await self._connection.execute(
                select(registered.scalar_subquery(), paid.scalar_subquery())
            )
        ).one()
        return MonthCounts(registrations=row[0], payments=row[1])

    async def movements(
        self, enrolment_id: int, start: datetime, end: datetime, *, limit: int
    ) -> Sequence[Movement]:
        """Return the changes of the balance in the period, oldest first."""
        grew = -func.sum(postings.c.minor)
        changes = (
            select(entries.c.id, grew.label("minor"))
            .join(postings, postings.c.entry_id == entries.c.id)
            .join(ledger_accounts, ledger_accounts.c.id == postings.c.account_id)
            .where(
                entries.c.enrolment_id == enrolment_id,
                entries.c.recorded_at >= start,
                entries.c.recorded_at < end,
                ledger_accounts.c.kind.in_(OWED),
            )
            .group_by(entries.c.id)
            .having(grew != 0)
            .subquery()
        )
        rows = await self._connection.execute(
            select(
                entries.c.recorded_at.label("booked_at"),
                entries.c.kind,
                changes.c.minor,
                clients.c.name.label("client"),
                payments.c.payment_id,
                entries.c.payout_id,
            )
            .join(changes, changes.c.id == entries.c.id)
            .outerjoin(commissions, commissions.c.id == entries.c.commission_id)
            .outerjoin(payments, payments.c.id == commissions.c.payment_id)
            .outerjoin(clients, clients.c.id == commissions.c.client_id)
            .order_by(entries.c.recorded_at, entries.c.id)
            .limit(limit)
        )
        return [
            Movement(
                booked_at=row.booked_at,
                kind=row.kind,
                minor=int(row.minor),
                client=row.client,
                payment_id=row.payment_id,
                payout_id=row.payout_id,
            )
            for row in rows
        ]

    async def joined_before(
        self, end: datetime, *, after_id: int, limit: int
    ) -> Sequence[Enrolment]:
        """Return enrolments that stood at the end of a period, by id."""
        rows = await self._connection.execute(
            select(enrolments)
            .where(enrolments.c.joined_at < end, enrolments.c.id > after_id)
            .order_by(enrolments.c.id)
            .limit(limit)
        )
        return records_of(Enrolment, rows)
