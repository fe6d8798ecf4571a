"""The product's dispatcher without a network: updates go in, calls of the Bot API are kept."""

import itertools
import sqlite3
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.enums import ParseMode
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    GetChatMember,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import Chat, ChatMemberMember, Message, User

from bot.conversations import ConversationStorage
from bot.telegram import make_dispatcher
from domain.errors import DomainError
from handlers.middlewares import refusals
from handlers.ui.language import Languages
from handlers.ui.links import Links
from storage.tables import metadata
from tests.usecases.app import ADMIN_CHAT, App

BOT = User(id=100, is_bot=True, first_name="Partner Bot", username="partner_test_bot")
ELSEWHERE = -2002
LEFT_OUT = {"people", "conversations"}
QUERIES = {
    name: f'SELECT * FROM "{name}"'  # noqa: S608 - our own names
    for name in metadata.tables
    if name not in LEFT_OUT
}
Contents = dict[str, list[tuple[Any, ...]]]
HELP = (
    "I did not understand",
    "out of date",
    "There is no such command",
    "works in the admin chat only",
)


class KeptCalls(BaseSession):
    """Answers every call as Telegram would and keeps what people would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._ids = itertools.count(10)

    async def close(self) -> None: ...

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - the base's own signature
    ) -> Any:  # noqa: ANN401 - the base's own signature
        """Keep texts; return what the caller needs."""
        if isinstance(method, GetMe):
            return BOT
        if isinstance(method, GetChatMember):
            return ChatMemberMember(user=BOT)
        if isinstance(method, AnswerCallbackQuery):
            self.seen += [method.text] if method.text else []
            return True
        if isinstance(method, SendMessage | EditMessageText):
            self.seen.append(str(method.text))
        if isinstance(method, SendPhoto | SendDocument):
            self.seen.append(str(method.caption or "a file"))
        chat = Chat(id=int(str(getattr(method, "chat_id", 0) or 0)), type="private")
        return Message(message_id=next(self._ids), date=0, chat=chat)  # type: ignore[arg-type]

    async def stream_content(
        self, *_arguments: object, **_more: object
    ) -> AsyncGenerator[bytes, None]:  # pragma: no cover - nothing is downloaded
        yield b""


class NoCharts:
    """Draws nothing."""

    async def png(self, _chart: object) -> None: ...


def _drop(work: Coroutine[Any, Any, Any], _name: str) -> None:
    work.close()


@dataclass
class Came:
    """What came of an act.

    Attributes:
        refusals: Codes of refusals, in order.
        seen: Texts that somebody saw.
    """

    refusals: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def is_denied(self) -> bool:
        """Test for a refusal, silence, or help for what nothing understands."""
        is_help = any(text in seen for seen in self.seen for text in HELP)
        return bool(self.refusals) or not self.seen or is_help


@dataclass
class Surface:
    """Telegram's side of the product.

    Attributes:
        app: The use cases and the database behind it.
        path: The SQLite file.
    """

    app: App
    path: Path
    dispatcher: Dispatcher = field(init=False)
    bot: Bot = field(init=False)
    calls: KeptCalls = field(default_factory=KeptCalls)
    _reading: sqlite3.Connection = field(init=False)
    _refusals: list[str] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        defaults = DefaultBotProperties(parse_mode=ParseMode.HTML)
        self.bot = Bot("100:token", session=self.calls, default=defaults)
        self._reading = sqlite3.connect(self.path)
        self.starts()

    def starts(self) -> None:
        """Make the dispatcher of the app as it is configured now."""
        app = self.app
        given = {
            "programs": app.around.programs,
            "links": Links("https://partners.example", "https://vendor.example/"),
            "clock": app.around.clock,
            "today": lambda: app.around.clock().date(),
            "exporting": set(),
            "charts": NoCharts(),
            "beside": _drop,
        }
        storage = ConversationStorage(app.around.open_work, app.around.clock)  # type: ignore[arg-type]
        self.dispatcher = make_dispatcher(app.use, storage, Languages("en", UTC), given)

    async def types(self, name: str, text: str, chat_id: int | None = None) -> Came:
        """Let a person type; in private unless a chat is given."""
        return await self._feed({"message": self._message(self._user(name), text, chat_id)})

    async def types_anonymously(self, text: str) -> Came:
        """Let an admin of the admin chat type who hides behind the group."""
        hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        hidden["username"] = "GroupAnonymousBot"
        return await self._feed({"message": self._message(hidden, text, ADMIN_CHAT)})

    async def presses(self, name: str, data: str, chat_id: int | None = None) -> Came:
        """Let a person press a button, whether it was offered or not."""
        user = self._user(name)
        query = {
            "id": str(next(self._numbers)),
            "from": user,
            "chat_instance": "1",
            "data": data,
            "message": self._message({**vars_of(BOT)}, "a message", chat_id or user["id"]),
        }
        return await self._feed({"callback_query": query})

    async def _feed(self, update: dict[str, Any]) -> Came:
        self.calls.seen.clear()
        self._refusals.clear()
        number = next(self._numbers)
        await self.dispatcher.feed_raw_update(self.bot, {"update_id": number, **update})
        return Came(refusals=[*self._refusals], seen=[*self.calls.seen])

    def _message(self, user: dict[str, Any], text: str, chat_id: int | None) -> dict[str, Any]:
        chat_id = chat_id or user["id"]
        is_group = chat_id < 0
        chat = {"id": chat_id, "type": "supergroup" if is_group else "private", "title": "Chat"}
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return {
            "message_id": next(self._numbers),
            "date": 1_700_000_000,
            "chat": chat,
            "from": user,
            "text": text,
            "entities": entities if text.startswith("/") else [],
        }

    def _user(self, name: str) -> dict[str, Any]:
        seen = self.app.person(name)
        return {"id": seen.id, "is_bot": False, "first_name": seen.name, "language_code": "en"} | {
            "username": seen.username
        }

    def keeps_refusals(self, patch: Callable[[object, str, object], None]) -> None:
        """Note the code of every refusal that is put into words."""
        worded = refusals.refusal_screen

        def noted(language: Any, refusal: DomainError) -> Any:  # noqa: ANN401 - passed through
            self._refusals.append(refusal.code)
            return worded(language, refusal)

        patch(refusals, "refusal_screen", noted)

    def contents(self) -> Contents:
        """Return every row of every table; that somebody spoke, and of which form, is left out."""
        return {name: self._reading.execute(QUERIES[name]).fetchall() for name in QUERIES}

    def saves(self) -> Path:
        """Keep the whole database as it is; return where."""
        kept = self.path.with_suffix(".kept")
        _copy(self.path, kept)
        return kept

    def restores(self, kept: Path) -> None:
        """Put the database back under its users."""
        _copy(kept, self.path)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def vars_of(user: User) -> dict[str, Any]:
    """Return a user as Telegram writes it."""
    return user.model_dump(exclude_none=True)
