"""The home of telling handlers who speaks and in which language."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import (
    CallbackQuery,
    Chat,
    InaccessibleMessage,
    InlineQuery,
    Message,
    TelegramObject,
    User,
)

from domain.usecases.people.identify import IdentifyCaller, SeenPerson
from domain.usecases.staff.admin_chat import AdminChat
from domain.usecases.staff.record_denial import RecordDenial
from handlers.middlewares.access import Handler
from handlers.middlewares.refusals import asked_by
from handlers.ui.language import Languages
from handlers.ui.replies import is_reply

ANONYMOUS_ADMIN = "GroupAnonymousBot"


class CallerMiddleware(BaseMiddleware):
    """Puts ``caller`` and ``language`` into what handlers are given, by one read."""

    def __init__(
        self,
        identify: IdentifyCaller,
        admin_chat: AdminChat,
        record_denial: RecordDenial,
        languages: Languages,
    ) -> None:
        """Ask these."""
        self._record_denial = record_denial
        self._identify = identify
        self._admin_chat = admin_chat
        self._languages = languages
        self._default = languages.default

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Identify, then go on; other bots and channels have nothing to say here."""
        user, chat = _source(event)
        if user is None or chat is None:
            return None
        if user.is_bot:
            return await self._tell_anonymous(event, user)
        in_admin_chat = chat.type != "private" and chat.id == await self._admin_chat()
        seen = SeenPerson(
            id=user.id,
            name=user.full_name,
            username=user.username,
            language_code=user.language_code,
        )
        data["caller"] = await self._identify(seen, in_admin_chat=in_admin_chat)
        # A group has many readers: it speaks the configured language, whoever presses.
        person = data["caller"].person
        is_private = chat.type == "private"
        data["language"] = (
            self._languages.of(person.language, person.zone)
            if is_private
            else self._languages.of(self._default)
        )
        return await handler(event, data)

    async def _tell_anonymous(self, event: TelegramObject, user: User) -> None:
        """Tell an anonymous admin that it is nobody here; other bots are passed over.

        Only what is meant for the bot is answered: as an admin it hears everything that is said.
        """
        if user.username != ANONYMOUS_ADMIN or not isinstance(event, Message):
            return
        if not (event.text or "").startswith("/") and not is_reply(event):
            return
        asked, chat_id = asked_by(event)
        await self._record_denial(None, right="anonymous", asked=asked, chat_id=chat_id)
        language = self._languages.of(self._languages.default)
        await event.reply(
            language.say(
                "You write as an anonymous admin, so I cannot tell who you are. "
                "Open the group’s settings, Administrators, your name, turn “Remain anonymous” "
                "off and try again."
            )
        )


def _source(event: TelegramObject) -> tuple[User | None, Chat | None]:
    if isinstance(event, Message):
        return event.from_user, event.chat
    if isinstance(event, CallbackQuery):
        message = event.message
        if isinstance(message, Message | InaccessibleMessage):
            return event.from_user, message.chat
    if isinstance(event, InlineQuery):
        return event.from_user, Chat(id=event.from_user.id, type="private")
    return None, None
