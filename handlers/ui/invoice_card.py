"""The home of the card of an invoice in the admin chat, and of the questions before a press."""

from domain.entities.invoice import OWED, Invoice, InvoiceStatus, InvoiceView, PayBy
from domain.programs.model import Program
from domain.usecases.invoices.desk import IssueProposal
from handlers.ui.callbacks_invoices import InvoiceCard
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.invoice_words import invoice_lines, invoice_status, pay_by_name, sums
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 60


def invoice_named(language: Language, view: InvoiceView) -> Html:
    """Return which invoice a question is about, for whoever has several open."""
    return language.say(
        "🧾 Invoice {number}, {amount}, {partner}",
        number=view.invoice.number or view.invoice.shown_number,
        amount=view.invoice.net if view.invoice.is_asked else view.invoice.price,
        partner=short(view.partner_name or "—", NAME_LENGTH),
    )


def invoice_card(language: Language, view: InvoiceView, program: Program | None) -> Screen:
    """Return the card with the buttons that the status allows."""
    say, invoice = language.say, view.invoice
    head = (
        say("🧾 <b>Invoice {number}</b>", number=invoice.number)
        if invoice.number
        else say("🧾 <b>Request for an invoice, {number}</b>", number=invoice.shown_number)
    )
    text = lines(
        head,
        invoice_status(language, invoice.status),
        say(
            "Partner: {name}, code {code}",
            name=short(view.partner_name or "—", NAME_LENGTH),
            code=code(view.partner_code or "—"),
        ),
        say(
            "Client: {name}, ID {id}",
            name=short(view.client_name, NAME_LENGTH),
            id=code(view.client_shown_id),
        ),
        *_dates(language, invoice),
        "",
        *invoice_lines(language, program, invoice),
        "",
        *sums(language, invoice),
        say("Payment: {how}", how=pay_by_name(language, invoice.pay_by or PayBy.TRANSFER)),
        *_said(language, view),
    )
    return Screen(text, _buttons(language, invoice))


def _dates(language: Language, invoice: Invoice) -> list[Html]:
    say = language.say
    dates = []
    if invoice.asked_at:
        dates.append(say("Asked: {at}", at=invoice.asked_at))
    if invoice.issued_at:
        dates.append(say("Issued: {date}", date=language.date(invoice.issued_at)))
    if invoice.due_at and invoice.status in OWED:
        dates.append(say("Pay until: {date}", date=language.date(invoice.due_at)))
    return dates


def _said(language: Language, view: InvoiceView) -> list[Html]:
    """Return what the partner and the staff said, and who decided last."""
    say, invoice = language.say, view.invoice
    said = []
    if invoice.told_paid_at and invoice.status in OWED:
        said.append(say("💬 The partner says it paid: {at}", at=invoice.told_paid_at))
    if invoice.reference:
        said.append(say("Its words: {words}", words=short(invoice.reference, 200)))
    if invoice.reason_text:
        said.append(say("Reason: {reason}", reason=short(invoice.reason_text, 300)))
    if view.decided_by_name:
        said.append(say("Decided last by: {name}", name=short(view.decided_by_name, NAME_LENGTH)))
    return said


def press(action: str, invoice: Invoice) -> InvoiceCard:
    """Return the value of a button on the card."""
    return InvoiceCard(action=action, invoice_id=invoice.id)


def _buttons(language: Language, invoice: Invoice) -> Rows:
    say = language.say
    if invoice.status is InvoiceStatus.REQUESTED:
        return (
            (
                Button(say("✅ Issue"), press("issue", invoice)),
                Button(say("❌ Refuse"), press("reject", invoice)),
            ),
        )
    if invoice.status not in OWED or invoice.payment_id is not None:
        return ()
    rows: Rows = ((Button(say("💰 The money has come"), press("confirm", invoice)),),)
    if invoice.told_paid_at is not None:
        rows = (*rows, (Button(say("🔁 Nothing has come"), press("not_received", invoice)),))
    return (*rows, (Button(say("✖️ Cancel the invoice"), press("cancel", invoice)),))


def back(language: Language, invoice: Invoice) -> tuple[Button, ...]:
    """Return the way back to the card."""
    return (Button(language.say("⬅️ Back"), press("card", invoice)),)


def issue_question(language: Language, proposal: IssueProposal, program: Program | None) -> Screen:
    """Return the card asking for number and day."""
    say, invoice = language.say, proposal.view.invoice
    card = invoice_card(language, proposal.view, program)
    text = lines(
        card.text,
        "",
        bold(say("Which number, and until when is it to be paid?")),
        say("Press the button, or reply to the next message with number and day."),
    )
    name = say(
        "✅ {number}, until {date}",
        number=proposal.number,
        date=language.day(proposal.due_on),
    )
    return Screen(text, ((Button(name, press("issue_now", invoice)),), back(language, invoice)))


def confirm_question(language: Language, view: InvoiceView, program: Program | None) -> Screen:
    """Return the card asking if the money has really come."""
    say, invoice = language.say, view.invoice
    card = invoice_card(language, view, program)
    text = lines(
        card.text,
        "",
        bold(say("Have you received {amount}?", amount=invoice.net)),
        say(
            "A payment of the client over {price} is recorded, and the partner keeps {share}.",
            price=invoice.price,
            share=invoice.commission,
        ),
    )
    yes = Button(say("✅ Yes, record it"), press("confirm_now", invoice))
    return Screen(text, ((yes,), back(language, invoice)))


def not_received_question(
    language: Language, view: InvoiceView, program: Program | None
) -> Screen:
    """Return the card asking if the partner is to be told that nothing has come."""
    say, invoice = language.say, view.invoice
    card = invoice_card(language, view, program)
    text = lines(
        card.text, "", bold(say("Tell the partner that no money has come for this invoice?"))
    )
    yes = Button(say("✅ Yes"), press("not_received_now", invoice))
    return Screen(text, ((yes,), back(language, invoice)))


def words_question(
    language: Language, view: InvoiceView, program: Program | None, action: str
) -> Screen:
    """Return the card asking for words to the partner, before a refusal or a cancellation."""
    say, invoice = language.say, view.invoice
    card = invoice_card(language, view, program)
    question = (
        say("Why is it refused? Reply to the next message; the partner reads it.")
        if action == "reject"
        else say("Why is it cancelled? Reply to the next message; the partner reads it.")
    )
    return Screen(lines(card.text, "", bold(question)), (back(language, invoice),))
