"""The home of the words of promo codes: what clients and staff are told, refusals, the e-mail."""

from collections.abc import Mapping
from datetime import datetime

from domain.programs.model import Program
from domain.programs.model_offers import PromoTerms
from handlers.ui.callbacks import ClientCard, Open
from handlers.ui.callbacks_promo import PromoPress
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.mail_text import MailText, own_text
from handlers.ui.screen import Button, Screen

Params = dict[str, object]
Facts = dict[str, object]
NAME_LENGTH = 60


def amount(language: Language, terms: PromoTerms) -> str:
    """Return what a client gets, such as ``6,000 bonuses``."""
    return f"{language.number(terms.bonuses)} {terms.unit_name(language.code)}"


def promo_button(language: Language) -> Button:
    """Return the button that opens the client's promo code."""
    return Button(language.say("🎁 My promo code"), Open(screen="promo"))


def _waiting(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("🎁 <b>A client gets a promo code</b>"),
        say(
            "{name}, ID {id}, came through the partner {code}.",
            name=bold(short(str(params["client"]), NAME_LENGTH)),
            id=code(short(str(params["shown_id"]), 130)),
            code=code(params["code"]),
        ),
        say("Take a code from the vendor’s system and enter it here."),
    )
    press = PromoPress(action="enter", id=int(str(params["promo_id"])))
    return Screen(text, ((Button(say("✏️ Enter the code"), press),),))


def _given(language: Language, _params: Params, program: Program | None) -> Screen:
    say = language.say
    terms = program.promo if program else None
    text = lines(
        say("🎁 <b>Your promo code is here.</b>"),
        language.say_many(
            "It gives {amount}, valid for {count} day from the activation.",
            "It gives {amount}, valid for {count} days from the activation.",
            terms.valid_days,
            amount=amount(language, terms),
        )
        if terms
        else None,
        say("Activate it when you want to begin."),
    )
    return Screen(text, ((promo_button(language),),))


def _lapses(language: Language, params: Params, program: Program | None) -> Screen:
    terms = program.promo if program else None
    expires_at = datetime.fromisoformat(str(params["expires_at"]))
    text = lines(
        language.say_many(
            "⏳ Your bonuses lapse in {count} day.",
            "⏳ Your bonuses lapse in {count} days.",
            int(str(params["days"])),
        ),
        language.say(
            "{amount} can be used until {at}.", amount=amount(language, terms), at=expires_at
        )
        if terms
        else None,
    )
    return Screen(text, ((promo_button(language),),))


NOTICES_OF_PROMOS = {
    "promo_waiting": _waiting,
    "promo_given": _given,
    "promo_lapses": _lapses,
}


def legal_form_name(language: Language, form: str) -> Html:
    """Return the name of a legal form."""
    say = language.say
    names = {
        "legal_entity": say("company"),
        "sole_proprietor": say("sole proprietor"),
        "self_employed": say("self-employed person"),
        "individual": say("private person"),
    }
    return names.get(form, say("unknown"))


def _not_offered(language: Language, _facts: Facts) -> Html:
    return language.say("No active program gives clients promo codes.")


def _not_referred(language: Language, facts: Facts) -> Html:
    if facts.get("is_referred"):
        return language.say(
            "The program that you were invited to gives clients no promo codes. You lose nothing: "
            "your price and your registration stay as they are."
        )
    return language.say(
        "Promo codes are for clients who registered through a partner’s link. This "
        "registration does not count for any partner."
    )


def _not_for_form(language: Language, facts: Facts) -> Html:
    allowed = facts["allowed"]
    forms = allowed if isinstance(allowed, list) else []
    return language.say(
        "Promo codes are for: {forms}. The legal form on record: {form}. If it is wrong, write to "
        "the vendor.",
        forms=Html(", ".join(legal_form_name(language, str(form)) for form in forms)),
        form=legal_form_name(language, str(facts["form"])),
    )


def _already(language: Language, _facts: Facts) -> Html:
    return language.say("This client has its promo code already, and gets no second one.")


def _code_used(language: Language, _facts: Facts) -> Html:
    return language.say("Another client has this code. Take a new one from the vendor’s system.")


def _bad_code(language: Language, facts: Facts) -> Html:
    return language.say(
        "This cannot be a promo code. Send 1 to {limit} signs without spaces.",
        limit=facts["most"],
    )


def _not_ready(language: Language, _facts: Facts) -> Html:
    return language.say("There is no code yet. A manager sends it, and you are told at once.")


def _no_client(language: Language, _facts: Facts) -> Html:
    return language.say(
        "Promo codes are for clients, and you are not registered as one here. Open the link "
        "of the person who invited you."
    )


REFUSALS_OF_PROMOS = {
    "promo_not_offered": _not_offered,
    "promo_not_referred": _not_referred,
    "promo_not_for_form": _not_for_form,
    "promo_given": _already,
    "promo_code_used": _code_used,
    "bad_promo_code": _bad_code,
    "promo_not_ready": _not_ready,
    "promo_no_client": _no_client,
}


def promo_mail(language: Language, params: Mapping[str, object], bot_link: str) -> MailText:
    """Return the e-mail that brings a client its code."""
    say = language.say
    given = f"{language.number(int(str(params['bonuses'])))} {own_text(language, params['units'])}"
    return MailText(
        subject=say("Your promo code"),
        heading=say("Your promo code: {amount}", amount=given),
        paragraphs=(
            say("You registered by a partner’s link, so this promo code is yours."),
            language.say_many(
                "Activate it with the vendor: the bonuses are valid for {count} day from then.",
                "Activate it with the vendor: the bonuses are valid for {count} days from then.",
                int(str(params["days"])),
            ),
        ),
        code=str(params["promo"]),
        action=(say("Open the bot"), bot_link) if bot_link else None,
        why=say(
            "You get this once, as a client of the program “{title}”.",
            title=own_text(language, params["title"]),
        ),
    )


def my_data_button(language: Language) -> Button:
    """Return the button that leads to what is stored about a client."""
    return Button(language.say("🙋 My data"), ClientCard(action="my"))
