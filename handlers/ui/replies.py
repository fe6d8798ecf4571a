"""The home of telling what is meant for the bot from what people say to each other in a group."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, User

from handlers.ui.html import Html, link

PROMPTS = "prompts"
"""Where a form keeps which messages asked its question, and for which of its steps."""
PROMPTS_MAX = 8


def is_reply(message: Message) -> bool:
    """Test if the message answers one of the bot's.

    In a forum each message seems to reply to the one that opened its topic.
    """
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return False
    return (
        message.bot is not None
        and answered.from_user is not None
        and (answered.from_user.id == message.bot.id)
    )


@dataclass(frozen=True, slots=True)
class Prompts:
    """Which messages ask the question that waits for a reply.

    Attributes:
        state: The step that they ask for: a form that is written in two steps, and is stopped
            between them, waits for nothing.
        ids: The messages, those first that asked first.
        is_asking: One goes out now, and its number is not known yet.
        is_lost: One may have gone out without its number being kept.
        text: Digest of their words; kept where one is lost, which is known by its words only.
    """

    state: str | None
    ids: tuple[int, ...] = ()
    is_asking: bool = False
    is_lost: bool = False
    text: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any], state: str | None) -> "Prompts":
        """Return what the data of a form keep of its questions for this step."""
        kept = data.get(PROMPTS) or {}
        if state is None or kept.get("state") != state:
            return cls(state=state)
        return cls(
            state=state,
            ids=tuple(kept["ids"]),
            is_asking=kept["is_asking"],
            is_lost=kept["is_lost"],
            text=kept["text"],
        )

    def kept(self) -> dict[str, object]:
        """Return how the data of a form keep it."""
        return {**asdict(self), "ids": list(self.ids[-PROMPTS_MAX:])}

    def again(self) -> "Prompts":
        """Return it as it stands when the same is asked once more."""
        return replace(self, is_asking=False, is_lost=self.is_lost or self.is_asking)

    def with_sent(self, sent: Message) -> "Prompts":
        """Return it with one more message that asks."""
        text = _digest(sent) if self.is_lost else ""
        return replace(self, ids=(*self.ids, sent.message_id), text=text)

    def has(self, message: Message) -> bool:
        """Test if a message is one of them."""
        is_known = message.message_id in self.ids
        return is_known or (bool(self.text) and _digest(message) == self.text)


def _digest(message: Message) -> str:
    return hashlib.sha256((message.text or "").encode()).hexdigest()[:16]


async def open_prompts(state: FSMContext) -> Prompts:
    """Return what asks what this person has open in this chat."""
    return Prompts.of(await state.get_data(), await state.get_state())


async def add_prompt(state: FSMContext, sent: Message) -> None:
    """Let a reply to this message answer the question that waits, too."""
    name, data = await state.get_state(), await state.get_data()
    prompts = Prompts.of(data, name)
    added = replace(prompts, ids=(*prompts.ids, sent.message_id))
    await state.set_data({**data, PROMPTS: added.kept()})


async def is_answer(message: Message, state: FSMContext) -> bool:
    """Test if the message answers the very question that its writer has open.

    A bot that is an admin hears everything that is said in the group, and staff reply to cards
    and to each other's questions: none of that may be taken for words about something else.
    """
    answered = message.reply_to_message
    if answered is None or not is_reply(message):
        return False
    return (await open_prompts(state)).has(answered)


def mentioned(person: User) -> Html:
    """Return the name that calls a person: Telegram opens the field of a reply for them alone."""
    return link(person.full_name, f"tg://user?id={person.id}")


def is_late_reply(message: Message) -> bool:
    """Test if somebody replies to words of the bot that have no buttons, as its questions.

    What people say below a card is theirs.
    """
    asked = message.reply_to_message
    return is_reply(message) and asked is not None and asked.reply_markup is None


async def is_for_us(message: Message, bot: Bot) -> bool:
    """Test if a command is meant for this bot: an admin bot hears those for others, too."""
    _, _, mention = (message.text or "").split(maxsplit=1)[0].partition("@")
    return not mention or mention.lower() == ((await bot.me()).username or "").lower()
