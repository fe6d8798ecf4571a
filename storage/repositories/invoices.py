"""The home of invoices; what a partner says of its transfer is encrypted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.invoice import Invoice, InvoiceStatus, InvoiceView
from domain.entities.views import Cursor
from domain.ids import decode
from storage.rows import AnyRow, among, insert_all, update_all, values_of
from storage.tables import clients, enrolments, invoices, partners, people, referrals
from storage.tables.invoices import INVOICE_OWED, INVOICE_WAITS
from storage.vault import Vault


class InvoiceRepository:
    """Invoices on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    def _values(self, invoice: Invoice) -> dict[str, Any]:
        sealed = self._vault.seal(invoice.reference, context=f"invoice:{invoice.id}")
        return values_of(invoice) | {"reference": sealed}

    def _record(self, row: AnyRow) -> Invoice:
        values = {column.name: getattr(row, column.name) for column in invoices.c}
        values["reference"] = self._vault.open(row.reference, context=f"invoice:{row.id}")
        return Invoice(**values)

    async def _all(self, statement: Select[Any]) -> list[Invoice]:
        return [self._record(row) for row in await self._connection.execute(statement)]

    async def known(self, names: Iterable[str], payment_ids: Iterable[str]) -> Sequence[Invoice]:
        """Return invoices by billing's ids or names of requests, and those of these payments."""
        names = list(names)
        asked = [number for name in names if (number := decode(name)) is not None]
        return await self._all(
            select(invoices).where(
                or_(
                    among(invoices.c.invoice_id, names),
                    among(invoices.c.id, asked),
                    among(invoices.c.payment_id, payment_ids),
                )
            )
        )

    async def get(self, invoice_id: int) -> Invoice | None:
        """Return an invoice by our id."""
        found = await self._all(select(invoices).where(invoices.c.id == invoice_id))
        return found[0] if found else None

    async def by_request(self, request_key: str) -> Invoice | None:
        """Return the invoice that this confirmation has asked for already."""
        found = await self._all(select(invoices).where(invoices.c.request_key == request_key))
        return found[0] if found else None

    async def add(self, new: Sequence[Invoice]) -> None:
        """Keep new invoices."""
        await insert_all(self._connection, invoices, [self._values(row) for row in new])

    async def update(self, changed: Sequence[Invoice]) -> None:
        """Keep the next state of invoices."""
        await update_all(self._connection, invoices, [self._values(row) for row in changed])

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Invoice]:
        """Return every invoice of these clients."""
        return await self._all(select(invoices).where(among(invoices.c.client_id, client_ids)))

    async def waiting_of(self, enrolment_id: int) -> int:
        """Return how many requests of a partner wait to be issued."""
        return await self._count(
            invoices.c.enrolment_id == enrolment_id,
            invoices.c.status == InvoiceStatus.REQUESTED,
        )

    async def number_is_free(self, program: str, number: str) -> bool:
        """Test if no invoice of the program has this number."""
        return not await self._count(invoices.c.program == program, invoices.c.number == number)

    async def count_issued(self, program: str, since: datetime) -> int:
        """Return how many invoices of the program were issued since then."""
        return await self._count(invoices.c.program == program, invoices.c.issued_at >= since)

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        statement = select(func.count()).select_from(invoices).where(*conditions)
        return int(await self._connection.scalar(statement) or 0)

    async def page_of(
        self,
        enrolment_id: int,
        program: str,
        *,
        before: Cursor | None,
        limit: int,
        client_id: int | None = None,
    ) -> Sequence[InvoiceView]:
        """Return a page of a partner's invoices and of its clients', newest change first."""
        statement = _views().where(_of(enrolment_id, program))
        if client_id is not None:
            statement = statement.where(invoices.c.client_id == client_id)
        place = tuple_(invoices.c.changed_at, invoices.c.id)
        if before is not None:
            last = tuple_(literal(before.at, invoices.c.changed_at.type), literal(before.id))
            statement = statement.where(place < last)
        return await self._views(
            statement.order_by(invoices.c.changed_at.desc(), invoices.c.id.desc()).limit(limit)
        )

    async def own(self, enrolment_id: int, program: str, invoice_id: int) -> InvoiceView | None:
        """Return an invoice of the partner or of one of its clients."""
        statement = _views().where(invoices.c.id == invoice_id, _of(enrolment_id, program))
        return next(iter(await self._views(statement)), None)

    async def view(self, invoice_id: int) -> InvoiceView | None:
        """Return an invoice with the names around it."""
        found = await self._views(_views().where(invoices.c.id == invoice_id))
        return next(iter(found), None)

    async def waiting(
        self, *, after: tuple[datetime, int] | None, limit: int
    ) -> Sequence[InvoiceView]:
        """Return a page of the invoices that wait for staff, the oldest first."""
        statement = _views().where(INVOICE_WAITS)
        if after is not None:
            last = tuple_(literal(after[0], invoices.c.waits_since.type), literal(after[1]))
            statement = statement.where(tuple_(invoices.c.waits_since, invoices.c.id) > last)
        return await self._views(
            statement.order_by(invoices.c.waits_since, invoices.c.id).limit(limit)
        )

    async def owed_before(self, at: datetime) -> Sequence[Invoice]:
        """Return invoices that partners have to pay and that are due by then, oldest first."""
        return await self._all(
            select(invoices)
            .where(INVOICE_OWED, invoices.c.due_at <= at)
            .order_by(invoices.c.due_at, invoices.c.id)
        )

    async def _views(self, statement: Select[Any]) -> list[InvoiceView]:
        return [
            InvoiceView(
                invoice=self._record(row),
                client_name=row.client_name,
                client_shown_id=row.client_shown_id,
                partner_name=row.partner_name,
                partner_code=row.partner_code,
                decided_by_name=row.decided_by_name,
            )
            for row in await self._connection.execute(statement)
        ]


def _of(enrolment_id: int, program: str) -> ColumnElement[bool]:
    """Return the condition of what a partner may see: its own, and billing's of its clients."""
    its_clients = select(referrals.c.client_id).where(
        referrals.c.enrolment_id == enrolment_id, referrals.c.program == program
    )
    return or_(
        invoices.c.enrolment_id == enrolment_id,
        invoices.c.enrolment_id.is_(None) & invoices.c.client_id.in_(its_clients),
    )


def _views() -> Select[Any]:
    return (
        select(
            invoices,
            clients.c.name.label("client_name"),
            clients.c.shown_id.label("client_shown_id"),
            partners.c.name.label("partner_name"),
            enrolments.c.code.label("partner_code"),
            people.c.name.label("decided_by_name"),
        )
        .join(clients, clients.c.id == invoices.c.client_id)
        .outerjoin(enrolments, enrolments.c.id == invoices.c.enrolment_id)
        .outerjoin(partners, partners.c.id == enrolments.c.partner_id)
        .outerjoin(people, people.c.id == invoices.c.decided_by)
    )
