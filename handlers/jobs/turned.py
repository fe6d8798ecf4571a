"""The home of knowing which messages of groups people turned last, so that nobody's is undone."""

import asyncio
from collections import OrderedDict
from contextvars import ContextVar
from datetime import datetime
from weakref import WeakValueDictionary

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, Response, TelegramMethod
from aiogram.methods.base import TelegramType

from handlers.ui.screen import Screen

HANDLING_SINCE: ContextVar[datetime | None] = ContextVar("handling since", default=None)
"""When the handling of an update began; ``None`` for what nobody pressed or typed."""
MESSAGES_KEPT = 1_000
Place = tuple[int, int]
"""A chat and a message in it."""


class Turned(BaseRequestMiddleware):
    """Remembers when people turned messages of groups, by watching the bot's edits.

    A card follows its object: the outbox mends it after each change. Whoever pressed after that
    change has been shown the newer facts already, or a question about them, which the mending
    would take away under their finger. One process knows its own presses: with several, a card
    may still be mended over a question, which a second press asks again.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._since: OrderedDict[Place, datetime] = OrderedDict()
        self._turns: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Send the request; where a person turns a message by it, remember that."""
        since, place = HANDLING_SINCE.get(), _place(method)
        if since is None or place is None:
            return await make_request(bot, method)
        async with self._turn(place):
            answer = await make_request(bot, method)
            self._since[place] = since
        self._since.move_to_end(place)
        if len(self._since) > MESSAGES_KEPT:
            self._since.popitem(last=False)
        return answer

    async def mend(self, bot: Bot, screen: Screen, place: Place, *, changed_at: datetime) -> bool:
        """Bring a card up to date, unless a later press did; return if it still is there."""
        async with self._turn(place):
            since = self._since.get(place)
            if since is not None and since > changed_at:
                return True
            return await _edit(bot, screen, place)

    def _turn(self, place: Place) -> asyncio.Lock:
        """Return what is held while a message is turned: of two edits, the later one stands."""
        return self._turns.setdefault(place, asyncio.Lock())


async def _edit(bot: Bot, screen: Screen, place: Place) -> bool:
    chat_id, message_id = place
    try:
        await bot.edit_message_text(
            screen.text, chat_id=chat_id, message_id=message_id, reply_markup=screen.inline()
        )
    except TelegramBadRequest as refusal:
        return "message is not modified" in refusal.message
    return True


def _place(method: TelegramMethod[TelegramType]) -> Place | None:
    """Return the message of a group that the request edits, if it edits one."""
    if not isinstance(method, EditMessageText) or method.message_id is None:
        return None
    chat_id = method.chat_id
    return (chat_id, method.message_id) if isinstance(chat_id, int) and chat_id < 0 else None
