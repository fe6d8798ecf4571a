"""The home of what the decisions about an invoice share: its picture, and who may decide."""

from datetime import date, datetime, time

from domain.entities.invoice import Invoice
from domain.entities.people import Caller
from domain.intake.facts import Facts
from domain.intake.load_partners import load_enrolments
from domain.period import require_utc
from domain.ports.work import Work
from domain.rules.invoice_refusals import (
    InvoiceAlreadyDecided,
)
from domain.rules.payouts import OwnPayout
from domain.surroundings import Surroundings


def due_instant(around: Surroundings, day: date) -> datetime:
    """Return the last second of the day, until which an invoice of that day can be paid."""
    return require_utc(datetime.combine(day, time(23, 59, 59), around.zone))


async def load_invoice(facts: Facts, work: Work, invoice: Invoice) -> None:
    """Put an invoice into the picture, with its client and the partner's people."""
    facts.invoices.keep(invoice)
    await load_enrolments(facts, work, [invoice.enrolment_id or 0])
    for client in await work.clients.by_ids([invoice.client_id]):
        facts.clients.load(client.id, client)


async def check_not_own(facts: Facts, work: Work, caller: Caller, invoice: Invoice) -> None:
    """Refuse what concerns a partner that the caller belongs to.

    Raises:
        OwnPayout: the caller is one of its members.
    """
    partner_id = facts.enrolments[invoice.enrolment_id or 0].partner_id
    if await work.partners.role_of(caller.person.id, partner_id) is not None:
        raise OwnPayout


async def named(
    work: Work, invoice: Invoice, refusal: InvoiceAlreadyDecided
) -> InvoiceAlreadyDecided:
    """Return the refusal with the name of who was faster."""
    person = await work.people.get(invoice.decided_by or 0)
    return InvoiceAlreadyDecided(**refusal.facts, by_name=person.name if person else None)
