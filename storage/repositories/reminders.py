"""The home of what people are reminded of, each once in its period."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, Text, and_, cast, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import EnrolmentStatus
from domain.entities.reminder import EndingReferral, EnoughMoney, UnfinishedForm, WaitingMoney
from domain.ledger.accounts import AccountKind
from storage.rows import records_of, upsert
from storage.tables import (
    clients,
    conversations,
    enrolments,
    ledger_accounts,
    partners,
    postings,
    referrals,
    reminders,
)

VERSION_DIGITS = 12


def _as_text(column: ColumnElement[datetime]) -> ColumnElement[str]:
    """Return an instant as the digits that it is kept as; all have the same number of them."""
    return cast(type_coerce(column, BigInteger), Text)


def _reminded(kind: str, subject: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(reminders.c.kind == kind, reminders.c.subject == subject)


class ReminderRepository:
    """Reminders on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def claim(self, kind: str, subject: str, period: str, *, at: datetime) -> bool:
        """Take a reminder of a subject for a period; ``False`` for one that was taken already.

        Periods of one subject only go ahead, in the order of their texts.
        """
        statement = upsert(self._connection, reminders).values(
            kind=kind, subject=subject, period=period, at=at
        )
        result = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "subject"],
                set_={"period": period, "at": at},
                where=reminders.c.period < period,
            )
        )
        return bool(result.rowcount)

    async def is_claimed(self, kind: str, subject: str) -> bool:
        """Test if a reminder of a subject was ever taken."""
        found = await self._connection.scalar(
            select(reminders.c.at).where(reminders.c.kind == kind, reminders.c.subject == subject)
        )
        return found is not None

    async def enough(
        self, kind: str, program: str, minimum: int, *, limit: int
    ) -> Sequence[EnoughMoney]:
        """Return balances of a program that have the minimum and moved since the last claim."""
        account = ledger_accounts.c
        looked = func.coalesce(cast(reminders.c.period, BigInteger), 0)
        crossing = (
            select(postings.c.id)
            .where(
                postings.c.account_id == account.id,
                postings.c.version > looked,
                -postings.c.balance_before < minimum,
                -postings.c.balance_after >= minimum,
            )
            .correlate(ledger_accounts, reminders)
            .exists()
        )
        rows = await self._connection.execute(
            select(
                account.enrolment_id,
                (-account.balance).label("payable"),
                crossing.label("is_reached"),
                account.version,
            )
            .join(enrolments, enrolments.c.id == account.enrolment_id)
            .outerjoin(reminders, _reminded(kind, cast(account.enrolment_id, Text)))
            .where(
                enrolments.c.program == program,
                enrolments.c.status == EnrolmentStatus.ACTIVE,
                account.kind == AccountKind.PAYABLE,
                -account.balance >= minimum,
                account.version > looked,
            )
            .order_by(account.enrolment_id)
            .limit(limit)
        )
        return [
            EnoughMoney(
                enrolment_id=row.enrolment_id,
                payable=row.payable,
                is_reached=row.is_reached,
                period=f"{row.version:0{VERSION_DIGITS}}",
            )
            for row in rows
        ]

    async def ending(
        self, kind: str, *, after: datetime, until: datetime, limit: int
    ) -> Sequence[EndingReferral]:
        """Return referrals that end in a period and are not claimed, by enrolment and end."""
        period = _as_text(referrals.c.earns_until)
        rows = await self._connection.execute(
            select(
                referrals.c.id.label("referral_id"),
                referrals.c.enrolment_id,
                referrals.c.program,
                referrals.c.client_id,
                clients.c.name.label("client"),
                referrals.c.earns_until,
                period.label("period"),
            )
            .join(clients, clients.c.id == referrals.c.client_id)
            .join(enrolments, enrolments.c.id == referrals.c.enrolment_id)
            .outerjoin(reminders, _reminded(kind, cast(referrals.c.id, Text)))
            .where(
                referrals.c.earns_until > after,
                referrals.c.earns_until <= until,
                clients.c.deleted_at.is_(None),
                enrolments.c.status == EnrolmentStatus.ACTIVE,
                _not_yet(period),
            )
            .order_by(referrals.c.enrolment_id, referrals.c.earns_until, referrals.c.id)
            .limit(limit)
        )
        return records_of(EndingReferral, rows)

    async def waiting(self, kind: str, period: str, *, limit: int) -> Sequence[WaitingMoney]:
        """Return payable money without a named account that is not claimed in the period."""
        rows = await self._connection.execute(
            select(
                enrolments.c.id.label("enrolment_id"),
                enrolments.c.partner_id,
                enrolments.c.program,
                (-ledger_accounts.c.balance).label("payable"),
            )
            .join(enrolments, enrolments.c.id == ledger_accounts.c.enrolment_id)
            .join(partners, partners.c.id == enrolments.c.partner_id)
            .outerjoin(reminders, _reminded(kind, cast(partners.c.id, Text)))
            .where(
                ledger_accounts.c.kind == AccountKind.PAYABLE,
                ledger_accounts.c.balance < 0,
                partners.c.vendor_account_id.is_(None),
                enrolments.c.status == EnrolmentStatus.ACTIVE,
                or_(reminders.c.period.is_(None), reminders.c.period < period),
            )
            # They are claimed by partner, which may have several enrolments.
            .order_by(enrolments.c.partner_id, enrolments.c.id)
            .limit(limit)
        )
        return records_of(WaitingMoney, rows)

    async def unfinished(
        self, kind: str, *, after: datetime, before: datetime, limit: int
    ) -> Sequence[UnfinishedForm]:
        """Return private forms that were touched last in a period and are not claimed."""
        period = _as_text(conversations.c.updated_at)
        rows = await self._connection.execute(
            select(conversations.c.key, conversations.c.state, period.label("period"))
            .outerjoin(reminders, _reminded(kind, conversations.c.key))
            .where(
                conversations.c.state.is_not(None),
                conversations.c.updated_at >= after,
                conversations.c.updated_at < before,
                _not_yet(period),
            )
            .order_by(conversations.c.key)
            .limit(limit)
        )
        return [
            UnfinishedForm(
                key=row.key, person_id=_person_in(row.key), state=row.state, period=row.period
            )
            for row in rows
        ]


def _not_yet(period: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(reminders.c.period.is_(None), reminders.c.period < period)


def _person_in(key: str) -> int:
    """Return whose private chat a conversation is; 0 where it is a group's."""
    _, chat, person = key.split(":")
    return int(person) if chat == person else 0
