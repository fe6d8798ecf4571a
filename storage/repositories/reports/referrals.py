"""The home of what is shown of registrations: lists and one by one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.client import ClientAccount
from domain.entities.filters import EVERYTHING, Standing, Wanted
from domain.entities.views import Cursor, ReferralCard, ReferralRow
from storage.repositories.reports.pages import page_of, within
from storage.repositories.reports.searching import found_by
from storage.rows import record_of, records_of
from storage.tables import (
    client_accounts,
    clients,
    commissions,
    links,
    payments,
    referrals,
)

ACCOUNTS_MAX = 20


class ReferralReports:
    """Registrations on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def referrals(
        self,
        enrolment_id: int,
        *,
        before: Cursor | None,
        limit: int,
        wanted: Wanted = EVERYTHING,
    ) -> Sequence[ReferralRow]:
        """Return a page of the partner's registrations."""
        statement = within(_rows(), referrals.c.registered_at, wanted)
        if wanted.standing is not Standing.ANY:
            earns = _earns(wanted)
            is_active = wanted.standing is Standing.ACTIVE
            statement = statement.where(earns if is_active else not_(earns))
        found = found_by(wanted)
        if found is not None:
            statement = statement.where(found)
        own = statement.where(referrals.c.enrolment_id == enrolment_id)
        page = page_of(own, referrals.c.registered_at, referrals.c.id, before, limit)
        return records_of(ReferralRow, await self._connection.execute(page))

    async def referral(self, enrolment_id: int, referral_id: int) -> ReferralCard | None:
        """Return one referral of the partner."""
        own = (referrals.c.id == referral_id, referrals.c.enrolment_id == enrolment_id)
        found = (await self._connection.execute(_rows().where(*own))).first()
        if found is None:
            return None
        row = record_of(ReferralRow, found)
        rest = (
            await self._connection.execute(
                select(referrals.c.first_click_at, referrals.c.live_payments, links.c.label)
                .outerjoin(links, links.c.code == referrals.c.code)
                .where(*own)
            )
        ).one()
        accounts = await self._connection.execute(
            select(client_accounts)
            .where(client_accounts.c.client_id == row.client_id)
            .order_by(client_accounts.c.created_at, client_accounts.c.account_id)
            .limit(ACCOUNTS_MAX)
        )
        many, earned = await self._earned(enrolment_id, row.client_id)
        return ReferralCard(
            row=row,
            first_click_at=rest.first_click_at,
            link_label=rest.label or "",
            accounts=tuple(records_of(ClientAccount, accounts)),
            payments=many,
            live_payments=rest.live_payments,
            earned_minor=earned,
        )

    async def _earned(self, enrolment_id: int, client_id: int) -> tuple[int, int]:
        """Return how many payments of the client count, and what they earned after clawbacks."""
        own = (payments.c.client_id == client_id, payments.c.enrolment_id == enrolment_id)
        many = await self._connection.scalar(select(func.count()).where(*own))
        earned = await self._connection.scalar(
            select(func.coalesce(func.sum(commissions.c.minor - commissions.c.clawed_back), 0))
            .join(payments, payments.c.id == commissions.c.payment_id)
            .where(*own)
        )
        return int(many or 0), int(earned or 0)


def _rows() -> Select[Any]:
    count = (
        select(func.count())
        .select_from(client_accounts)
        .where(client_accounts.c.client_id == clients.c.id)
        .scalar_subquery()
    )
    return select(
        referrals.c.id,
        referrals.c.client_id,
        clients.c.shown_id,
        clients.c.name.label("client_name"),
        clients.c.email,
        clients.c.phone,
        referrals.c.registered_at,
        referrals.c.earns_until,
        referrals.c.code,
        clients.c.deleted_at,
        count.label("accounts"),
    ).join(clients, clients.c.id == referrals.c.client_id)


def _earns(wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition that a referral would earn by a payment now."""
    return and_(
        clients.c.deleted_at.is_(None),
        or_(referrals.c.earns_until.is_(None), referrals.c.earns_until > wanted.now),
    )
