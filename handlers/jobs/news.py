"""The home of sending a broadcast to one person, at most once."""

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError

from domain.entities.broadcast import Outcome
from domain.entities.notice import Notice
from domain.usecases.broadcasts.feed import DeliverNews
from domain.usecases.people.mark_blocked import MarkBlocked
from handlers.ui.news import news_screen
from handlers.ui.screen import send

GONE = ("chat not found", "user is deactivated", "PEER_ID_INVALID")


class SendNews:
    """Sends one message of a broadcast and keeps what came of it."""

    def __init__(self, bot: Bot, deliver: DeliverNews, mark_blocked: MarkBlocked) -> None:
        """Send with these."""
        self._bot = bot
        self._deliver = deliver
        self._mark_blocked = mark_blocked

    async def __call__(self, notice: Notice) -> float | None:
        """Send it; return for how many seconds Telegram asked to wait, if it did."""
        news = await self._deliver.begin(notice)
        if news is None:
            return None
        try:
            await send(self._bot, notice.recipient, news_screen(news.html))
        except TelegramRetryAfter as flood:
            await self._deliver.not_sent(notice, "flood", retry_after=flood.retry_after)
            return float(flood.retry_after)
        except TelegramForbiddenError:
            await self._mark_blocked(notice.recipient, blocked=True)
            await self._deliver.ended(notice, Outcome.BLOCKED)
        except TelegramBadRequest as refusal:
            is_gone = any(text in refusal.message for text in GONE)
            await self._deliver.ended(notice, Outcome.BLOCKED if is_gone else Outcome.FAILED)
        except (AiogramError, OSError, TimeoutError) as error:
            await self._settle_error(notice, error)
        else:
            await self._deliver.sent(notice)
        return None

    async def _settle_error(self, notice: Notice, error: Exception) -> None:
        """Try again what certainly never reached Telegram; the rest stays unclear."""
        is_network = isinstance(error, TelegramNetworkError)
        never_left = is_network and isinstance(error.__cause__, ClientConnectorError)
        if never_left or isinstance(error, TelegramServerError):
            await self._deliver.not_sent(notice, type(error).__name__)
        else:
            await self._deliver.ended(notice, Outcome.UNCLEAR)
