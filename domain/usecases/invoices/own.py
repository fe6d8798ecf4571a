"""The home of a partner's own invoices: the list, one of them, and what the partner does."""

from dataclasses import replace

from domain.access import Place, own_place
from domain.entities.invoice import Invoice, InvoiceView
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor
from domain.errors import NotFound
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.intake.telling_invoices import tell_cancelled, tell_card
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rules.invoice_days import (
    read_reference,
)
from domain.rules.invoices import (
    tell_paid,
    withdraw,
)
from domain.rules.masking import mask_name
from domain.surroundings import Surroundings


class ListInvoices:
    """Show an admin the partner's invoices, and those that billing reports of its clients (R42).

    - Newest change first; of who may not see personal data, the clients are masked.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, before: Cursor | None = None
    ) -> tuple[Page[InvoiceView], Program]:
        """Return the page after the invoice at ``before``, and the terms.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            own = place.enrolment
            rows = await work.invoices.page_of(
                own.id, own.program, before=before, limit=PAGE_SIZE + 1
            )
        shown = [self._shown(place, row) for row in rows]
        page = page_of(
            shown, PAGE_SIZE, lambda row: Cursor(row.invoice.changed_at, row.invoice.id)
        )
        return page, self._around.programs[own.program]

    async def one(self, caller: Caller, invoice_id: int) -> tuple[InvoiceView, Program]:
        """Return one of them, and the terms.

        Raises:
            NotFound: the partner has no such invoice.
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            own = place.enrolment
            view = await work.invoices.own(own.id, own.program, invoice_id)
        if view is None:
            raise NotFound(invoice=invoice_id)
        return self._shown(place, view), self._around.programs[own.program]

    def _shown(self, place: Place, view: InvoiceView) -> InvoiceView:
        if not place.hides_clients(mask_clients=self._around.mask_clients):
            return view
        return replace(view, client_name=mask_name(view.client_name))


class MoveOwnInvoice:
    """Let an admin take a request back before it is issued, or say that an invoice is paid.

    - A second press of the same changes nothing more; staff see either on their card.
    - Saying so moves no money: staff confirm it, or billing reports the payment.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def withdraw(self, caller: Caller, invoice_id: int) -> Invoice:
        """Take the request back.

        Raises:
            NotFound: the partner has no such invoice.
            InvoiceAlreadyDecided: staff were faster.
        """
        async with self._around.open_work() as work:
            invoice = await self._own(work, caller, invoice_id)
            facts = new_facts(self._around)
            after = withdraw(invoice, at=facts.now)
            facts.invoices.keep(invoice)
            facts.invoices.keep(after)
            tell_card(facts, after)
            tell_cancelled(facts, after)
            await save_facts(facts, work)
            await self._audit(work, caller, "invoice_withdrawn", after)
            await work.commit()
        return after

    async def tell_paid(self, caller: Caller, invoice_id: int, reference: str = "") -> Invoice:
        """Say that the invoice is paid, with a word about the transfer that may be empty.

        Raises:
            NotFound: the partner has no such invoice.
            InvoiceAlreadyDecided: it is not to be paid now.
            BadReference: the word about the transfer is too long.
        """
        said = read_reference(reference)
        async with self._around.open_work() as work:
            invoice = await self._own(work, caller, invoice_id)
            facts = new_facts(self._around)
            after = tell_paid(invoice, at=facts.now, reference=said)
            is_news = invoice.told_paid_at is None
            if not is_news and after.reference == invoice.reference:
                return invoice
            facts.invoices.keep(invoice)
            facts.invoices.keep(after)
            tell_card(facts, after)
            if is_news:
                facts.tell_staff(
                    "invoice_told_paid",
                    {"about_id": after.id, "number": after.shown_number},
                )
            await save_facts(facts, work)
            await self._audit(work, caller, "invoice_told_paid", after)
            await work.commit()
        return after

    async def _own(self, work: Work, caller: Caller, invoice_id: int) -> Invoice:
        place = await own_place(work, caller)
        invoice = await work.invoices.get(invoice_id)
        if invoice is None or invoice.enrolment_id != place.enrolment.id:
            raise NotFound(invoice=invoice_id)
        return invoice

    async def _audit(self, work: Work, caller: Caller, action: str, invoice: Invoice) -> None:
        await work.audit.add(
            at=self._around.clock(),
            actor=caller.person.id,
            role="partner",
            action=action,
            subject=f"invoice:{invoice.id}",
            details={},
        )
