"""The home of promo codes for clients; the codes are encrypted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.promo import Promo, PromoView
from storage.rows import AnyRow, among, upsert, values_of
from storage.tables import clients, enrolments, promos, referrals
from storage.vault import Vault


class PromoRepository:
    """Promo codes on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def eligible(
        self, program: str, forms: Sequence[str], *, since: datetime, limit: int
    ) -> Sequence[tuple[int, int]]:
        """Return clients without a promo code that get one, each with the enrolment it is of."""
        rows = await self._connection.execute(
            select(referrals.c.client_id, func.max(referrals.c.enrolment_id))
            .join(clients, clients.c.id == referrals.c.client_id)
            .outerjoin(promos, promos.c.client_id == referrals.c.client_id)
            .where(
                referrals.c.program == program,
                referrals.c.enrolment_id.is_not(None),
                referrals.c.registered_at >= since,
                among(clients.c.legal_form, forms),
                clients.c.deleted_at.is_(None),
                promos.c.id.is_(None),
            )
            .group_by(referrals.c.client_id)
            .order_by(referrals.c.client_id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def _sealed(self, promo: Promo) -> dict[str, object]:
        mark = self._vault.mark(promo.code, context="promo") if promo.code else None
        return {"code": self._vault.seal(promo.code, context=_name(promo.id)), "code_mark": mark}

    async def add_once(self, promo: Promo) -> bool:
        """Keep a new one; ``False`` when the client has one already."""
        statement = upsert(self._connection, promos).values(
            **(values_of(promo) | self._sealed(promo))
        )
        result = await self._connection.execute(
            statement.on_conflict_do_nothing(index_elements=["client_id"])
        )
        return result.rowcount > 0

    async def update(self, promo: Promo) -> None:
        """Keep the next state."""
        await self._connection.execute(
            update(promos)
            .where(promos.c.id == promo.id)
            .values(**(values_of(promo, but=("id", "client_id")) | self._sealed(promo)))
        )

    async def code_is_used(self, code: str, *, but: int) -> bool:
        """Test if another promo, not ``but``, has this code."""
        mark = self._vault.mark(code, context="promo")
        found = await self._connection.scalar(
            select(promos.c.id).where(promos.c.code_mark == mark, promos.c.id != but)
        )
        return found is not None

    async def get(self, promo_id: int) -> PromoView | None:
        """Return one."""
        found = await self._views(_views().where(promos.c.id == promo_id))
        return found[0] if found else None

    async def of_client(self, client_id: int) -> Promo | None:
        """Return a client's."""
        found = await self._views(_views().where(promos.c.client_id == client_id))
        return found[0].promo if found else None

    async def waiting(self, *, limit: int) -> Sequence[PromoView]:
        """Return those that wait for a manager, oldest first."""
        statement = _views().where(promos.c.given_at.is_(None), clients.c.deleted_at.is_(None))
        return await self._views(statement.order_by(promos.c.eligible_at).limit(limit))

    async def unused(self, *, limit: int) -> Sequence[PromoView]:
        """Return those that were given and not activated, oldest first."""
        statement = _views().where(promos.c.given_at.is_not(None), promos.c.activated_at.is_(None))
        return await self._views(statement.order_by(promos.c.given_at).limit(limit))

    async def lapsing(self, *, now: datetime, until: datetime) -> Sequence[PromoView]:
        """Return active ones that lapse by then."""
        statement = _views().where(promos.c.expires_at > now, promos.c.expires_at <= until)
        return await self._views(statement.order_by(promos.c.expires_at))

    async def forget_client(self, client_id: int) -> None:
        """Erase a client's code."""
        promo = await self.of_client(client_id)
        if promo is not None:
            gone = self._vault.seal("", context=_name(promo.id))
            await self._connection.execute(
                update(promos).where(promos.c.id == promo.id).values(code=gone)
            )

    async def _views(self, statement: Select[*tuple[object, ...]]) -> list[PromoView]:
        return [self._view(row) for row in await self._connection.execute(statement)]

    def _view(self, row: AnyRow) -> PromoView:
        own = {c.name: getattr(row, c.name) for c in promos.c if c.name != "code_mark"}
        own["code"] = self._vault.open(own["code"], context=_name(row.id))
        return PromoView(
            promo=Promo(**own),
            client_name=row.client_name,
            shown_id=row.shown_id,
            telegram_id=row.telegram_id,
            email=row.email,
            partner_code=row.partner_code,
        )


def _name(promo_id: int) -> str:
    return f"promo:{promo_id}:code"


def _views() -> Select[*tuple[object, ...]]:
    """Return what reads promo codes with the names that belong to them."""
    return (
        select(
            promos,
            clients.c.name.label("client_name"),
            clients.c.shown_id,
            clients.c.telegram_id,
            clients.c.email,
            enrolments.c.code.label("partner_code"),
        )
        .join(clients, clients.c.id == promos.c.client_id)
        .join(enrolments, enrolments.c.id == promos.c.enrolment_id)
    )
