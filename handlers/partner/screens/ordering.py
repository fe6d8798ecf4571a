"""The home of the form by which a partner asks for an invoice: client, items, payment, sums."""

from collections.abc import Mapping

from domain.entities.invoice import Invoice, PayBy
from domain.entities.page import Page
from domain.entities.views import ReferralRow
from domain.programs.model import Program
from domain.programs.model_offers import PriceItem
from domain.usecases.invoices.request import OrderClient, Reckoned
from handlers.ui.callbacks import Open, OpenPage
from handlers.ui.callbacks_invoices import InvoiceForm, OwnInvoice
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.invoice_words import invoice_lines, pay_by_name, period_name, sums
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 40


def cancel_row(language: Language) -> tuple[Button, ...]:
    """Return the way out of the form."""
    return (Button(language.say("✖️ Cancel"), InvoiceForm(step="cancel")),)


def clients_screen(language: Language, page: Page[ReferralRow], *, is_first: bool) -> Screen:
    """Return the question for whom the invoice is."""
    say = language.say
    head = say("🧾 <b>New invoice</b>")
    if not page.rows and is_first:
        text = lines(head, say("You have no clients yet. Share your link: that is how they come."))
        return Screen(
            text, ((Button(say("🔗 My link"), Open(screen="link")),), cancel_row(language))
        )
    rows = tuple(
        (
            Button(
                short(row.client_name, NAME_LENGTH),
                InvoiceForm(step="client", key=str(row.client_id)),
            ),
        )
        for row in page.rows
    )
    turns = []
    if not is_first:
        turns.append(Button(say("⏮ Newest"), OpenPage(screen="order")))
    if page.following is not None:
        turns.append(Button(say("Older ▶️"), OpenPage.after("order", page.following)))
    text = lines(head, say("For which client? Press it, or send its ID or account ID."))
    return Screen(text, (*rows, tuple(turns), cancel_row(language)))


def cart_screen(
    language: Language,
    client: OrderClient,
    quantities: Mapping[str, int],
    reckoned: Reckoned | None,
    touched: PriceItem | None,
) -> Screen:
    """Return the price list with what was chosen and what it comes to."""
    say, program = language.say, client.program
    text = lines(
        say("🧾 <b>New invoice</b> for {client}", client=short(client.name, NAME_LENGTH)),
        say("Press what the client orders; each press adds one."),
        say("Or send the number of “{name}” you need.", name=touched.name(language.code))
        if touched
        else None,
        "",
        *(_price(language, item) for item in program.price_list),
        "" if reckoned else None,
        *(invoice_lines(language, program, reckoned.invoice) if reckoned else ()),
        *(sums(language, reckoned.invoice, is_own=True) if reckoned else ()),
    )
    rows: Rows = tuple(
        _item(language, item, quantities.get(item.key, 0)) for item in program.price_list
    )
    go = (Button(say("➡️ Continue"), InvoiceForm(step="next")),)
    return Screen(text, (*rows, *((go,) if reckoned else ()), cancel_row(language)))


def _price(language: Language, item: PriceItem) -> Html:
    return language.say(
        "• {name}, {period}: {amount}",
        name=bold(item.name(language.code)),
        period=period_name(language, item.period),
        amount=item.price,
    )


def _item(language: Language, item: PriceItem, quantity: int) -> tuple[Button, ...]:
    add = Button(
        language.say(
            "➕ {name}, {period}",
            name=item.name(language.code),
            period=period_name(language, item.period),
        ),
        InvoiceForm(step="more", key=item.key),
    )
    if not quantity:
        return (add,)
    less = language.say("➖ of {count}", count=language.number(quantity))
    return (add, Button(less, InvoiceForm(step="less", key=item.key)))


def pay_by_question(language: Language, reckoned: Reckoned) -> Screen:
    """Return the question how the partner pays."""
    say = language.say
    text = lines(
        say("How will you pay <b>{amount}</b>?", amount=reckoned.invoice.net),
        say("🏦 By bank transfer: you get an invoice, and closing documents after the payment."),
        say("💳 By card: at once, but <b>no closing documents</b> follow."),
    )
    rows = (
        (
            Button(say("🏦 Bank transfer"), InvoiceForm(step=PayBy.TRANSFER.value)),
            Button(say("💳 Card"), InvoiceForm(step=PayBy.CARD.value)),
        ),
        (Button(say("⬅️ Back"), InvoiceForm(step="back")),),
        cancel_row(language),
    )
    return Screen(text, rows)


def confirm_screen(language: Language, reckoned: Reckoned, key: str) -> Screen:
    """Return everything once more before the vendor is asked."""
    say, invoice = language.say, reckoned.invoice
    is_card = invoice.pay_by is PayBy.CARD
    text = lines(
        say("Please check:"),
        "",
        say("Client: {name}", name=short(reckoned.client.name, NAME_LENGTH)),
        *invoice_lines(language, reckoned.program, invoice),
        "",
        *sums(language, invoice, is_own=True),
        say("Payment: {how}", how=pay_by_name(language, invoice.pay_by or PayBy.TRANSFER)),
        "",
        say("⚠️ You pay by card: <b>there will be no act and no other closing documents.</b>")
        if is_card
        else None,
        say("These sums are agreed by your request, whatever your tier becomes later."),
    )
    words = (
        say("✅ I agree, no documents: ask for it") if is_card else say("✅ Ask for the invoice")
    )
    rows = (
        (Button(words, InvoiceForm(step="confirm", key=key)),),
        (Button(say("⬅️ Back"), InvoiceForm(step="next")),),
        cancel_row(language),
    )
    return Screen(text, rows)


def asked_screen(language: Language, invoice: Invoice) -> Screen:
    """Return that the request is with the vendor."""
    say = language.say
    text = lines(
        say("📨 The request {number} is with the vendor.", number=invoice.shown_number),
        say(
            "You are told here when the invoice is issued. Pay <b>{amount}</b> then.",
            amount=invoice.net,
        ),
    )
    own = OwnInvoice(action="open", invoice_id=invoice.id)
    rows = (
        (Button(say("🧾 Open the request"), own),),
        (
            Button(say("🧾 Invoices"), Open(screen="invoices")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def form_gone(language: Language) -> Screen:
    """Return that the form of an old message is over."""
    say = language.say
    return Screen(
        say("This form is over. Please begin again."),
        ((Button(say("➕ New invoice"), InvoiceForm(step="start")),),),
    )


def form_left(language: Language) -> Screen:
    """Return that the form was left."""
    say = language.say
    return Screen(
        say("Cancelled. Nothing was asked for."),
        ((Button(say("🧾 Invoices"), Open(screen="invoices")),),),
    )


def bad_quantity(language: Language, most: int) -> Screen:
    """Return that a typed quantity is none."""
    text = language.say("Please send a whole number from 0 to {most}.", most=language.number(most))
    return Screen(text, (cancel_row(language),))


def choose_item_first(language: Language, program: Program) -> Screen:
    """Return that a number was sent before an item was pressed."""
    names = ", ".join(item.name(language.code) for item in program.price_list[:3])
    text = language.say("First press an item, such as {names}; then send the number.", names=names)
    return Screen(text, (cancel_row(language),))
