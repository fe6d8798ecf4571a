"""The home of what is shown of a partner: its overview."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import Enrolment, Partner
from domain.entities.views import PartnerOverview
from domain.ledger.accounts import Account, sheet_of
from storage.repositories.reports.stats import StatsReports
from storage.rows import record_of, records_of
from storage.tables import (
    enrolments,
    ledger_accounts,
    links,
    members,
    partners,
    people,
)


class PartnerReports:
    """Partners with their figures, on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def overview(self, code: str) -> PartnerOverview | None:
        """Return a partner by the code of any of its links."""
        enrolment_id = await self._connection.scalar(
            select(links.c.enrolment_id).where(links.c.code == code.lower())
        )
        return await self.overview_of(enrolment_id) if enrolment_id else None

    async def overview_of(self, enrolment_id: int) -> PartnerOverview | None:
        """Return a partner by its enrolment."""
        row = (
            await self._connection.execute(
                select(enrolments).where(enrolments.c.id == enrolment_id)
            )
        ).first()
        if row is None:
            return None
        enrolment = record_of(Enrolment, row)
        partner_row = (
            await self._connection.execute(
                select(partners).where(partners.c.id == enrolment.partner_id)
            )
        ).one()
        accounts = records_of(
            Account,
            await self._connection.execute(
                select(ledger_accounts).where(ledger_accounts.c.enrolment_id == enrolment.id)
            ),
        )
        return PartnerOverview(
            partner=record_of(Partner, partner_row),
            enrolment=enrolment,
            sheet=sheet_of(accounts[0].currency, accounts),
            totals=await StatsReports(self._connection).totals(enrolment.id),
            members=await self._member_names(enrolment.partner_id),
        )

    async def _member_names(self, partner_id: int) -> tuple[str, ...]:
        names = await self._connection.execute(
            select(people.c.name)
            .join(members, members.c.person_id == people.c.id)
            .where(members.c.partner_id == partner_id, members.c.left_at.is_(None))
            .order_by(members.c.joined_at, members.c.person_id)
        )
        return tuple(names.scalars())
