"""The home of a partner's invoices: the list, one of them, and saying that it is paid."""

from domain.entities.invoice import OWED, Invoice, InvoiceStatus, InvoiceView
from domain.entities.page import Page
from domain.programs.model import Program
from handlers.ui.callbacks import Open, OpenPage
from handlers.ui.callbacks_invoices import InvoiceForm, OwnInvoice
from handlers.ui.html import Html, code, lines, short
from handlers.ui.invoice_words import invoice_lines, invoice_status, pay_by_name, sums
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 40
BUTTON_NAME_LENGTH = 18


def invoices_screen(
    language: Language, page: Page[InvoiceView], program: Program, *, is_first: bool
) -> Screen:
    """Return a page of invoices, the newest change first."""
    say = language.say
    new: Rows = ()
    if program.price_list:
        new = ((Button(say("➕ New invoice"), InvoiceForm(step="start")),),)
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    head = say("🧾 <b>Invoices</b>")
    if not page.rows and is_first:
        return Screen(lines(head, *_nothing(language, program)), (*new, menu))
    rows = tuple((_row(language, view),) for view in page.rows)
    turns = []
    if not is_first:
        turns.append(Button(say("⏮ Newest"), OpenPage(screen="invoices")))
    if page.following is not None:
        turns.append(Button(say("Older ▶️"), OpenPage.after("invoices", page.following)))
    text = lines(head, say("Press one to see its lines and what to do next."))
    return Screen(text, (*rows, tuple(turns), *new, menu))


def _nothing(language: Language, program: Program) -> list[Html]:
    say = language.say
    if not program.price_list:
        return [say("There are none yet. The vendor’s invoices for your clients appear here.")]
    return [
        say("There are none yet."),
        say(
            "You take the full price from the client, pay our invoice less your share, and keep "
            "the share at once."
        ),
    ]


def _row(language: Language, view: InvoiceView) -> Button:
    invoice = view.invoice
    status = str(invoice_status(language, invoice.status)).split(" ", 1)[0]
    amount = invoice.net if invoice.is_asked else invoice.price
    text = language.say(
        "{mark} {number} · {client} · {amount}",
        mark=status,
        number=invoice.shown_number,
        client=short(view.client_name, BUTTON_NAME_LENGTH),
        amount=amount,
    )
    return Button(text, OwnInvoice(action="open", invoice_id=invoice.id))


def invoice_screen(language: Language, view: InvoiceView, program: Program) -> Screen:
    """Return one invoice with its lines, and what the partner can do."""
    say, invoice = language.say, view.invoice
    text = lines(
        _head(language, invoice),
        invoice_status(language, invoice.status),
        say(
            "Client: {name}, ID {id}",
            name=short(view.client_name, NAME_LENGTH),
            id=code(view.client_shown_id),
        ),
        say("Issued: {date}", date=language.date(invoice.issued_at))
        if invoice.issued_at
        else None,
        say("Pay until: {date}", date=language.date(invoice.due_at))
        if invoice.due_at and invoice.status in OWED
        else None,
        say("Payment: {how}", how=pay_by_name(language, invoice.pay_by))
        if invoice.pay_by
        else None,
        "",
        *invoice_lines(language, program, invoice),
        "",
        *sums(language, invoice, is_own=True),
        "",
        *_said(language, invoice),
    )
    return Screen(text, _buttons(language, invoice))


def _head(language: Language, invoice: Invoice) -> Html:
    if invoice.number is None:
        return language.say(
            "🧾 <b>Request for an invoice, {number}</b>", number=invoice.shown_number
        )
    return language.say("🧾 <b>Invoice {number}</b>", number=invoice.number)


def _said(language: Language, invoice: Invoice) -> list[Html]:
    """Return what the vendor and the partner said about it."""
    say = language.say
    said = []
    if invoice.reason_text:
        said.append(say("The vendor says: “{words}”", words=short(invoice.reason_text, 300)))
    if invoice.told_paid_at and invoice.status in OWED:
        said.append(
            say("You said on {at} that it is paid; the vendor checks it.", at=invoice.told_paid_at)
        )
    return said


def _buttons(language: Language, invoice: Invoice) -> Rows:
    say = language.say
    back = (Button(say("🧾 Invoices"), Open(screen="invoices")),)
    if invoice.status is InvoiceStatus.REQUESTED:
        take = OwnInvoice(action="ask_withdraw", invoice_id=invoice.id)
        return ((Button(say("✖️ Take the request back"), take),), back)
    if invoice.is_asked and invoice.status in OWED:
        paid = OwnInvoice(action="paid", invoice_id=invoice.id)
        return ((Button(say("💸 I have paid"), paid),), back)
    return (back,)


def withdraw_question(language: Language, view: InvoiceView) -> Screen:
    """Return the question before a request is taken back."""
    say, invoice = language.say, view.invoice
    text = say(
        "Take the request {number} over {amount} back? The vendor will not issue an invoice.",
        number=invoice.shown_number,
        amount=invoice.net,
    )
    yes = OwnInvoice(action="withdraw", invoice_id=invoice.id)
    no = OwnInvoice(action="open", invoice_id=invoice.id)
    return Screen(text, ((Button(say("✅ Yes"), yes), Button(say("⬅️ Back"), no)),))


def paid_question(language: Language, view: InvoiceView) -> Screen:
    """Return the question for a word about the transfer."""
    say, invoice = language.say, view.invoice
    text = lines(
        say(
            "💸 Have you paid <b>{amount}</b> for invoice {number}?",
            amount=invoice.net,
            number=invoice.shown_number,
        ),
        say(
            "Send the number of the payment order, or any word by which the vendor finds the "
            "transfer; or just press the button."
        ),
        say("🔒 It is kept encrypted and shown only to the people who check payments."),
    )
    yes = OwnInvoice(action="paid_now", invoice_id=invoice.id)
    no = OwnInvoice(action="open", invoice_id=invoice.id)
    return Screen(text, ((Button(say("✅ Yes, I have paid"), yes),), (Button(say("⬅️ Back"), no),)))
