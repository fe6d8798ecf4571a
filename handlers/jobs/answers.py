"""The home of counting answers to people against the bot's sending allowance."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from handlers.jobs.pace import Pace
from handlers.jobs.turned import HANDLING_SINCE

NO_MESSAGE = frozenset({"SendChatAction"})
MESSAGES = ("Send", "Copy", "Forward")


class Answers(BaseRequestMiddleware):
    """Tells the pace of each new message that answers somebody; none of them waits.

    Edits and the ends of presses are no messages. What the outbox sends has waited for its turn
    and was counted then.
    """

    def __init__(self, pace: Pace) -> None:
        """Count for this pace."""
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Send the request."""
        name = type(method).__name__
        if (
            HANDLING_SINCE.get() is not None
            and name.startswith(MESSAGES)
            and name not in NO_MESSAGE
        ):
            self._pace.answered()
        return await make_request(bot, method)
