"""The home of the job that feeds broadcasts to the outbox and keeps their cards up to date."""

from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import AiogramError

from domain.entities.broadcast import BroadcastView
from domain.usecases.broadcasts.feed import FeedBroadcasts
from domain.usecases.notices.deliver import ReadRecipient
from handlers.ui.broadcast_card import progress_screen
from handlers.ui.language import Languages

CARD_SECONDS = 4.0
"""A card is edited no more often: a group allows twenty messages a minute in all."""


class RunBroadcasts:
    """Goes round all running broadcasts once."""

    def __init__(
        self,
        bot: Bot,
        feed: FeedBroadcasts,
        recipient: ReadRecipient,
        languages: Languages,
        now: Callable[[], float],
    ) -> None:
        """Work with these; ``now`` is a clock that only goes forward, in seconds."""
        self._bot = bot
        self._feed = feed
        self._recipient = recipient
        self._languages = languages
        self._now = now
        self._edited: dict[int, float] = {}

    async def __call__(self) -> bool:
        """Feed, show; return whether anything is being sent."""
        views = await self._feed()
        for view in views:
            is_over = view.broadcast.ended_at is not None
            last = self._edited.get(view.broadcast.id)
            if is_over or last is None or self._now() - last >= CARD_SECONDS:
                self._edited[view.broadcast.id] = self._now()
                await self._show(view)
            if is_over:
                self._edited.pop(view.broadcast.id, None)
        return bool(views)

    async def _show(self, view: BroadcastView) -> None:
        """Bring the card up to date; a card that is gone or cannot be edited stops nothing."""
        place = await self._recipient.card(f"broadcast:{view.broadcast.id}")
        if place is None:
            return
        language = self._languages.of(self._languages.default)
        screen = progress_screen(language, view.broadcast, view.figures)
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=place[0],
                message_id=place[1],
                reply_markup=screen.inline(),
            )
        except (AiogramError, OSError, TimeoutError):
            return
