"""The home of the words of notices about legal forms and partners' invoices."""

from domain.money import Money
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

Params = dict[str, object]
NAME_LENGTH = 60


def _legal_form(language: Language, params: Params, program: Program | None) -> Screen:
    say = language.say
    paid = Money(int(str(params["payment_minor"])), str(params["payment_currency"]))
    has_prices = program is not None and bool(program.price_list)
    text = lines(
        say(
            "⚪️ {name} paid the vendor {paid}; this earns you nothing.",
            name=short(str(params["client"]), NAME_LENGTH),
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
    "legal_form_earned_nothing": _legal_form,
}
