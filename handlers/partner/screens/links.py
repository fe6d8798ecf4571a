"""The home of a partner's links: the list, one of them, the form for one more."""

from dataclasses import dataclass

from domain.entities.partner import (
    CODE_LENGTH_MAX,
    CODE_LENGTH_MIN,
    LABEL_LENGTH_MAX,
    LINKS_MAX,
    Link,
)
from domain.usecases.links.list_own import OwnLinks
from handlers.partner.callbacks import OwnLink, ShowFigures
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, bold, code, lines, link
from handlers.ui.language import Language
from handlers.ui.links import Links, share_link, telegram_link
from handlers.ui.screen import Button, Rows, Screen

COPY_LENGTH_MAX = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """How a code is written as addresses.

    Attributes:
        links: Makes them.
        username: Of the bot.
    """

    links: Links
    username: str


def link_name(language: Language, own: Link) -> str:
    """Return what the partner calls a link; the first one has no name of its own."""
    return own.label or language.say("Main link")


def links_screen(language: Language, own: OwnLinks, *, is_admin: bool) -> Screen:
    """Return all links of the partner; those put away stand on a page of their own."""
    say = language.say
    in_use = [each for each in own.links if each.archived_at is None]
    rows = [lines("", bold(link_name(language, each)), code(each.code)) for each in in_use]
    text = lines(
        say("🔗 <b>My links</b>"),
        say("Give every place its own link and see in the statistics what each one brings."),
        *rows,
    )
    away: tuple[Button, ...] = ()
    if is_admin and len(in_use) < len(own.links):
        away = (Button(say("🗄 Put away"), OwnLink(action="archive")),)
    new: tuple[Button, ...] = ()
    if is_admin and len(in_use) < LINKS_MAX:
        new = (Button(say("➕ New link"), OwnLink(action="new")),)
    rest = (*new, *away)
    return Screen(text, (*_link_buttons(language, in_use), rest, (_menu(language),)))


def archive_screen(language: Language, own: OwnLinks) -> Screen:
    """Return the links that were put away."""
    say = language.say
    away = [each for each in own.links if each.archived_at is not None]
    text = lines(
        say("🗄 <b>Links put away</b>"),
        say("They still work: who comes through them is yours.")
        if away
        else say("No link is put away."),
        *(lines("", bold(link_name(language, each)), code(each.code)) for each in away),
    )
    back = (Button(say("🔗 My links"), OwnLink(action="list")), _menu(language))
    return Screen(text, (*_link_buttons(language, away), back))


def _link_buttons(language: Language, links: list[Link]) -> Rows:
    buttons = [
        Button(link_name(language, each), OwnLink(action="show", code=each.code)) for each in links
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _menu(language: Language) -> Button:
    return Button(language.say("📋 Menu"), Open(screen="menu"))


def own_link_screen(
    language: Language, own: OwnLinks, shown: Link, where: Addresses, *, is_admin: bool
) -> Screen:
    """Return one link, to copy and to share, with what can be done with it."""
    say, program = language.say, own.program
    web = where.links.web(program, shown.code)
    chat = telegram_link(where.username, f"r_{shown.code}")
    shared = web or chat
    text = lines(
        say("🔗 <b>{name}</b>", name=link_name(language, shown)),
        say("🗄 Put away; it still works.") if shown.archived_at else None,
        link(web, web) if web else None,
        "" if web else None,
        say("In Telegram:"),
        link(chat, chat),
        "",
        say("Code: {code}", code=code(shown.code)),
    )
    title = str(program.text(language.code).title)
    tools: Rows = ()
    if is_admin:
        statistics = ShowFigures(code=shown.code)
        tools = (
            (
                Button(say("📊 Statistics"), statistics),
                Button(say("✏️ Rename"), OwnLink(action="rename", code=shown.code)),
            ),
            _away_button(language, own, shown),
        )
    rows = (
        (
            Button(say("📋 Copy the link"), copy=shared[:COPY_LENGTH_MAX]),
            Button(say("📤 Share"), url=share_link(shared, title)),
        ),
        (Button(say("🔳 QR code"), OwnLink(action="qr", code=shown.code)),),
        *tools,
        (Button(say("🔗 My links"), OwnLink(action="list")), _menu(language)),
    )
    return Screen(text, rows)


def _away_button(language: Language, own: OwnLinks, shown: Link) -> tuple[Button, ...]:
    say = language.say
    if shown.code == own.enrolment.code:
        return ()
    if shown.archived_at is not None:
        return (Button(say("↩️ Use again"), OwnLink(action="restore", code=shown.code)),)
    return (Button(say("🗄 Put away"), OwnLink(action="away", code=shown.code)),)


def qr_screen(language: Language, shown: Link, address: str, photo: bytes) -> Screen:
    """Return the QR code of a link."""
    text = lines(bold(link_name(language, shown)), link(address, address))
    return Screen(text, photo=photo)


def label_question(language: Language, *, renamed: Link | None = None) -> Screen:
    """Return the question for the name of a link."""
    say = language.say
    limit = say("Up to {limit} characters; only you see it.", limit=LABEL_LENGTH_MAX)
    if renamed is not None:
        question = say(
            "Send the new name of the link <b>{name}</b>.", name=link_name(language, renamed)
        )
        return Screen(lines(question, limit), (_cancel(language),))
    text = lines(
        say("➕ <b>New link</b>"),
        say("What should it be called? For example the place where you put it: Blog, Telegram."),
        limit,
    )
    return Screen(text, (_cancel(language),))


def code_question(language: Language, label: str) -> Screen:
    """Return the question for the code of a new link."""
    say = language.say
    text = lines(
        say("➕ <b>{name}</b>", name=label),
        say("Press the button, and the code is made for you."),
        say(
            "Or send your own: {least} to {most} Latin letters, digits, - or _. "
            "Upper and lower case are the same.",
            least=CODE_LENGTH_MIN,
            most=CODE_LENGTH_MAX,
        ),
    )
    made = Button(say("🎲 Make it for me"), OwnLink(action="make"))
    return Screen(text, ((made,), _cancel(language)))


def _cancel(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✖️ Cancel"), OwnLink(action="cancel")),)


def changed_note(language: Language, what: str) -> Html:
    """Return a word about what was done with a link."""
    say = language.say
    words = {
        "made": say("✅ The link is ready."),
        "renamed": say("✔️ Renamed."),
        "away": say("🗄 Put away. It still works."),
        "restore": say("↩️ In use again."),
    }
    return words[what]
