"""The home of what staff see of promo codes."""

from collections.abc import Sequence

from domain.entities.promo import PromoView
from domain.usecases.promos.give import PromoLists
from handlers.ui.callbacks_promo import PromoPress
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 40


def promos_screen(language: Language, found: PromoLists) -> Screen:
    """Return who waits for a code, and which codes lie unused."""
    say = language.say
    text = lines(
        say("🎁 <b>Promo codes for clients</b>"),
        "",
        *_waiting(language, found.waiting),
        *_unused(language, found.unused),
        "",
        say(
            "To give a code, send /promo with the client’s ID and the code, or press the "
            "client’s button."
        ),
    )
    rows = tuple(
        (
            Button(
                say("✏️ {name}", name=short(view.client_name, 28)),
                PromoPress(action="enter", id=view.promo.id),
            ),
        )
        for view in found.waiting
    )
    return Screen(text, rows)


def _waiting(language: Language, views: Sequence[PromoView]) -> list[Html]:
    if not views:
        return [language.say("Nobody waits for a code.")]
    head = language.say_many(
        "{count} client waits for its code:", "{count} clients wait for their codes:", len(views)
    )
    return [head, *(_line(language, view) for view in views)]


def _line(language: Language, view: PromoView) -> Html:
    return language.say(
        "• {name}, ID {id}, since {date}",
        name=bold(short(view.client_name, NAME_LENGTH)),
        id=code(view.shown_id),
        date=language.date(view.promo.eligible_at),
    )


def _unused(language: Language, views: Sequence[PromoView]) -> list[Html | str]:
    if not views:
        return []
    rows = [
        language.say(
            "• {name}, ID {id}, given on {date}",
            name=bold(short(view.client_name, NAME_LENGTH)),
            id=code(view.shown_id),
            date=language.date(view.promo.given_at or view.promo.eligible_at),
        )
        for view in views
    ]
    head = language.say_many(
        "{count} code was given and not activated:",
        "{count} codes were given and not activated:",
        len(views),
    )
    return ["", head, *rows]


def given_screen(language: Language, view: PromoView, *, sends_mail: bool) -> Screen:
    """Return that the code is given, and how the client learns of it."""
    say = language.say
    if view.telegram_id is not None:
        how = say("The client gets it in Telegram.")
    elif view.email and sends_mail:
        how = say("The client gets it by e-mail.")
    else:
        how = say(
            "⚠️ The client is not in Telegram, and no e-mail can be sent to it: please send the "
            "code yourself."
        )
    text = lines(
        say(
            "🎁 {name}, ID {id}, has its promo code.",
            name=bold(short(view.client_name, NAME_LENGTH)),
            id=code(view.shown_id),
        ),
        how,
    )
    return Screen(text)
