"""The home of the words for invoices: statuses, lines, sums, ways to pay."""

from domain.entities.invoice import Invoice, InvoiceLine, InvoiceStatus, PayBy
from domain.money import Money
from domain.programs.model import Program
from domain.programs.model_offers import PricePeriod
from handlers.ui.html import Html, safe, short
from handlers.ui.language import Language

NAME_LENGTH = 60
LINES_SHOWN = 30


def invoice_status(language: Language, status: InvoiceStatus) -> Html:
    """Return mark and word of where an invoice stands."""
    say = language.say
    match status:
        case InvoiceStatus.REQUESTED:
            return say("🔵 asked for")
        case InvoiceStatus.REJECTED:
            return say("🔴 refused")
        case InvoiceStatus.UNPAID:
            return say("🟡 to be paid")
        case InvoiceStatus.PAID:
            return say("🟢 paid")
        case InvoiceStatus.OVERDUE:
            return say("🟠 overdue")
        case InvoiceStatus.CANCELLED:
            return say("⚪️ cancelled")
        case InvoiceStatus.REFUNDED:
            return say("↩️ refunded")


def pay_by_name(language: Language, pay_by: PayBy) -> Html:
    """Return how an invoice is paid."""
    if pay_by is PayBy.CARD:
        return language.say("by card, without closing documents")
    return language.say("by bank transfer")


def period_name(language: Language, period: PricePeriod) -> Html:
    """Return what a price is paid for."""
    say = language.say
    match period:
        case PricePeriod.MONTH:
            return say("for a month")
        case PricePeriod.YEAR:
            return say("for a year")
        case PricePeriod.ONCE:
            return say("once")


def line_name(language: Language, program: Program | None, line: InvoiceLine) -> Html:
    """Return what a line is for, in the reader's language where the price list has it."""
    item = program.item(line.item) if program and line.item else None
    if item is None:
        return safe(short(line.name or "—", NAME_LENGTH))
    return language.say(
        "{name}, {period}",
        name=item.name(language.code),
        period=period_name(language, item.period),
    )


def invoice_lines(language: Language, program: Program | None, invoice: Invoice) -> list[Html]:
    """Return a line of text for each line of the invoice, at full price."""
    return [
        language.say(
            "• {name} × {quantity}: {amount}",
            name=line_name(language, program, line),
            quantity=language.number(line.quantity),
            amount=Money(line.minor, invoice.currency),
        )
        for line in invoice.lines[:LINES_SHOWN]
    ]


def sums(language: Language, invoice: Invoice, *, is_own: bool = False) -> list[Html]:
    """Return full price, the partner's share, and what it pays; of billing's own, the sum.

    Args:
        language: Of the reader.
        invoice: The invoice.
        is_own: The reader is the partner.
    """
    say = language.say
    if not invoice.is_asked:
        return [say("Sum: <b>{amount}</b>", amount=invoice.price)]
    rates = {line.rate for line in invoice.lines}
    share = language.money(invoice.commission)
    if len(rates) == 1:
        share = f"{share} ({language.percent(rates.pop())})"
    return [
        say("Full price: {amount}", amount=invoice.price),
        say("Your share: {share}", share=share)
        if is_own
        else say("The partner’s share: {share}", share=share),
        say("To pay the vendor: <b>{amount}</b>", amount=invoice.net),
    ]
