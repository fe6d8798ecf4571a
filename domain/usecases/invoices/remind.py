"""The home of reminding partners of invoices before they are due and when they are overdue."""

from domain.entities.invoice import InvoiceStatus
from domain.intake.deciding_invoices import load_invoice
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.intake.telling_invoices import tell_card, tell_partner
from domain.ports.work import Work
from domain.rules.invoice_days import (
    REMIND_BEFORE,
    is_reminder_due,
    reminded,
)
from domain.surroundings import Surroundings


class RemindOfInvoices:
    """Remind a partner two days before an invoice is due, when it is, and each week after.

    - From its day on an unpaid invoice is overdue.
    - Who has said that it paid is not reminded: then it is up to the vendor's staff.
    - After five reminders people have to talk.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many partners were reminded."""
        now = self._around.clock()
        async with self._around.open_work.read() as work:
            owed = await work.invoices.owed_before(now + REMIND_BEFORE)
        if not any(is_reminder_due(invoice, now) for invoice in owed):
            return 0
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            count = await _remind(facts, work)
            await save_facts(facts, work)
            await work.commit()
        return count


async def _remind(facts: Facts, work: Work) -> int:
    count = 0
    for invoice in await work.invoices.owed_before(facts.now + REMIND_BEFORE):
        if not is_reminder_due(invoice, facts.now):
            continue
        await load_invoice(facts, work, invoice)
        after = reminded(invoice, facts.now)
        facts.invoices.keep(after)
        is_late = after.status is InvoiceStatus.OVERDUE
        tell_partner(facts, after, "invoice_overdue" if is_late else "invoice_due")
        if after.status is not invoice.status:
            tell_card(facts, after)
        count += 1
    return count
