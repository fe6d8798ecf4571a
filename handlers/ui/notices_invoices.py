"""The home of the words of notices about legal forms and partners' invoices."""

from datetime import datetime

from domain.money import Money
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_invoices import InvoiceCard, OwnInvoice
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.notice_params import client_of, money_of
from handlers.ui.screen import Button, Rows, Screen

Params = dict[str, object]
WORDS_LENGTH = 300


def _due(language: Language, params: Params) -> str:
    due_at = params.get("due_at")
    return language.date(datetime.fromisoformat(str(due_at))) if due_at else "—"


def _vendor_says(language: Language, params: Params) -> Html | None:
    words = short(str(params.get("reason_text") or ""), WORDS_LENGTH)
    return language.say("The vendor says: “{words}”", words=words) if words else None


def _rows(language: Language, params: Params, *, is_owed: bool = False) -> Rows:
    """Return the way to the invoice, and saying that it is paid."""
    say, invoice_id = language.say, int(str(params["invoice_id"]))
    paid = Button(say("💸 I have paid"), OwnInvoice(action="paid", invoice_id=invoice_id))
    own = Button(say("🧾 Open the invoice"), OwnInvoice(action="open", invoice_id=invoice_id))
    return ((paid,), (own,)) if is_owed else ((own,),)


def _issued(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say(
            "🧾 Invoice <b>{number}</b> for {name} is issued.",
            number=params["number"],
            name=client_of(params),
        ),
        say(
            "Please pay <b>{amount}</b> until {date}.",
            amount=money_of(params, "net_minor"),
            date=_due(language, params),
        ),
        say("Your share, {share}, stays with you.", share=money_of(params, "commission_minor")),
    )
    return Screen(text, _rows(language, params, is_owed=True))


def _rejected(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "❌ The vendor refused your request for an invoice, {number}, for {name}.",
            number=params["number"],
            name=client_of(params),
        ),
        _vendor_says(language, params),
    )
    return Screen(text, _rows(language, params))


def _cancelled(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "⚪️ Invoice {number} for {name} is cancelled: do not pay it.",
            number=params["number"],
            name=client_of(params),
        ),
        _vendor_says(language, params),
    )
    return Screen(text, _rows(language, params))


def _not_received(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "🔁 The vendor has not received {amount} for invoice {number} yet.",
            amount=money_of(params, "net_minor"),
            number=params["number"],
        ),
        language.say("Please check the transfer, and say again when it has gone out."),
    )
    return Screen(text, _rows(language, params, is_owed=True))


def _due_soon(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "⏰ Invoice {number}: please pay {amount} until {date}.",
        number=params["number"],
        amount=money_of(params, "net_minor"),
        date=_due(language, params),
    )
    return Screen(text, _rows(language, params, is_owed=True))


def _overdue(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "🟠 Invoice {number} is overdue since {date}: {amount}.",
            number=params["number"],
            date=_due(language, params),
            amount=money_of(params, "net_minor"),
        ),
        language.say(
            "If you have paid it, say so; if something is wrong, ask the vendor: /support"
        ),
    )
    return Screen(text, _rows(language, params, is_owed=True))


def _paid(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("🟢 Invoice {number} is paid. Thank you!", number=params["number"]),
        language.say(
            "You keep <b>{share}</b> of what {name} paid you.",
            share=money_of(params, "commission_minor"),
            name=client_of(params),
        ),
    )
    return Screen(text, _rows(language, params))


def _refunded(language: Language, params: Params, _program: Program | None) -> Screen:
    say, refund = language.say, money_of(params, "refund_minor")
    back = money_of(params, "back_minor")
    kept = say("Of this order you keep {share} now.", share=money_of(params, "kept_minor"))
    if refund.minor < 0:
        text = lines(
            say(
                "↪️ A refund on invoice {number} was taken back: {amount} stands again.",
                number=params["number"],
                amount=-refund,
            ),
            kept,
        )
        return Screen(text, _rows(language, params))
    text = lines(
        say(
            "↩️ {amount} of invoice {number} is refunded.",
            amount=refund,
            number=params["number"],
        ),
        say(
            "Please give {name} {amount} back: you have the client’s money. The vendor owes you "
            "{back} of it, and your share of it is gone.",
            name=client_of(params),
            amount=refund,
            back=back,
        ),
        kept,
    )
    return Screen(text, _rows(language, params))


def _told_paid(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "💬 A partner says that invoice {number} is paid: please check the account.",
        number=params["number"],
    )
    card = InvoiceCard(action="open", invoice_id=int(str(params["about_id"])))
    return Screen(text, ((Button(language.say("📂 Open the invoice"), card),),))


def _legal_form(language: Language, params: Params, program: Program | None) -> Screen:
    say = language.say
    paid = Money(int(str(params["payment_minor"])), str(params["payment_currency"]))
    has_prices = program is not None and bool(program.price_list)
    text = lines(
        say(
            "⚪️ {name} paid the vendor {paid}; this earns you nothing.",
            name=client_of(params),
            paid=paid,
        ),
        say("Partners of your legal form earn only by their own invoices."),
        say("Take the next payment yourself: ask for an invoice and keep your share.")
        if has_prices
        else None,
    )
    rows = ((Button(say("🧾 Invoices"), Open(screen="invoices")),),) if has_prices else ()
    return Screen(text, rows)


NOTICES_OF_INVOICES = {
    "invoice_issued": _issued,
    "invoice_rejected": _rejected,
    "invoice_cancelled": _cancelled,
    "invoice_not_received": _not_received,
    "invoice_due": _due_soon,
    "invoice_overdue": _overdue,
    "invoice_paid": _paid,
    "invoice_refunded": _refunded,
    "invoice_told_paid": _told_paid,
    "legal_form_earned_nothing": _legal_form,
}
