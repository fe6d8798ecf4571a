"""The home of signals of fraud, their holds, and the marks of pay-out accounts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.fraud import (
    AccountUse,
    FraudHold,
    HoldScope,
    HoldStatus,
    RefundShare,
    Signal,
    SignalKind,
    Traffic,
)
from domain.entities.payout import PayoutStatus
from storage.repositories.reports.fraud import FraudReports
from storage.rows import among, insert_all, record_of, records_of, upsert, values_of
from storage.straight import Question
from storage.tables import (
    account_marks,
    daily_stats,
    enrolments,
    fraud_holds,
    members,
    payouts,
    signals,
)
from storage.tables.fraud import HOLD_WAITS
from storage.vault import Vault

COHORT_MAX = 200
"""How many first pay-outs of others a new one is compared with, the latest ones."""
_BAR = Question(
    select(fraud_holds)
    .where(
        fraud_holds.c.enrolment_id == bindparam("enrolment"),
        fraud_holds.c.scope == HoldScope.ENROLMENT,
        or_(
            fraud_holds.c.status == HoldStatus.OPEN,
            fraud_holds.c.status == HoldStatus.CONFIRMED,
        ),
    )
    .order_by(fraud_holds.c.id)
    .limit(1)
)


class FraudRepository:
    """Signals and holds on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault
        reports = FraudReports(connection)
        self.views = reports.views
        self.view = reports.view

    async def known(self, found: Sequence[Signal]) -> set[tuple[int, SignalKind, str]]:
        """Return which of these were found before: enrolment, kind and subject."""
        rows = await self._connection.execute(
            select(signals.c.enrolment_id, signals.c.kind, signals.c.subject).where(
                among(signals.c.enrolment_id, {row.enrolment_id for row in found}),
                among(signals.c.subject, {row.subject for row in found}),
            )
        )
        return {(row.enrolment_id, row.kind, row.subject) for row in rows}

    async def add_signals(self, new: Sequence[Signal]) -> None:
        """Keep new signals."""
        await insert_all(self._connection, signals, [values_of(row) for row in new])

    async def signals_of(
        self, enrolment_ids: Iterable[int], *, since: datetime
    ) -> Sequence[Signal]:
        """Return the signals of these enrolments since then, oldest first."""
        rows = await self._connection.execute(
            select(signals)
            .where(among(signals.c.enrolment_id, enrolment_ids), signals.c.found_at >= since)
            .order_by(signals.c.id)
        )
        return records_of(Signal, rows)

    async def tie(self, signal_ids: Iterable[int], hold_id: int) -> None:
        """Let signals be reasons of a hold."""
        await self._connection.execute(
            update(signals).where(among(signals.c.id, signal_ids)).values(hold_id=hold_id)
        )

    async def waiting(self, enrolment_ids: Iterable[int]) -> Sequence[FraudHold]:
        """Return the holds of these enrolments that wait for staff."""
        rows = await self._connection.execute(
            select(fraud_holds)
            .where(among(fraud_holds.c.enrolment_id, enrolment_ids), HOLD_WAITS)
            .order_by(fraud_holds.c.id)
        )
        return records_of(FraudHold, rows)

    async def hold_of(
        self, enrolment_id: int, scope: HoldScope, subject_id: int
    ) -> FraudHold | None:
        """Return the hold of an object that waits for staff."""
        row = (
            await self._connection.execute(
                select(fraud_holds).where(
                    fraud_holds.c.enrolment_id == enrolment_id,
                    fraud_holds.c.scope == scope,
                    fraud_holds.c.subject_id == subject_id,
                    HOLD_WAITS,
                )
            )
        ).first()
        return record_of(FraudHold, row) if row else None

    async def bar(self, enrolment_id: int) -> FraudHold | None:
        """Return the hold that stops an enrolment's pay-outs: open, or confirmed."""
        found = await _BAR.records(FraudHold, self._connection, enrolment=enrolment_id)
        return found[0] if found else None

    async def get(self, hold_id: int) -> FraudHold | None:
        """Return a hold."""
        row = (
            await self._connection.execute(select(fraud_holds).where(fraud_holds.c.id == hold_id))
        ).first()
        return record_of(FraudHold, row) if row else None

    async def add_hold(self, hold: FraudHold) -> None:
        """Keep a new hold."""
        await insert_all(self._connection, fraud_holds, [values_of(hold)])

    async def update_hold(self, hold: FraudHold) -> None:
        """Keep the next state of a hold."""
        await self._connection.execute(
            update(fraud_holds).where(fraud_holds.c.id == hold.id).values(values_of(hold))
        )

    async def use_account(self, partner_id: int, account: str, *, at: datetime) -> AccountUse:
        """Remember where a partner wants to be paid, by a keyed digest; return how it was used."""
        bare = "".join(sign for sign in account.casefold() if sign.isalnum())
        mark = self._vault.mark(bare, context="payout account")
        statement = upsert(self._connection, account_marks).values(
            mark=mark, partner_id=partner_id, first_used_at=at
        )
        await self._connection.execute(statement.on_conflict_do_nothing())
        rows = (
            await self._connection.execute(
                select(account_marks).where(
                    (account_marks.c.mark == mark) | (account_marks.c.partner_id == partner_id)
                )
            )
        ).all()
        return AccountUse(
            first_used_at=next(
                row.first_used_at
                for row in rows
                if row.mark == mark and row.partner_id == partner_id
            ),
            other_partners=sum(row.partner_id != partner_id for row in rows),
            other_accounts=sum(row.mark != mark for row in rows),
        )

    async def joined(self, partner_id: int) -> Sequence[datetime]:
        """Return when each member of a partner joined, oldest first."""
        rows = await self._connection.scalars(
            select(members.c.joined_at)
            .where(members.c.partner_id == partner_id, members.c.left_at.is_(None))
            .order_by(members.c.joined_at)
        )
        return rows.all()

    async def first_payouts(self, program: str, *, but: int) -> tuple[Sequence[int], bool]:
        """Return other partners' first pay-outs, and whether this enrolment never had one."""
        counts = payouts.c.status.not_in((PayoutStatus.REJECTED, PayoutStatus.CANCELLED))
        firsts = (
            select(func.min(payouts.c.id).label("id"))
            .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
            .where(counts, enrolments.c.program == program)
            .group_by(payouts.c.enrolment_id)
            .order_by(func.min(payouts.c.id).desc())
            .limit(COHORT_MAX)
            .subquery()
        )
        rows = (
            await self._connection.execute(
                select(payouts.c.minor).where(
                    payouts.c.id.in_(select(firsts.c.id)), payouts.c.enrolment_id != but
                )
            )
        ).scalars()
        own = await self._connection.scalar(
            select(func.count()).where(counts, payouts.c.enrolment_id == but)
        )
        return rows.all(), not own

    async def traffic(self, day: date, *, clicks_min: int) -> Sequence[Traffic]:
        """Return what came through each partner's links on a day with so many visits."""
        rows = await self._connection.execute(
            select(
                daily_stats.c.enrolment_id,
                func.sum(daily_stats.c.clicks).label("clicks"),
                func.sum(daily_stats.c.starts).label("starts"),
                func.sum(daily_stats.c.registrations).label("registrations"),
            )
            .where(daily_stats.c.day == day)
            .group_by(daily_stats.c.enrolment_id)
            .having(func.sum(daily_stats.c.clicks) >= clicks_min)
        )
        return [Traffic(**{k: int(v) for k, v in row._mapping.items()}) for row in rows]  # noqa: SLF001

    async def refund_shares(self, since: date) -> Sequence[RefundShare]:
        """Return what each partner earned and lost by refunds since a day."""
        figures = {
            "payments": daily_stats.c.payments,
            "earned": daily_stats.c.commissions_minor,
            "clawed_back": daily_stats.c.clawed_back_minor,
        }
        rows = await self._connection.execute(
            select(
                daily_stats.c.enrolment_id,
                enrolments.c.program,
                *(func.sum(column).label(name) for name, column in figures.items()),
            )
            .join(enrolments, enrolments.c.id == daily_stats.c.enrolment_id)
            .where(daily_stats.c.day >= since)
            .group_by(daily_stats.c.enrolment_id, enrolments.c.program)
        )
        return [
            RefundShare(
                enrolment_id=row.enrolment_id,
                program=row.program,
                **{name: int(getattr(row, name)) for name in figures},
            )
            for row in rows
        ]
