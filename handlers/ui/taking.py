"""The home of taking a file out of Telegram."""

from dataclasses import dataclass, field
from io import BytesIO

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from domain.entities.paper import PAPER_BYTES_MAX, PaperTrouble
from domain.filing import PaperUnfit, check_size


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file with its content.

    Attributes:
        name: The name that the sender's device gave it; empty for a photo.
        data: The whole content.
    """

    name: str
    data: bytes = field(repr=False)


async def take_file(bot: Bot, message: Message) -> TakenFile | None:
    """Return the photo or document of a message; ``None`` where it has none.

    Raises:
        PaperUnfit: it is too large to be taken.
    """
    if message.photo:
        largest = message.photo[-1]
        return await _take(bot, largest.file_id, largest.file_size, "")
    if message.document:
        document = message.document
        return await _take(bot, document.file_id, document.file_size, document.file_name or "")
    return None


async def _take(bot: Bot, file_id: str, size_bytes: int | None, name: str) -> TakenFile:
    check_size(size_bytes)
    try:
        told = await bot.get_file(file_id)
        check_size(told.file_size)
        content = BytesIO()
        await bot.download(told, content)
    except TelegramBadRequest as refusal:
        if "too big" not in refusal.message:
            raise
        raise PaperUnfit(trouble=PaperTrouble.TOO_BIG, most=PAPER_BYTES_MAX) from None
    return TakenFile(name, content.getvalue())
