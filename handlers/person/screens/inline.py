"""The home of the card that a partner shares in any chat."""

from aiogram.enums import ParseMode
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from domain.usecases.links.list_cards import LinkCard
from handlers.ui.html import bold, lines, short
from handlers.ui.language import Language
from handlers.ui.links import Links, telegram_link

RESULTS_MAX = 50
TITLE_LENGTH = 60
OFFER_LENGTH = 800


def matches(card: LinkCard, language: Language, typed: str) -> bool:
    """Test if what was typed is in the program's name, the link's label or its code."""
    title = card.program.text(language.code).title
    searched = f"{title} {card.link.label} {card.link.code}".casefold()
    return all(word in searched for word in typed.casefold().split())


def card_result(
    language: Language, card: LinkCard, links: Links, username: str
) -> InlineQueryResultArticle:
    """Return one result: chosen, it becomes a message with the link and a button."""
    say, texts = language.say, card.program.text(language.code)
    chat = telegram_link(username, f"r_{card.link.code}")
    shared = links.shared(card.program, card.link.code, username)
    label = short(card.link.label, TITLE_LENGTH)
    title = short(str(texts.title), TITLE_LENGTH)
    text = lines(
        bold(title),
        short(texts.client_offer, OFFER_LENGTH) if texts.client_offer else None,
        "",
        say("I recommend this service. Register through my link:"),
        shared,
    )
    button = InlineKeyboardButton(text=say("🎁 Open it"), url=chat)
    return InlineQueryResultArticle(
        id=card.link.code[:64],
        title=f"{title} · {label}" if label else title,
        description=say("Send a card with your link"),
        input_message_content=InputTextMessageContent(
            message_text=text,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )
