"""The home of the words of refusals about legal forms and partners' invoices."""

from domain.entities.invoice import InvoiceStatus
from domain.entities.partner import LegalForm
from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_invoices import InvoiceForm
from handlers.ui.html import Html, code, lines, safe, short
from handlers.ui.invoice_words import invoice_status
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_name, form_names
from handlers.ui.marks import earned_nothing
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _form_missing(language: Language, _facts: Facts) -> Html:
    return lines(
        language.say("The vendor does not know your legal form yet, and pays some forms only."),
        language.say(
            "What you earned is kept. Enter your requisites, or save them once more: "
            "they say who gets the money. /requisites"
        ),
    )


def _form(language: Language, key: str) -> Html:
    """Return the name of a legal form; of one that this version does not know, its key."""
    known = next((form for form in LegalForm if form.value == key), None)
    return form_name(language, known) if known else safe(short(key, 40))


def _form_not_paid(language: Language, facts: Facts) -> Html:
    say = language.say
    paid = facts["paid"]
    names = form_names(language, map(LegalForm, paid)) if isinstance(paid, list) else ""
    return lines(
        say(
            "Your legal form is “{form}”, and this program does not pay it out.",
            form=_form(language, str(facts["form"])),
        ),
        say(
            "You earn by your own invoices: you take the full price from the client, pay the "
            "vendor’s invoice less your share, and keep the share. See /invoices"
        )
        if facts["by_invoice"]
        else None,
        say("To be paid out, become one of these and tell the vendor: {forms}.", forms=names)
        if names
        else None,
    )


def _no_price_list(language: Language, _facts: Facts) -> Html:
    return language.say(
        "In this program clients pay the vendor, so there is nothing to ask an invoice for."
    )


def _not_allowed(language: Language, _facts: Facts) -> Html:
    return language.say(
        "For your legal form clients pay the vendor directly, so there are no invoices of yours."
    )


def _empty(language: Language, _facts: Facts) -> Html:
    return language.say("Nothing is chosen that the price list has. Please choose again.")


def _too_large(language: Language, facts: Facts) -> Html:
    return language.say(
        "That is too much for one invoice: up to {most} of one thing.", most=facts["most"]
    )


def _changed(language: Language, facts: Facts) -> Html:
    return language.say(
        "Price or share have changed meanwhile: you would pay <b>{net}</b> now. Nothing was asked "
        "for: please look at it again.",
        net=facts["net"],
    )


def _client_earns_nothing(language: Language, facts: Facts) -> Html:
    return language.say(
        "This client earns nothing now: {reason}. An invoice would withhold nothing.",
        reason=earned_nothing(language, str(facts["reason"])) or "—",
    )


def _too_many(language: Language, facts: Facts) -> Html:
    return language.say(
        "{limit} requests of yours wait for the vendor, which is the limit. Ask again when some "
        "of them are issued.",
        limit=facts["limit"],
    )


def _decided(language: Language, facts: Facts) -> Html:
    status = invoice_status(language, InvoiceStatus(str(facts["status"])))
    if facts.get("by_name"):
        return language.say(
            "Already decided by {name}: {status}.",
            name=short(str(facts["by_name"]), 60),
            status=status,
        )
    return language.say("This cannot be changed any more: {status}.", status=status)


def _bad_number(language: Language, facts: Facts) -> Html:
    return language.say(
        "Please send the number of the invoice, up to {most} characters.", most=facts["most"]
    )


def _number_taken(language: Language, facts: Facts) -> Html:
    return language.say(
        "Another invoice has the number {number}. Please send another one.",
        number=code(str(facts["number"])),
    )


def _bad_due_day(language: Language, facts: Facts) -> Html:
    if facts.get("text"):
        return language.say(
            "Nothing is issued: “{text}” is no day that lies ahead, within a year. Reply with the "
            "number alone, or with the number and the day: {example}",
            text=str(facts["text"]),
            example=str(facts["example"]),
        )
    return language.say("The day must lie ahead, within a year. Please send it again.")


def _bad_reference(language: Language, facts: Facts) -> Html:
    return language.say("Please send up to {most} characters on one line.", most=facts["most"])


def _reason_needed(language: Language, _facts: Facts) -> Html:
    return language.say("Please say in words why: the partner has to know.")


REFUSALS_OF_INVOICES = {
    "no_price_list": _no_price_list,
    "invoice_not_allowed": _not_allowed,
    "invoice_empty": _empty,
    "invoice_too_large": _too_large,
    "invoice_changed": _changed,
    "invoice_client_earns_nothing": _client_earns_nothing,
    "too_many_invoices": _too_many,
    "invoice_already_decided": _decided,
    "bad_invoice_number": _bad_number,
    "invoice_number_taken": _number_taken,
    "bad_due_day": _bad_due_day,
    "bad_reference": _bad_reference,
    "invoice_reason_needed": _reason_needed,
    "legal_form_missing": _form_missing,
    "legal_form_not_paid": _form_not_paid,
}


def invoices_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under a refusal about these things; none for others."""
    say = language.say
    if refusal.code == "legal_form_missing":
        return ((Button(say("🏦 Requisites"), Open(screen="requisites")),),)
    if refusal.code in ("legal_form_not_paid", "too_many_invoices"):
        return ((Button(say("🧾 Invoices"), Open(screen="invoices")),),)
    if refusal.code in ("invoice_empty", "invoice_too_large", "invoice_changed"):
        return ((Button(say("⬅️ Back"), InvoiceForm(step="back")),),)
    return ()
