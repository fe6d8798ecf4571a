"""The home of the list of invoices in the admin chat."""

from collections.abc import Sequence

from domain.entities.invoice import InvoiceView
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_invoices import InvoiceCard
from handlers.ui.claim_marks import masked
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen


def queue_screen(language: Language, views: Sequence[InvoiceView], size: int) -> Screen:
    """Return a page of the invoices that wait for staff, the oldest first."""
    say = language.say
    if not views:
        return Screen(say("✨ No invoice waits for you."))
    rows = [(_button(language, view),) for view in views[:size]]
    if len(views) > size:
        last = views[size - 1].invoice
        since = last.waits_since or last.changed_at
        rows.append((Button(say("More ▶️"), OpenPage.at_instant("invoice_queue", since, last.id)),))
    text = lines(
        say("🧾 <b>Invoices that wait for you</b>"),
        say("🔵 to be issued, 💬 said to be paid. Press one to open its card."),
    )
    return Screen(text, tuple(rows))


def _button(language: Language, view: InvoiceView) -> Button:
    invoice = view.invoice
    text = language.say(
        "{mark} {number} · {partner} · {amount}",
        mark="🔵" if invoice.issued_at is None else "💬",
        number=invoice.shown_number,
        partner=short(view.partner_name or masked(view.client_name), 18),
        amount=invoice.net,
    )
    return Button(text, InvoiceCard(action="open", invoice_id=invoice.id))
