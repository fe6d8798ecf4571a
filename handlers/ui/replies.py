"""The home of telling what is meant for the bot from what people say to each other in a group."""

from collections.abc import Mapping

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


def prompts_of(data: Mapping[str, object], state: str | None) -> tuple[int, ...]:
    """Return which messages ask the question that waits, those first that asked first."""
    kept = data.get(PROMPTS)
    if state is None or not isinstance(kept, dict) or kept.get("state") != state:
        return ()
    return tuple(kept["ids"])


def kept_prompts(state: str | None, ids: tuple[int, ...]) -> dict[str, object]:
    """Return how a form's data keep which messages ask its question.

    The step stands beside them: a form that is written in two steps, and is stopped between them,
    waits for nothing.
    """
    return {PROMPTS: {"state": state, "ids": list(ids[-PROMPTS_MAX:])}}


async def open_prompts(state: FSMContext) -> tuple[int, ...]:
    """Return which messages ask what this person has open in this chat."""
    return prompts_of(await state.get_data(), await state.get_state())


async def add_prompt(state: FSMContext, message_id: int) -> None:
    """Let a reply to this message answer the question that waits, too."""
    name, data = await state.get_state(), await state.get_data()
    ids = (*prompts_of(data, name), message_id)
    await state.set_data({**data, **kept_prompts(name, ids)})


async def is_answer(message: Message, state: FSMContext) -> bool:
    """Test if the message answers the very question that its writer has open.

    A bot that is an admin hears everything that is said in the group, and staff reply to cards
    and to each other's questions: none of that may be taken for words about something else.
    """
    answered = message.reply_to_message
    if answered is None or not is_reply(message):
        return False
    return answered.message_id in await open_prompts(state)


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
