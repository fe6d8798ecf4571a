"""The home of a program's figures: the daily roll-ups added up, never history itself."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.days import Days
from domain.entities.partner import EnrolmentStatus
from domain.entities.payout import PayoutStatus
from domain.entities.report import Owed, PeriodFigures, TopPartner
from domain.entities.stats import StatsTotal
from domain.ledger.accounts import AccountKind
from storage.rows import AnyRow
from storage.tables import daily_stats, enrolments, ledger_accounts, partners, payouts

_NAMES = [column.name for column in daily_stats.c if not column.primary_key]
_SUMS = [func.coalesce(func.sum(daily_stats.c[name]), 0).label(name) for name in _NAMES]
_OF_ENROLMENT = enrolments.c.id == daily_stats.c.enrolment_id


class ProgramReportRepository:
    """A program's figures on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def figures(
        self, program: str, days: Days, instants: tuple[datetime, datetime]
    ) -> PeriodFigures:
        """Return the figures of these days; ``instants`` are their begin and end."""
        busy = func.count(daily_stats.c.enrolment_id.distinct()).label("busy")
        row = (
            await self._connection.execute(
                select(busy, *_SUMS).join(enrolments, _OF_ENROLMENT).where(_in(program, days))
            )
        ).one()
        begin, end = instants
        joined = await self._connection.scalar(
            select(func.count())
            .select_from(enrolments)
            .where(
                enrolments.c.program == program,
                enrolments.c.joined_at >= begin,
                enrolments.c.joined_at < end,
            )
        )
        count, minor = await self._paid_out(program, begin, end)
        return PeriodFigures(
            total=_total(row),
            new_partners=int(joined or 0),
            busy_partners=row.busy,
            payouts=count,
            payouts_minor=minor,
        )

    async def _paid_out(self, program: str, begin: datetime, end: datetime) -> tuple[int, int]:
        row = (
            await self._connection.execute(
                select(func.count(), func.coalesce(func.sum(payouts.c.minor), 0))
                .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
                .where(
                    enrolments.c.program == program,
                    payouts.c.status == PayoutStatus.DONE,
                    payouts.c.settled_at >= begin,
                    payouts.c.settled_at < end,
                )
            )
        ).one()
        return row[0], int(row[1])

    async def daily(self, program: str, days: Days) -> Sequence[tuple[date, StatsTotal]]:
        """Return the days that have figures, in order."""
        rows = await self._connection.execute(
            select(daily_stats.c.day, *_SUMS)
            .join(enrolments, _OF_ENROLMENT)
            .where(_in(program, days))
            .group_by(daily_stats.c.day)
            .order_by(daily_stats.c.day)
        )
        return [(row.day, _total(row)) for row in rows]

    async def top(self, program: str, days: Days, limit: int) -> Sequence[TopPartner]:
        """Return the partners that earned most in these days."""
        sums = dict(zip(_NAMES, _SUMS, strict=True))
        earned = func.sum(daily_stats.c.commissions_minor)
        registered = func.sum(daily_stats.c.registrations)
        rows = await self._connection.execute(
            select(
                partners.c.name,
                enrolments.c.code,
                sums["registrations"],
                sums["paying_clients"],
                sums["commissions_minor"],
            )
            .select_from(daily_stats)
            .join(enrolments, _OF_ENROLMENT)
            .join(partners, partners.c.id == enrolments.c.partner_id)
            .where(_in(program, days))
            .group_by(enrolments.c.id, enrolments.c.code, partners.c.name)
            .having((earned > 0) | (registered > 0))
            .order_by(earned.desc(), registered.desc(), enrolments.c.id)
            .limit(limit)
        )
        return [
            TopPartner(
                name=row.name,
                code=row.code,
                registrations=int(row.registrations),
                paying_clients=int(row.paying_clients),
                commissions_minor=int(row.commissions_minor),
            )
            for row in rows
        ]

    async def owed(self, program: str) -> Owed:
        """Return what is owed to all partners now; the accounts' credits are negative."""
        kinds = (AccountKind.PAYABLE, AccountKind.HELD, AccountKind.RESERVED)
        rows = await self._connection.execute(
            select(ledger_accounts.c.kind, -func.sum(ledger_accounts.c.balance))
            .join(enrolments, enrolments.c.id == ledger_accounts.c.enrolment_id)
            .where(enrolments.c.program == program, ledger_accounts.c.kind.in_(kinds))
            .group_by(ledger_accounts.c.kind)
        )
        return Owed(**{kind.value: int(minor) for kind, minor in rows})

    async def partners(self, program: str) -> int:
        """Return how many partners are active now."""
        count = await self._connection.scalar(
            select(func.count())
            .select_from(enrolments)
            .where(enrolments.c.program == program, enrolments.c.status == EnrolmentStatus.ACTIVE)
        )
        return int(count or 0)

    async def first_day(self, program: str) -> date | None:
        """Return the first day that has figures."""
        found: date | None = await self._connection.scalar(
            select(func.min(daily_stats.c.day))
            .join(enrolments, _OF_ENROLMENT)
            .where(enrolments.c.program == program)
        )
        return found


def _in(program: str, days: Days) -> ColumnElement[bool]:
    is_in = daily_stats.c.day.between(days.first, days.last)
    return and_(enrolments.c.program == program, is_in)


def _total(row: AnyRow) -> StatsTotal:
    return StatsTotal(**{name: int(getattr(row, name)) for name in _NAMES})
