"""The home of what is shown of a partner: overview, totals, registrations."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import Enrolment, Partner
from domain.entities.stats import StatsTotal
from domain.entities.views import Cursor, PartnerOverview, ReferralRow
from domain.ledger.accounts import Account, sheet_of
from storage.repositories.reports.pages import page_of
from storage.rows import record_of, records_of
from storage.tables import (
    client_accounts,
    clients,
    daily_stats,
    enrolments,
    ledger_accounts,
    links,
    members,
    partners,
    people,
    referrals,
)

_FIGURES = [column.name for column in daily_stats.c if not column.primary_key]


class PartnerReports:
    """Partners with their figures, on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def referrals(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[ReferralRow]:
        """Return a page of the partner's registrations."""
        count = (
            select(func.count())
            .select_from(client_accounts)
            .where(client_accounts.c.client_id == clients.c.id)
            .scalar_subquery()
        )
        statement = (
            select(
                referrals.c.id,
                clients.c.name.label("client_name"),
                clients.c.email,
                clients.c.phone,
                referrals.c.registered_at,
                referrals.c.earns_until,
                clients.c.deleted_at,
                count.label("accounts"),
            )
            .join(clients, clients.c.id == referrals.c.client_id)
            .where(referrals.c.enrolment_id == enrolment_id)
        )
        page = page_of(statement, referrals.c.registered_at, referrals.c.id, before, limit)
        return records_of(ReferralRow, await self._connection.execute(page))

    async def totals(self, enrolment_id: int) -> StatsTotal:
        """Return the partner's figures since it joined."""
        sums = (func.coalesce(func.sum(daily_stats.c[name]), 0).label(name) for name in _FIGURES)
        row = (
            await self._connection.execute(
                select(*sums).where(daily_stats.c.enrolment_id == enrolment_id)
            )
        ).one()
        return StatsTotal(**{name: int(getattr(row, name)) for name in _FIGURES})

    async def overview(self, code: str) -> PartnerOverview | None:
        """Return a partner by the code of any of its links."""
        row = (
            await self._connection.execute(
                select(enrolments)
                .join(links, links.c.enrolment_id == enrolments.c.id)
                .where(links.c.code == code.lower())
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
            totals=await self.totals(enrolment.id),
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
