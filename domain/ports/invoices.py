"""The home of the port of invoices."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.invoice import Invoice, InvoiceView
from domain.entities.views import Cursor


class Invoices(Protocol):
    """Invoices: those that partners asked for, and those that billing reports."""

    async def known(self, names: Iterable[str], payment_ids: Iterable[str]) -> Sequence[Invoice]:
        """Return invoices by billing's ids or names of requests, and those of these payments."""
        ...

    async def get(self, invoice_id: int) -> Invoice | None:
        """Return an invoice by our id."""
        ...

    async def by_request(self, request_key: str) -> Invoice | None:
        """Return the invoice that this confirmation has asked for already."""
        ...

    async def add(self, new: Sequence[Invoice]) -> None:
        """Keep new invoices."""
        ...

    async def update(self, changed: Sequence[Invoice]) -> None:
        """Keep the next state of invoices."""
        ...

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Invoice]:
        """Return every invoice of these clients."""
        ...

    async def waiting_of(self, enrolment_id: int) -> int:
        """Return how many requests of a partner wait to be issued."""
        ...

    async def number_is_free(self, program: str, number: str) -> bool:
        """Test if no invoice of the program has this number."""
        ...

    async def count_issued(self, program: str, since: datetime) -> int:
        """Return how many invoices of the program were issued since then."""
        ...

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
        ...

    async def own(self, enrolment_id: int, program: str, invoice_id: int) -> InvoiceView | None:
        """Return an invoice of the partner or of one of its clients."""
        ...

    async def view(self, invoice_id: int) -> InvoiceView | None:
        """Return an invoice with the names around it."""
        ...

    async def waiting(
        self, *, after: tuple[datetime, int] | None, limit: int
    ) -> Sequence[InvoiceView]:
        """Return a page of the invoices that wait for staff, the oldest first."""
        ...

    async def owed_before(self, at: datetime) -> Sequence[Invoice]:
        """Return invoices that partners have to pay and that are due by then, oldest first."""
        ...
