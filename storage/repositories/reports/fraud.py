"""The home of what is shown of fraud holds: each with its reasons and whose it is."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.fraud import (
    WAITING,
    FraudHold,
    FraudHoldView,
    HoldScope,
    HoldStatus,
    Signal,
)
from domain.ledger.accounts import AccountKind
from storage.rows import among, records_of
from storage.tables import (
    clients,
    commissions,
    enrolments,
    fraud_holds,
    ledger_accounts,
    partners,
    payments,
    people,
    signals,
)

_deciders = people.alias("deciders")
_openers = people.alias("openers")


class FraudReports:
    """Fraud holds on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def views(self, *, after: int, limit: int) -> Sequence[FraudHoldView]:
        """Return a page of the holds that wait for staff, oldest first, after an id."""
        statement = _whole().where(fraud_holds.c.status.in_(WAITING), fraud_holds.c.id > after)
        return await self._views(statement.order_by(fraud_holds.c.id).limit(limit))

    async def view(self, hold_id: int) -> FraudHoldView | None:
        """Return a hold with its reasons."""
        found = await self._views(_whole().where(fraud_holds.c.id == hold_id))
        return next(iter(found), None)

    async def _views(self, statement: Select[Any]) -> list[FraudHoldView]:
        rows = (await self._connection.execute(statement)).all()
        reasons = await self._connection.execute(
            select(signals)
            .where(among(signals.c.hold_id, [row.id for row in rows]))
            .order_by(signals.c.id)
        )
        by_hold: dict[int | None, list[Signal]] = defaultdict(list)
        for signal in records_of(Signal, reasons):
            by_hold[signal.hold_id].append(signal)
        names = ("code", "partner_name", "client_name", "payment_id", "decided_by_name")
        return [
            FraudHoldView(
                hold=FraudHold(**{c.name: getattr(row, c.name) for c in fraud_holds.c}),
                signals=tuple(by_hold[row.id]),
                minor=row.minor or 0,
                currency=row.currency or "",
                opened_by_name=row.opened_by_name,
                **{name: getattr(row, name) for name in names},
            )
            for row in rows
        ]


def _whole() -> Select[Any]:
    is_commission = fraud_holds.c.scope == HoldScope.COMMISSION
    is_registration = fraud_holds.c.scope == HoldScope.REGISTRATION
    client_id = case((is_registration, fraud_holds.c.subject_id), else_=commissions.c.client_id)
    keeps = fraud_holds.c.status == HoldStatus.OPEN
    left = commissions.c.minor - commissions.c.clawed_back
    spent = commissions.c.reserved + commissions.c.paid + commissions.c.converted
    return (
        select(
            fraud_holds,
            enrolments.c.code,
            partners.c.name.label("partner_name"),
            clients.c.name.label("client_name"),
            payments.c.payment_id,
            case((keeps, left - spent), else_=0).label("minor"),
            ledger_accounts.c.currency,
            _deciders.c.name.label("decided_by_name"),
            _openers.c.name.label("opened_by_name"),
        )
        .join(enrolments, enrolments.c.id == fraud_holds.c.enrolment_id)
        .join(partners, partners.c.id == enrolments.c.partner_id)
        .join(
            ledger_accounts,
            (ledger_accounts.c.enrolment_id == enrolments.c.id)
            & (ledger_accounts.c.kind == AccountKind.PAYABLE),
        )
        .outerjoin(commissions, and_(is_commission, commissions.c.id == fraud_holds.c.subject_id))
        .outerjoin(payments, payments.c.id == commissions.c.payment_id)
        .outerjoin(clients, clients.c.id == client_id)
        .outerjoin(_deciders, _deciders.c.id == fraud_holds.c.decided_by)
        .outerjoin(_openers, _openers.c.id == fraud_holds.c.opened_by)
    )
