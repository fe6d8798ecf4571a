"""The home of the bot's name typed in any chat: a personal card with the partner's link."""

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineQuery, InlineQueryResultsButton

from domain.entities.people import Caller
from domain.usecases.links.list_cards import ListLinkCards
from handlers.middlewares.access import Allowed, allow
from handlers.person.screens.inline import RESULTS_MAX, card_result, matches
from handlers.ui.language import Language
from handlers.ui.links import Links

CACHE_SECONDS = 30
"""A new link shows after half a minute at most; Telegram asks less often while somebody types."""
router = Router(name="person.inline")


@router.inline_query(flags=allow(Allowed.ANYONE))
async def offer_cards(
    query: InlineQuery,
    caller: Caller,
    language: Language,
    list_link_cards: ListLinkCards,
    links: Links,
    bot: Bot,
) -> None:
    """Offer a card for each link; who is no partner gets the way to become one."""
    username = (await bot.me()).username or ""
    cards = await list_link_cards(caller)
    found = [card for card in cards if matches(card, language, query.query)][:RESULTS_MAX]
    join = InlineQueryResultsButton(
        text=language.say("🤝 Become a partner")
        if caller.membership is None
        else language.say("🔗 My link"),
        start_parameter="inline",
    )
    try:
        await query.answer(
            [card_result(language, card, links, username) for card in found],
            cache_time=CACHE_SECONDS,
            is_personal=True,
            button=None if found else join,
        )
    except TelegramBadRequest as refusal:
        # A query that is too old has no reader any more: the next letter asks anew.
        if "query is too old" not in refusal.message:
            raise
