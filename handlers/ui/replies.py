"""The home of telling what is meant for the bot from what people say to each other in a group."""

from aiogram import Bot
from aiogram.types import Message, User

from handlers.ui.html import Html, link


def is_reply(message: Message) -> bool:
    """Test if the message answers one of the bot's.

    A bot that is an admin hears everything that is said in the group, so a form there takes
    replies only. In a forum each message seems to reply to the one that opened its topic.
    """
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return False
    return (
        message.bot is not None
        and answered.from_user is not None
        and (answered.from_user.id == message.bot.id)
    )


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
