"""The home of the screens of a partner's requisites."""

from collections.abc import Sequence

from domain.entities.partner import LegalForm
from domain.entities.requisites import OPTIONAL, Country, Details, Requisites, masked
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_documents import RequisitePress
from handlers.ui.html import Html, bold, lines
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title
from handlers.ui.requisite_words import country_name, field_name, shown
from handlers.ui.screen import Button, Screen


def requisites_screen(language: Language, saved: Requisites) -> Screen:
    """Return what is saved, masked."""
    say, details = language.say, saved.details
    text = lines(
        say("🏦 <b>Requisites</b>"),
        say("They stand on the documents of your pay-outs, and the money goes there."),
        "",
        *_head(language, details),
        *(_row(language, name, masked(name, value)) for name, value in details.rows),
        "",
        say("Saved: {at}", at=saved.saved_at),
        say("🔒 Kept encrypted; only admins and the people who pay see them."),
    )
    rows = (
        (Button(say("✏️ Change the requisites"), RequisitePress(action="begin")),),
        (
            Button(say("💸 Withdraw"), Open(screen="withdraw")),
            Button(say("🪪 Profile"), Open(screen="profile")),
        ),
    )
    return Screen(text, rows)


def _head(language: Language, details: Details) -> tuple[Html, Html]:
    return (
        country_name(language, details.country),
        form_title(language, details.form),
    )


def _row(language: Language, field: str, value: str) -> Html:
    return language.say("{field}: {value}", field=field_name(language, field), value=bold(value))


def country_question(language: Language) -> Screen:
    """Return the question for the country."""
    say = language.say
    text = lines(
        say("🏦 <b>Requisites</b>"),
        say(
            "They stand on the documents of your pay-outs. In which country are you registered, "
            "or do you pay taxes?"
        ),
        say("🔒 Kept encrypted; only admins and the people who pay see them."),
    )
    countries = tuple(
        (Button(country_name(language, country), RequisitePress(action="country", value=country)),)
        for country in Country
    )
    return Screen(text, (*countries, _leave(language)))


def form_question(language: Language, forms: Sequence[LegalForm]) -> Screen:
    """Return the question for the legal form."""
    rows = tuple(
        (Button(form_title(language, form), RequisitePress(action="form", value=form)),)
        for form in forms
    )
    return Screen(language.say("Who gets the money?"), (*rows, _leave(language)))


def field_question(
    language: Language, draft: Details, field: str, place: int, places: int
) -> Screen:
    """Return the question for a field.

    Args:
        language: Of the reader.
        draft: What is known already.
        field: What is asked.
        place: Its place in the form, from 1.
        places: How many fields there are.
    """
    say = language.say
    text = lines(
        say(
            "{place} of {places}. <b>{field}</b>",
            place=place,
            places=places,
            field=field_name(language, field),
        ),
        _hint(language, draft, field),
    )
    skip = (Button(say("⏭ I have none"), RequisitePress(action="skip", value=field)),)
    return Screen(text, (*((skip,) if field in OPTIONAL else ()), _leave(language)))


def _hint(language: Language, draft: Details, field: str) -> Html:
    say = language.say
    is_company = draft.form is LegalForm.LEGAL_ENTITY
    hints = {
        "name": say("The full legal name, as in the register.")
        if is_company
        else say("Your full name, as in the passport; a sole proprietor with the status."),
        "inn": say("{count} digits.", count="10" if is_company else "12"),
        "kpp": say("{count} digits.", count="9"),
        "ogrn": say("{count} digits.", count="13"),
        "ogrnip": say("{count} digits.", count="15"),
        "eik": say("{count} digits.", count="9"),
        "egn": say("{count} digits.", count="10"),
        "edrpou": say("{count} digits.", count="8"),
        "rnokpp": say("{count} digits.", count="10"),
        "vat": say("With the letters of the country in front, such as {example}.", example="BG…"),
        "address": say("With postcode, city, street and house."),
        "signatory": say("Who signs for the company: post and name, in one line."),
        "bik": say(
            "{count} digits; your bank’s site and your contract with it tell it.", count="9"
        ),
        "bank": say("The name of the bank."),
        "corr_account": say("{count} digits, begins with 301.", count="20"),
        "account": say("{count} digits.", count="20"),
        "iban": say("For example {example}.", example=_IBAN_OF[draft.country]),
        "bic": say("8 or 11 letters and digits; also called SWIFT."),
    }
    return hints[field]


_IBAN_OF = {
    Country.RU: "",
    Country.BG: "BG80 BNBG 9661 1020 3456 78",
    Country.UA: "UA21 3223 1300 0002 6007 2335 6600 1",
    Country.EU: "DE89 3704 0044 0532 0130 00",
}


def check_screen(language: Language, draft: Details) -> Screen:
    """Return everything once more, in full, before it is saved."""
    say = language.say
    text = lines(
        say("Please check:"),
        "",
        *_head(language, draft),
        *(_row(language, name, shown(name, value)) for name, value in draft.rows),
        "",
        say("Documents that were made already stay as they are."),
    )
    rows = (
        (Button(say("✅ Save"), RequisitePress(action="save")),),
        (Button(say("✏️ Begin again"), RequisitePress(action="begin")),),
        _leave(language),
    )
    return Screen(text, rows)


def left_form(language: Language) -> Screen:
    """Return that the form was left, or is no longer open."""
    text = language.say("The form is closed. Nothing was changed.")
    rows = (
        (
            Button(language.say("🏦 Requisites"), Open(screen="requisites")),
            Button(language.say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def _leave(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✖️ Cancel"), RequisitePress(action="leave")),)
