"""The home of what staff decide about invoices: issue, refuse, cancel, not received (R15)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domain.access import require_staff
from domain.entities.invoice import MOVE_RIGHTS, Invoice, InvoiceMove, InvoiceView
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.deciding_invoices import check_not_own, due_instant, load_invoice, named
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.intake.telling_invoices import tell_cancelled, tell_card, tell_partner
from domain.ports.work import Work
from domain.rules.invoice_days import (
    check_due,
    read_number,
)
from domain.rules.invoice_refusals import (
    InvoiceAlreadyDecided,
    InvoiceNumberTaken,
)
from domain.rules.invoices import (
    cancel,
    issue,
    not_received,
    reject,
)
from domain.rules.masking import mask_name
from domain.surroundings import Surroundings

REASON_LENGTH_MAX = 500


_TELLS: Final = {
    InvoiceMove.ISSUE: "invoice_issued",
    InvoiceMove.REJECT: "invoice_rejected",
    InvoiceMove.CANCEL: "invoice_cancelled",
    InvoiceMove.NOT_RECEIVED: "invoice_not_received",
}
_ACTIONS: Final = {
    InvoiceMove.ISSUE: "invoice_issued",
    InvoiceMove.REJECT: "invoice_rejected",
    InvoiceMove.CANCEL: "invoice_cancelled",
    InvoiceMove.NOT_RECEIVED: "invoice_not_received",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDecision:
    """One press.

    Attributes:
        invoice_id: Our id of the invoice.
        move: What was pressed.
        number: What stands on the paper; of ISSUE.
        due_on: Until which day it is to be paid; of ISSUE.
        reason_text: The words to the partner; may be empty.
    """

    invoice_id: int
    move: InvoiceMove
    number: str = ""
    due_on: date | None = None
    reason_text: str = ""


class DecideInvoice:
    """Carry out what staff press on the card of an invoice.

    - A request is issued, with number and day, or refused; an issued one is cancelled while it is
      not paid; money that has not come, though the partner said so, is asked for again.
    - A refusal and a cancellation carry words: the partner has to know why.
    - The sums are those that the partner agreed to; issuing changes none of them.
    - Rights are read with the effect; nobody decides about a partner one belongs to.
    - The second of two presses is told who was first; each is audited, and the partner is told.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, decision: InvoiceDecision) -> InvoiceView:
        """Return the invoice after the press; the client is masked, as on the card of the group.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such invoice.
            OwnPayout: the caller belongs to the partner.
            InvoiceAlreadyDecided: somebody was faster, or it stands elsewhere by now.
            BadInvoiceNumber: the number cannot be one.
            InvoiceNumberTaken: another invoice has it.
            BadDueDay: the day is past, or more than a year ahead.
            InvoiceReasonNeeded: a refusal or cancellation without words.
        """
        async with self._around.open_work() as work:
            right = MOVE_RIGHTS[decision.move]
            role = await require_staff(work, caller, right, self._around.owners)
            invoice = await work.invoices.get(decision.invoice_id)
            if invoice is None or invoice.enrolment_id is None:
                raise NotFound(invoice=decision.invoice_id)
            facts = new_facts(self._around)
            await load_invoice(facts, work, invoice)
            await check_not_own(facts, work, caller, invoice)
            try:
                after = await self._decide(facts, work, caller, invoice, decision)
            except InvoiceAlreadyDecided as refusal:
                raise await named(work, invoice, refusal) from None
            facts.invoices.keep(after)
            tell_partner(facts, after, _TELLS[decision.move])
            tell_card(facts, after)
            if decision.move in (InvoiceMove.REJECT, InvoiceMove.CANCEL):
                tell_cancelled(facts, after)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action=_ACTIONS[decision.move],
                subject=f"invoice:{invoice.id}",
                details={"from": invoice.status.value, "to": after.status.value},
            )
            view = await work.invoices.view(invoice.id)
            await work.commit()
        if view is None:
            raise NotFound(invoice=decision.invoice_id)
        return replace(view, client_name=mask_name(view.client_name))

    async def _decide(
        self, facts: Facts, work: Work, caller: Caller, invoice: Invoice, decision: InvoiceDecision
    ) -> Invoice:
        by, at = caller.person.id, facts.now
        words = " ".join(decision.reason_text.split())[:REASON_LENGTH_MAX]
        match decision.move:
            case InvoiceMove.ISSUE:
                return await self._issued(facts, work, invoice, decision, by)
            case InvoiceMove.REJECT:
                return reject(invoice, at=at, by=by, text=words)
            case InvoiceMove.CANCEL:
                return cancel(invoice, at=at, by=by, text=words)
            case InvoiceMove.NOT_RECEIVED:
                return not_received(invoice, at=at, by=by)
            case InvoiceMove.CONFIRM:
                raise ValueError("a payment is recorded by ConfirmInvoice")

    async def _issued(
        self, facts: Facts, work: Work, invoice: Invoice, decision: InvoiceDecision, by: int
    ) -> Invoice:
        number = read_number(decision.number)
        day = decision.due_on or facts.now.astimezone(self._around.zone).date()
        due_at = due_instant(self._around, day)
        issued = issue(invoice, number=number, due_at=due_at, at=facts.now, by=by)
        check_due(due_at, now=facts.now)
        if not await work.invoices.number_is_free(invoice.program or "", number):
            raise InvoiceNumberTaken(number=number)
        return issued
