"""The home of the key of a request: what is asked twice by one message is done once."""

from aiogram.types import Message


def key_of(message: Message) -> str:
    """Return the key of what a message asks for, the same for the same message.

    So it is done once, and a screen that was sent before a crash can still be confirmed.
    """
    return f"{message.chat.id}-{message.message_id}-{message.date.timestamp():.0f}"
