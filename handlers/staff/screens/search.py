"""The home of what staff see while they look for somebody."""

from aiogram.enums import MessageEntityType
from aiogram.types import CallbackQuery, Message

from domain.entities.search import FoundClients, FoundPartners
from handlers.ui.callbacks import FoundCard, FoundPage
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen


def partner_question(language: Language) -> Screen:
    """Return the question which partner is meant."""
    text = language.say(
        "Which partner? Reply with a code, a part of the name, @username, Telegram ID, e-mail, "
        "phone or account ID."
    )
    return Screen(text, asks=str(language.say("Code, name, @username…")))


def client_question(language: Language) -> Screen:
    """Return the question which client is meant."""
    text = language.say(
        "Which client? Reply with an ID, a part of the name, @username, Telegram ID, e-mail, "
        "phone or account ID."
    )
    return Screen(text, asks=str(language.say("ID, name, e-mail…")))


def found_partners(language: Language, found: FoundPartners) -> Screen:
    """Return a page of partners that were found."""
    rows = tuple(
        (
            Button(
                f"🤝 {short(hit.name, 28)} · {hit.code} · {short(hit.program, 16)}",
                FoundCard(what="p", id=hit.enrolment_id),
            ),
        )
        for hit in found.hits
    )
    last = found.hits[-1].enrolment_id if found.has_more else None
    return Screen(_head(language, found.text), (*rows, *_more(language, "p", last)))


def found_clients(language: Language, found: FoundClients) -> Screen:
    """Return a page of clients that were found."""
    rows = tuple(
        (
            Button(
                f"🙋 {short(hit.name, 28)} · {short(hit.shown_id, 20)}",
                FoundCard(what="c", id=hit.id),
            ),
        )
        for hit in found.hits
    )
    last = found.hits[-1].id if found.has_more else None
    return Screen(_head(language, found.text), (*rows, *_more(language, "c", last)))


def _head(language: Language, text: str) -> Html:
    return lines(
        language.say("🔎 Found for “{text}”", text=text),
        language.say("The newest come first. Press one to open its card."),
    )


def _more(language: Language, what: str, last: int | None) -> Rows:
    if last is None:
        return ()
    return ((Button(language.say("More ▶️"), FoundPage(what=what, before=last)),),)


def sought_in(query: CallbackQuery) -> str:
    """Return the text that was looked for, which stands in the list that was pressed."""
    message = query.message
    if not isinstance(message, Message) or message.text is None:
        return ""
    marked = (e for e in message.entities or () if e.type == MessageEntityType.CODE)
    first = next(marked, None)
    return first.extract_from(message.text) if first else ""
