"""The home of what is shown of clients: each with its referrals, partners and accounts."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.client import Client, Referral
from domain.entities.partner import EnrolmentStatus
from domain.entities.pin import PinStatus
from domain.entities.views import ClientView, Cursor
from storage.repositories.clients import CLIENT_COLUMNS
from storage.repositories.reports.pages import page_of
from storage.rows import among, records_of
from storage.tables import client_accounts, client_ids, clients, enrolments, pins, referrals


class ClientReports:
    """Clients on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def clients(
        self, enrolment_id: int, *, before: Cursor | None, limit: int
    ) -> Sequence[ClientView]:
        """Return a page of the partner's clients."""
        statement = select(referrals.c.client_id).where(referrals.c.enrolment_id == enrolment_id)
        page = page_of(statement, referrals.c.registered_at, referrals.c.id, before, limit)
        ids = list((await self._connection.execute(page)).scalars())
        views = {view.client.id: view for view in await self._views(ids)}
        return [views[key] for key in ids]

    async def client(self, external_id: str) -> ClientView | None:
        """Return a client by any id it is known by."""
        our_id = await self._connection.scalar(
            select(client_ids.c.client_id).where(client_ids.c.external_id == external_id)
        )
        return next(iter(await self._views([our_id])), None) if our_id else None

    async def client_by_our_id(self, client_id: int) -> ClientView | None:
        """Return a client by our own id."""
        return next(iter(await self._views([client_id])), None)

    async def client_of_person(self, person_id: int) -> ClientView | None:
        """Return the client that a person is."""
        our_id = await self._connection.scalar(
            select(clients.c.id)
            .where(clients.c.telegram_id == person_id)
            .order_by(clients.c.id)
            .limit(1)
        )
        return next(iter(await self._views([our_id])), None) if our_id else None

    async def _views(self, ids: Sequence[int]) -> list[ClientView]:
        found = records_of(
            Client,
            await self._connection.execute(
                select(*CLIENT_COLUMNS).where(among(clients.c.id, ids))
            ),
        )
        own = await self._referrals(ids)
        counts = await self._connection.execute(
            select(client_accounts.c.client_id, func.count().label("many"))
            .where(among(client_accounts.c.client_id, ids))
            .group_by(client_accounts.c.client_id)
        )
        accounts = {row.client_id: row.many for row in counts}
        protected = await self._protected(ids)
        return [
            ClientView(
                client=client,
                referrals=tuple(referral for referral, _ in own[client.id]),
                codes=tuple(code for _, code in own[client.id]),
                accounts=accounts.get(client.id, 0),
                protected_by=protected.get(client.id),
            )
            for client in found
        ]

    async def _protected(self, ids: Sequence[int]) -> dict[int, int]:
        """Return who protects each client; a partner that has left protects nobody."""
        rows = await self._connection.execute(
            select(pins.c.client_id, pins.c.enrolment_id)
            .join(enrolments, enrolments.c.id == pins.c.enrolment_id)
            .where(
                pins.c.status == PinStatus.ACTIVE,
                among(pins.c.client_id, ids),
                enrolments.c.status != EnrolmentStatus.ENDED,
            )
        )
        return {row.client_id: row.enrolment_id for row in rows}

    async def _referrals(
        self, client_ids_: Sequence[int]
    ) -> dict[int, list[tuple[Referral, str | None]]]:
        """Return the referrals of each client, each with the code of the partner that got it."""
        rows = await self._connection.execute(
            select(referrals, enrolments.c.code.label("partner_code"))
            .outerjoin(enrolments, enrolments.c.id == referrals.c.enrolment_id)
            .where(among(referrals.c.client_id, client_ids_))
            .order_by(referrals.c.id)
        )
        own: dict[int, list[tuple[Referral, str | None]]] = defaultdict(list)
        for row in rows:
            referral = Referral(**{c.name: getattr(row, c.name) for c in referrals.c})
            own[referral.client_id].append((referral, row.partner_code))
        return own
