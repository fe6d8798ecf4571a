"""The home of pins: accounts that partners named in advance."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import exists, select, tuple_
from sqlalchemy import literal as value_of
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.claim import ClaimStatus
from domain.entities.pin import Pin, PinStatus, PinView
from domain.entities.views import Cursor
from storage.rows import among, insert_all, records_of, update_all, values_of
from storage.tables import claims, client_ids, clients, enrolments, pins, referrals
from storage.tables.pins import PIN_WAITING
from storage.vault import Vault

KEY_LENGTH = 24
"""Hexadecimal digits of a link's secret end: 96 bits."""


class PinRepository:
    """Pins on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def save(self, added: Sequence[Pin], changed: Sequence[Pin]) -> None:
        """Keep new pins and the next state of others; what ends makes room first."""
        # One after another: a statement for all of them would meet the client's two pins in any
        # order, and a client has one that stands.
        for pin in sorted(changed, key=lambda pin: pin.protects):
            await update_all(self._connection, pins, [values_of(pin)])
        await insert_all(self._connection, pins, [values_of(pin) for pin in added])

    async def get(self, pin_id: int) -> Pin | None:
        """Return a pin."""
        rows = await self._connection.execute(select(pins).where(pins.c.id == pin_id))
        return next(iter(records_of(Pin, rows)), None)

    async def of_account(self, account_id: str) -> Sequence[Pin]:
        """Return every pin of an account, oldest first."""
        rows = await self._connection.execute(
            select(pins).where(pins.c.account_id == account_id).order_by(pins.c.id)
        )
        return records_of(Pin, rows)

    async def of_clients(self, client_ids_: Iterable[int]) -> Sequence[Pin]:
        """Return every pin of these clients, oldest first."""
        rows = await self._connection.execute(
            select(pins).where(among(pins.c.client_id, client_ids_)).order_by(pins.c.id)
        )
        return records_of(Pin, rows)

    async def named_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner named accounts since then, oldest first."""
        rows = await self._connection.scalars(
            select(pins.c.created_at)
            .where(pins.c.enrolment_id == enrolment_id, pins.c.created_at > since)
            .order_by(pins.c.created_at)
        )
        return rows.all()

    async def silent(self, at: datetime, *, limit: int) -> Sequence[Pin]:
        """Return pins that waited for an answer until then, the oldest first."""
        rows = await self._connection.execute(
            select(pins)
            .where(PIN_WAITING, pins.c.expires_at <= at)
            .order_by(pins.c.expires_at, pins.c.id)
            .limit(limit)
        )
        return records_of(Pin, rows)

    async def page(self, enrolment_id: int, *, before: Cursor | None, limit: int) -> Sequence[Pin]:
        """Return a partner's pins, newest first."""
        statement = select(pins).where(pins.c.enrolment_id == enrolment_id)
        if before is not None:
            last = tuple_(value_of(before.at, pins.c.created_at.type), value_of(before.id))
            statement = statement.where(tuple_(pins.c.created_at, pins.c.id) < last)
        rows = await self._connection.execute(
            statement.order_by(pins.c.created_at.desc(), pins.c.id.desc()).limit(limit)
        )
        return records_of(Pin, rows)

    async def views(self, found: Sequence[Pin]) -> Sequence[PinView]:
        """Return pins with what is known of their clients."""
        reported = exists().where(
            client_ids.c.client_id == clients.c.id, client_ids.c.external_id.not_like("bot-%")
        )
        paying = exists().where(
            referrals.c.client_id == clients.c.id, referrals.c.live_payments > 0
        )
        disputed = (
            select(claims.c.id)
            .where(claims.c.pin_id == pins.c.id, claims.c.status == ClaimStatus.OPEN)
            .limit(1)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(
                pins.c.id,
                clients.c.name,
                clients.c.shown_id,
                clients.c.active_services,
                clients.c.deleted_at,
                reported.label("is_reported"),
                paying.label("is_paying"),
                disputed.label("claim_id"),
                enrolments.c.code,
            )
            .join(enrolments, enrolments.c.id == pins.c.enrolment_id)
            .outerjoin(clients, clients.c.id == pins.c.client_id)
            .where(among(pins.c.id, [pin.id for pin in found]))
        )
        known = {row.id: row for row in rows}
        return [
            PinView(
                pin=pin,
                client_name=known[pin.id].name,
                client_shown_id=known[pin.id].shown_id,
                is_reported=bool(known[pin.id].is_reported),
                is_paying=bool(known[pin.id].is_paying),
                is_active=bool(known[pin.id].active_services) and not known[pin.id].deleted_at,
                deleted_at=known[pin.id].deleted_at,
                code=known[pin.id].code,
                claim_id=known[pin.id].claim_id,
                key=self.key_of(pin.id) if pin.status is PinStatus.WAITING else "",
            )
            for pin in found
        ]

    def key_of(self, pin_id: int) -> str:
        """Return the secret end of the link by which a client answers."""
        return self._vault.mark(str(pin_id), context="pin")[:KEY_LENGTH]
