"""The home of the shelf of invoices: found by every name that events have for them."""

from domain.entities.invoice import Invoice
from domain.intake.shelf import Shelf


class InvoiceShelf(Shelf[int, Invoice]):
    """Invoices while a set of events is decided."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(lambda row: row.payment_id)
        self._ids: dict[str, int] = {}

    def named(self, name: str) -> Invoice | None:
        """Return the invoice that events call so, or that was asked for under this name."""
        key = self._ids.get(name)
        return None if key is None else self[key]

    def of_payment(self, payment_id: str) -> Invoice | None:
        """Return the invoice that became this payment."""
        return next(iter(self.of(payment_id)), None)

    def keep(self, invoice: Invoice, *, is_new: bool = False) -> None:
        """Put an invoice on the shelf as it is stored, or its next state."""
        if is_new:
            self.add(invoice.id, invoice)
        elif self.get(invoice.id) is None:
            self.load(invoice.id, invoice)
        else:
            self.put(invoice.id, invoice)
        for name in (invoice.invoice_id, invoice.request_id if invoice.is_asked else None):
            if name is not None:
                self._ids[name] = invoice.id
