"""The home of taking words and files out of a message into a question."""

from aiogram import Bot
from aiogram.types import Message

from domain.entities.question import Attachment, FileKind, QuestionLine, Words


def words_of(message: Message, text: str | None = None) -> Words:
    """Return what a message says: its text or caption, and its photo or document.

    Telegram keeps the file; we keep its name there.
    """
    attachment = None
    if message.photo:
        attachment = Attachment(FileKind.PHOTO, message.photo[-1].file_id)
    elif message.document:
        attachment = Attachment(FileKind.DOCUMENT, message.document.file_id)
    said = text if text is not None else message.text or message.caption or ""
    return Words(
        text=said, attachment=attachment, source=f"{message.chat.id}:{message.message_id}"
    )


async def send_kept(
    bot: Bot, chat_id: int, line: QuestionLine, *, thread_id: int | None = None
) -> None:
    """Send the file of a line, as Telegram keeps it."""
    if line.file_kind is FileKind.PHOTO:
        await bot.send_photo(chat_id, line.file_id, message_thread_id=thread_id)
    else:
        await bot.send_document(chat_id, line.file_id, message_thread_id=thread_id)
