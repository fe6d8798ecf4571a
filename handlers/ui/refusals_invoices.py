"""The home of the words of refusals about legal forms and partners' invoices."""

from domain.entities.partner import LegalForm
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_name, form_names
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _form_missing(language: Language, _facts: Facts) -> Html:
    return lines(
        language.say("The vendor does not know your legal form yet, and pays some forms only."),
        language.say("What you earned is kept. Please tell the vendor your legal form: /support"),
    )


def _form_not_paid(language: Language, facts: Facts) -> Html:
    say = language.say
    paid = facts["paid"]
    names = form_names(language, map(LegalForm, paid)) if isinstance(paid, list) else ""
    return lines(
        say(
            "Your legal form is “{form}”, and this program does not pay it out.",
            form=form_name(language, LegalForm(str(facts["form"]))),
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


REFUSALS_OF_INVOICES = {
    "legal_form_missing": _form_missing,
    "legal_form_not_paid": _form_not_paid,
}


def invoices_way_out(language: Language, refusal_code: str) -> Rows:
    """Return the buttons under a refusal about these things; none for others."""
    say = language.say
    if refusal_code == "legal_form_missing":
        return ((Button(say("💬 Support"), Open(screen="support")),),)
    if refusal_code == "legal_form_not_paid":
        return ((Button(say("🧾 Invoices"), Open(screen="invoices")),),)
    return ()
