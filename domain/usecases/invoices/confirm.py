"""The home of confirming that a partner has paid its invoice (R15)."""

from dataclasses import replace

from domain.access import require_staff
from domain.entities.invoice import Invoice, InvoiceView
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.deciding_invoices import named
from domain.intake.entering import Entry
from domain.money import Money
from domain.period import text_of
from domain.ports.work import Work
from domain.programs.model_rates import Settlement
from domain.rules.invoice_refusals import (
    InvoiceAlreadyDecided,
)
from domain.rules.invoices import (
    check_payable,
)
from domain.rules.masking import mask_name
from domain.rules.payouts import OwnPayout

ENTRY = "invoice-"
"""What the id of the payment begins with, and the event's: one for each invoice."""


class ConfirmInvoice(Entry):
    """Record the payment of an invoice when the vendor has its money: the client's full price.

    - Owner and finance may, as for any payment by hand. The payment is one that the partner
      collected, and its commission is what the invoice withheld; the partner keeps it.
    - One payment for each invoice, however often it is pressed; who is second is told who was
      first. Billing's own report of the payment does the same.
    - Nobody confirms for a partner one belongs to.
    """

    async def __call__(self, caller: Caller, invoice_id: int) -> InvoiceView:
        """Return the invoice paid; the client is masked, as on the card of the group.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such invoice.
            OwnPayout: the caller belongs to the partner.
            InvoiceAlreadyDecided: it is not to be paid now.
            EntryRefused: the intake would not apply it; the fact says why.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "invoice.confirm", self._around.owners)
            invoice = await work.invoices.get(invoice_id)
            if invoice is None or invoice.enrolment_id is None:
                raise NotFound(invoice=invoice_id)
            await self._check(work, caller, invoice)
            payment_id = f"{ENTRY}{invoice.request_id}"
            facts, answer = await self.apply(
                work, "payment.succeeded", payment_id, await self._data(work, invoice, payment_id)
            )
            paid = facts.invoices[invoice.id]
            await work.invoices.update([replace(paid, decided_by=caller.person.id)])
            await self.audit(work, caller, role.value, ("invoice_confirmed", payment_id), answer)
            view = await work.invoices.view(invoice.id)
            await work.commit()
        if view is None:
            raise NotFound(invoice=invoice_id)
        return replace(view, client_name=mask_name(view.client_name))

    async def _check(self, work: Work, caller: Caller, invoice: Invoice) -> None:
        (enrolment,) = await work.enrolments.by_ids([invoice.enrolment_id or 0])
        if await work.partners.role_of(caller.person.id, enrolment.partner_id) is not None:
            raise OwnPayout
        try:
            check_payable(invoice)
        except InvoiceAlreadyDecided as refusal:
            raise await named(work, invoice, refusal) from None

    async def _data(self, work: Work, invoice: Invoice, payment_id: str) -> dict[str, object]:
        """Return the payment as billing would report it: the full price, by the partner."""
        (client,) = await work.clients.by_ids([invoice.client_id])
        parts = invoice.parts
        data: dict[str, object] = {
            "payment_id": payment_id,
            "client_id": client.shown_id,
            "amount": str(invoice.price),
            "currency": invoice.currency,
            "paid_at": text_of(self._around.clock()),
            "settlement": Settlement.VIA_PARTNER.value,
            "invoice_id": invoice.invoice_id,
            "program": invoice.program,
        }
        if None in parts:
            return data
        lines = [
            {"category": category, "amount": str(Money(minor, invoice.currency))}
            for category, minor in parts.items()
        ]
        return data | {"lines": lines}
