"""The home of clients' services that end soon, as their partners see them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import EnrolmentStatus
from domain.entities.renewal import Renewal
from domain.entities.service import ServiceState
from domain.money import Money
from storage.tables import clients, enrolments, referrals, services


def _ends(after: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(
        services.c.state == ServiceState.ACTIVE,
        services.c.renews_at > after,
        services.c.renews_at < until,
        clients.c.deleted_at.is_(None),
    )


class RenewalRepository:
    """Renewals on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def partners(
        self, program: str, *, after: datetime, until: datetime, above: int, limit: int
    ) -> Sequence[int]:
        """Return active enrolments, above this id, with services that end in a period."""
        rows = await self._connection.scalars(
            select(referrals.c.enrolment_id)
            .distinct()
            .join(clients, clients.c.id == referrals.c.client_id)
            .join(services, services.c.client_id == clients.c.id)
            .join(enrolments, enrolments.c.id == referrals.c.enrolment_id)
            .where(
                referrals.c.program == program,
                referrals.c.enrolment_id > above,
                enrolments.c.status == EnrolmentStatus.ACTIVE,
                _ends(after, until),
            )
            .order_by(referrals.c.enrolment_id)
            .limit(limit)
        )
        return rows.all()

    async def of(
        self, enrolment_id: int, *, after: datetime, until: datetime
    ) -> Sequence[Renewal]:
        """Return what ends in a period of one partner's clients, the soonest first."""
        rows = await self._connection.execute(
            select(
                services.c.service_id,
                services.c.name,
                services.c.client_id,
                clients.c.name.label("client"),
                services.c.renews_at,
                services.c.price_minor,
                services.c.currency,
            )
            .join(clients, clients.c.id == services.c.client_id)
            .join(referrals, referrals.c.client_id == clients.c.id)
            .where(referrals.c.enrolment_id == enrolment_id, _ends(after, until))
            .order_by(services.c.renews_at, services.c.service_id)
        )
        return [
            Renewal(
                enrolment_id=enrolment_id,
                service_id=row.service_id,
                service=row.name,
                client_id=row.client_id,
                client=row.client,
                renews_at=row.renews_at,
                price=Money(row.price_minor, row.currency)
                if row.price_minor is not None and row.currency
                else None,
            )
            for row in rows
        ]
