"""The home of what a client sees of its promo code."""

from domain.entities.promo import PromoStatus
from domain.usecases.promos.use import OwnPromo
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_promo import PromoPress
from handlers.ui.html import Html, code, lines
from handlers.ui.language import Language
from handlers.ui.promo_words import amount, promo_button
from handlers.ui.screen import Button, Rows, Screen


def promo_screen(language: Language, own: OwnPromo) -> Screen:
    """Return the promo code, where it stands, and the button to activate it."""
    say, promo = language.say, own.promo
    text = lines(
        say("🎁 <b>Promo code: {amount}</b>", amount=amount(language, own.terms)),
        "",
        say("Your code: {code}", code=code(promo.code)) if promo and promo.code else None,
        *_status(language, own),
    )
    rows: Rows = ((Button(say("📋 Menu"), Open(screen="menu")),),)
    if promo is not None and own.status is PromoStatus.GIVEN:
        rows = (
            (Button(say("✅ Activate the code"), PromoPress(action="ask", id=promo.id)),),
            *rows,
        )
    return Screen(text, rows)


def _status(language: Language, own: OwnPromo) -> list[Html]:
    say, promo = language.say, own.promo
    match own.status:
        case PromoStatus.WAITING:
            return [say("🟡 It is being prepared. A manager sends it, and you are told at once.")]
        case PromoStatus.GIVEN:
            return [
                say("🔵 Not activated yet."),
                language.say_many(
                    "The bonuses are valid for {count} day from the activation.",
                    "The bonuses are valid for {count} days from the activation.",
                    own.terms.valid_days,
                ),
            ]
        case PromoStatus.ACTIVE:
            left = language.say_many("{count} day is left.", "{count} days are left.", own.days)
            until = promo.expires_at if promo else None
            return [say("🟢 Active until {at}.", at=until), left]
        case PromoStatus.LAPSED:
            until = promo.expires_at if promo else None
            return [say("⚪️ The bonuses lapsed on {at}.", at=until)]


def activate_question(language: Language, own: OwnPromo) -> Screen:
    """Return the question before the days begin to count."""
    text = lines(
        language.say("Activate the promo code now?"),
        language.say_many(
            "{amount} will be valid for {count} day from this moment. It cannot be undone.",
            "{amount} will be valid for {count} days from this moment. It cannot be undone.",
            own.terms.valid_days,
            amount=amount(language, own.terms),
        ),
    )
    promo_id = own.promo.id if own.promo else 0
    yes = Button(language.say("✅ Yes, activate"), PromoPress(action="activate", id=promo_id))
    return Screen(text, ((yes,), (promo_button(language),)))
