"""A card that follows its object is not turned back under the finger of whoever pressed it."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, TelegramMethod
from aiogram.types import Chat, Message

from handlers.jobs.turned import HANDLING_SINCE, MESSAGES_KEPT, Turned
from handlers.ui.html import Html
from handlers.ui.screen import Screen

GROUP = -100
AT = datetime(2026, 3, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CARD, QUESTION = Screen(Html("card")), "question"


class Chats(BaseSession):
    """Telegram's side: what each message says; an edit may wait, or be refused."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[tuple[int, int], str] = {}
        self.refuses = ""
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> Any:  # noqa: ANN401 - aiogram's own signature
        assert isinstance(method, EditMessageText)
        await self.goes_on.wait()
        if self.refuses:
            raise TelegramBadRequest(method, self.refuses)
        assert isinstance(method.chat_id, int)
        assert method.message_id is not None
        self.texts[method.chat_id, method.message_id] = str(method.text)
        chat = Chat(id=method.chat_id, type="supergroup")
        return Message(message_id=method.message_id, date=AT, chat=chat)

    async def close(self) -> None: ...

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:  # noqa: ANN401 - aiogram's own signature
        yield b""


class Scene:
    """A bot whose edits are watched."""

    def __init__(self) -> None:
        self.chats, self.turned = Chats(), Turned()
        self.chats.middleware(self.turned)
        self.bot = Bot("1:token", session=self.chats)

    async def presses(self, at: datetime, message_id: int = 7, chat_id: int = GROUP) -> None:
        """Somebody's press, handled from then on, turns the message into a question."""

        async def handle() -> None:
            HANDLING_SINCE.set(at)
            await self.bot.edit_message_text(QUESTION, chat_id=chat_id, message_id=message_id)

        await asyncio.create_task(handle())

    async def mends(self, changed_at: datetime) -> bool:
        return await self.turned.mend(self.bot, CARD, (GROUP, 7), changed_at=changed_at)

    @property
    def shown(self) -> str | None:
        return self.chats.texts.get((GROUP, 7))


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [(AT - SECOND, "card"), (AT, "card"), (AT + SECOND, "question")],
    ids=["before the change", "by the change itself", "after the change"],
)
async def test_only_who_pressed_after_the_change_keeps_the_message(
    scene: Scene, pressed: datetime, shown: str
) -> None:
    await scene.presses(pressed)
    assert await scene.mends(AT)
    assert scene.shown == shown


async def test_an_edit_of_nobody_holds_up_no_later_one(scene: Scene) -> None:
    assert await scene.mends(AT + SECOND)
    scene.chats.texts.clear()
    assert await scene.mends(AT)
    assert scene.shown == "card"


async def test_a_press_meanwhile_stands_after_the_mending(scene: Scene) -> None:
    scene.chats.goes_on.clear()
    mending = asyncio.create_task(scene.mends(AT))
    await asyncio.sleep(0)
    pressing = asyncio.create_task(scene.presses(AT + SECOND))
    await asyncio.sleep(0)
    scene.chats.goes_on.set()
    await asyncio.gather(mending, pressing)
    assert scene.shown == "question"


@pytest.mark.parametrize(
    ("refusal", "is_there"),
    [("Bad Request: message is not modified", True), ("Bad Request: message not found", False)],
)
async def test_what_became_of_the_message_is_told(
    scene: Scene, refusal: str, *, is_there: bool
) -> None:
    scene.chats.refuses = refusal
    assert await scene.mends(AT) is is_there


async def test_private_chats_are_not_remembered_and_old_messages_are_forgotten(
    scene: Scene,
) -> None:
    await scene.presses(AT + SECOND)
    for number in range(MESSAGES_KEPT):
        await scene.presses(AT + SECOND, 1_000 + number, chat_id=5)
    assert await scene.mends(AT)
    assert scene.shown == "question"
    for number in range(MESSAGES_KEPT):
        await scene.presses(AT + SECOND, 1_000 + number)
    assert await scene.mends(AT)
    assert scene.shown == "card"
