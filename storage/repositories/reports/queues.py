"""The home of counting what waits for staff."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    func,
    null,
    select,
    text,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.event import EventStatus
from domain.entities.notice import STAFF_CHAT
from domain.entities.payout import PayoutStatus
from domain.entities.queue import SHOWN_FOR, QueueKind, QueueLine
from domain.money import Money
from storage.tables import (
    applications,
    claims,
    events,
    fraud_holds,
    invoices,
    mails,
    notices,
    outbound_events,
    payouts,
    promos,
    questions,
)
from storage.tables.applications import APPLICATION_WAITS
from storage.tables.claims import CLAIM_OPEN
from storage.tables.events import OPEN
from storage.tables.fraud import HOLD_WAITS
from storage.tables.invoices import INVOICE_WAITS
from storage.tables.questions import QUESTION_WAITS
from storage.types import Instant


def _waiting(at: Any, currency: Any = None, minor: Any = None) -> Select[Any]:  # noqa: ANN401 - columns
    """Return the counting of rows by the instant since which they wait, and their sums."""
    return select(
        func.count().label("many"),
        type_coerce(func.min(at), Instant()).label("oldest_at"),
        (null() if currency is None else type_coerce(currency, Text)).label("currency"),
        (null() if minor is None else func.sum(minor)).label("minor"),
    )


def _payouts(status: PayoutStatus) -> Select[Any]:
    counted = _waiting(payouts.c.requested_at, payouts.c.currency, payouts.c.minor)
    return (
        counted.where(payouts.c.status == status)
        .group_by(payouts.c.currency)
        .order_by(payouts.c.currency)
    )


def _events(*conditions: ColumnElement[bool]) -> Select[Any]:
    return _waiting(events.c.received_at).select_from(events).where(text(OPEN), *conditions)


_PARKED = events.c.status == EventStatus.PARKED
_FOR_STAFF = events.c.waits_for.like("staff:%")
_SINCE = bindparam("since", type_=Instant())

WAITING: dict[QueueKind, Select[Any]] = {
    QueueKind.PAYOUTS_NEW: _payouts(PayoutStatus.REQUESTED),
    QueueKind.PAYOUTS_APPROVED: _payouts(PayoutStatus.APPROVED),
    QueueKind.APPLICATIONS: _waiting(applications.c.submitted_at)
    .select_from(applications)
    .where(APPLICATION_WAITS),
    QueueKind.INVOICES: (
        _waiting(
            invoices.c.waits_since,
            invoices.c.currency,
            invoices.c.minor - invoices.c.commission_minor,
        )
        .where(INVOICE_WAITS)
        .group_by(invoices.c.currency)
        .order_by(invoices.c.currency)
    ),
    QueueKind.FRAUD_HOLDS: _waiting(fraud_holds.c.opened_at).where(HOLD_WAITS),
    QueueKind.CLAIMS: _waiting(claims.c.opened_at).where(CLAIM_OPEN),
    QueueKind.QUESTIONS: _waiting(questions.c.waits_since).where(QUESTION_WAITS),
    QueueKind.PROMOS: _waiting(promos.c.eligible_at).where(promos.c.given_at.is_(None)),
    QueueKind.PARKED_EVENTS: _events(_PARKED, _FOR_STAFF),
    QueueKind.WAITING_EVENTS: _events(_PARKED, ~_FOR_STAFF),
    QueueKind.REJECTED_EVENTS: _events(
        events.c.status == EventStatus.REJECTED, events.c.received_at >= _SINCE
    ),
    QueueKind.WEBHOOKS: _waiting(outbound_events.c.created_at).where(
        outbound_events.c.undelivered_at.is_not(None)
    ),
    QueueKind.LOST_MAILS: _waiting(mails.c.created_at).where(mails.c.undelivered_at.is_not(None)),
    QueueKind.LOST_MESSAGES: _waiting(notices.c.created_at).where(
        notices.c.recipient == STAFF_CHAT,
        notices.c.sent_at.is_(None),
        notices.c.dead_at >= _SINCE,
    ),
}
"""What waits, by kind: rows of ``many``, ``oldest_at`` and, for money, ``currency``, ``minor``.

``since`` may stand in a condition: what is final is shown for a time only.
"""


class QueueReports:
    """What waits for staff, on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def queues(self, kinds: Sequence[QueueKind], *, now: datetime) -> Sequence[QueueLine]:
        """Return of which of these kinds something waits for staff, in the order of the kinds."""
        found = [(kind, await self._rows(kind, now)) for kind in kinds]
        return [
            QueueLine(
                kind=kind,
                count=sum(row.many for row in rows),
                oldest_at=min(row.oldest_at for row in rows),
                sums=tuple(Money(int(row.minor), row.currency) for row in rows if row.currency),
            )
            for kind, rows in found
            if rows
        ]

    async def _rows(self, kind: QueueKind, now: datetime) -> list[Any]:
        rows = await self._connection.execute(WAITING[kind], {"since": now - SHOWN_FOR})
        return [row for row in rows if row.many]
