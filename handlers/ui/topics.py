"""The home of the admin chat's topics: a message goes to the topic of its queue."""

import asyncio
from collections.abc import Callable

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from domain.usecases.staff.topics import StaffTopics
from handlers.ui.html import lines
from handlers.ui.language import Languages
from handlers.ui.queues import TOPICS
from handlers.ui.screen import Screen, send

SUPERGROUP_IDS_BELOW = -1_000_000_000_000
"""Basic groups have ids above this, and no topics."""
LOOK_AGAIN_SECONDS = 60.0
"""How soon a chat without topics, or a missing right, is looked at again."""
_GONE = ("thread not found", "TOPIC_ID_INVALID", "TOPIC_DELETED")


class Topics:
    """Sends to the topic of a queue; where there can be none, to the chat itself.

    A topic is opened when the first message for it comes, and again after somebody deleted it.
    Without the right to manage topics the chat is told so, once a day.
    """

    def __init__(
        self, bot: Bot, topics: StaffTopics, languages: Languages, now: Callable[[], float]
    ) -> None:
        """Work with these; ``now`` is a clock that only goes forward, in seconds."""
        self.bot = bot
        self._topics = topics
        self._languages = languages
        self._now = now
        self._look_again: dict[int, float] = {}
        self._turn = asyncio.Lock()

    async def send(self, chat_id: int, topic: str | None, screen: Screen) -> Message:
        """Send the screen to the topic, or to the chat where there is no such topic."""
        thread_id, lacks_right = None, False
        if topic is not None:
            thread_id, lacks_right = await self._thread(chat_id, topic)
        if lacks_right and await self._topics.may_warn():
            screen = self._with_warning(screen)
        try:
            return await send(self.bot, chat_id, screen, thread_id=thread_id)
        except TelegramBadRequest as refusal:
            if topic is None or thread_id is None:
                raise
            if any(text in refusal.message for text in _GONE):
                await self._topics.forget(chat_id, topic, thread_id)
                thread_id, _ = await self._thread(chat_id, topic)
            elif "TOPIC_CLOSED" in refusal.message:
                thread_id = None
            else:
                raise
        return await send(self.bot, chat_id, screen, thread_id=thread_id)

    async def open_all(self, chat_id: int) -> bool:
        """Open every topic that is missing in a forum; ``False`` when the right is missing."""
        self._look_again.pop(chat_id, None)
        for topic in TOPICS:
            _, lacks_right = await self._thread(chat_id, topic)
            if lacks_right:
                return False
        return True

    async def _thread(self, chat_id: int, topic: str) -> tuple[int | None, bool]:
        """Return the topic's thread, and whether only a right is missing for it."""
        async with self._turn:
            known = await self._topics.known(chat_id)
            if topic in known:
                return known[topic], False
            if chat_id > SUPERGROUP_IDS_BELOW or self._now() < self._look_again.get(chat_id, 0):
                return None, False
            if not (await self.bot.get_chat(chat_id)).is_forum:
                self._look_again[chat_id] = self._now() + LOOK_AGAIN_SECONDS
                return None, False
            return await self._open(chat_id, topic)

    async def _open(self, chat_id: int, topic: str) -> tuple[int | None, bool]:
        name = TOPICS[topic](self._languages.of(self._languages.default))
        try:
            made = await self.bot.create_forum_topic(chat_id, name)
        except TelegramBadRequest:
            self._look_again[chat_id] = self._now() + LOOK_AGAIN_SECONDS
            return None, True
        kept = await self._topics.keep(chat_id, topic, made.message_thread_id)
        if kept != made.message_thread_id:
            await self.bot.delete_forum_topic(chat_id, made.message_thread_id)
        return kept, False

    def _with_warning(self, screen: Screen) -> Screen:
        language = self._languages.of(self._languages.default)
        warning = language.say(
            "⚠️ This belongs into a topic of its own, but I lack the right to manage topics. "
            "Make me an admin with it, then send /here."
        )
        return Screen(lines(screen.text, "", warning), screen.rows)
