"""The home of taking a file out of Telegram: once, whole, and only what can be a paper.

A handler of a form takes a message so::

    taken = await take_file(bot, message)
    await some_use_case(caller, IncomingPaper(kind, taken.name, taken.data, caller.person.id))

and answers with ``tell_page``, so that an album of ten photos gets one answer that counts up.
"""

import io
from dataclasses import dataclass, field

import aiohttp
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramUnauthorizedError,
)
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from domain.entities.paper import PAPER_BYTES_MAX, PaperTrouble
from domain.filing import NotAPaper, PaperNotReceived, PaperUnfit, check_size
from handlers.ui.screen import Screen, send

DOWNLOAD_SECONDS = 60
_ALBUM = "album"
_KINDS = (
    "animation",
    "sticker",
    "voice",
    "video_note",
    "video",
    "audio",
    "contact",
    "location",
    "venue",
    "poll",
    "dice",
    "story",
    "text",
)
"""What people send instead of a file; an animation has a document beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file as a message names it.

    Attributes:
        file_id: Telegram's name for it.
        name: The name on the sender's device; "" for a photo.
        size: In bytes, as Telegram tells it, or ``None``.
        album: What the messages of one album share, or ``None``.
    """

    file_id: str
    name: str
    size: int | None
    album: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file out of Telegram.

    Attributes:
        name: The name on the sender's device: hostile text; "" for a photo.
        data: The whole content.
        album: What the messages of one album share, or ``None``.
    """

    name: str
    data: bytes = field(repr=False)
    album: str | None


def offered(message: Message) -> Offered:
    """Return the file of a message, a photo in its largest size.

    Raises:
        NotAPaper: there is none.
        PaperUnfit: it is larger than Telegram hands over.
    """
    for kind in _KINDS:
        if getattr(message, kind, None):
            raise NotAPaper(kind=kind)
    file = message.photo[-1] if message.photo else message.document
    if file is None:
        raise NotAPaper(kind="other")
    check_size(file.file_size)
    name = message.document.file_name or "" if message.document else ""
    return Offered(
        file_id=file.file_id, name=name, size=file.file_size, album=message.media_group_id
    )


async def take_file(bot: Bot, message: Message) -> Taken:
    """Return the file of a message with its bytes.

    Raises:
        NotAPaper: there is none.
        PaperUnfit: it is too large.
        PaperNotReceived: Telegram, or the way to it, failed.
    """
    offer = offered(message)
    try:
        data = await _download(bot, offer)
    except (TelegramUnauthorizedError, TelegramForbiddenError):
        raise
    except TelegramBadRequest as refusal:
        if "too big" in refusal.message:
            raise PaperUnfit(trouble=PaperTrouble.TOO_BIG, most=PAPER_BYTES_MAX) from None
        raise PaperNotReceived from None
    except (TelegramAPIError, aiohttp.ClientError, OSError, TimeoutError):
        # The error's own text holds the address of the file, and with it the token.
        raise PaperNotReceived from None
    return Taken(name=offer.name, data=data, album=offer.album)


async def _download(bot: Bot, offer: Offered) -> bytes:
    file = await bot.get_file(offer.file_id)
    check_size(file.file_size)
    if not file.file_path:
        raise PaperNotReceived
    into = _Limited()
    await bot.download_file(file.file_path, into, timeout=DOWNLOAD_SECONDS)
    data = into.getvalue()
    if file.file_size is not None and len(data) != file.file_size:
        raise PaperNotReceived
    return data


class _Limited(io.BytesIO):
    """Takes no more than a paper may have."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Write, or refuse."""
        check_size(self.tell() + len(data))
        return super().write(data)


async def tell_page(bot: Bot, message: Message, state: FSMContext, screen: Screen) -> None:
    """Answer that a page was kept: once for each message, and once for a whole album.

    The first page of an album gets a message, the others change it.
    """
    album, known = message.media_group_id, (await state.get_data()).get(_ALBUM)
    if album and isinstance(known, list) and known[0] == album:
        try:
            await bot.edit_message_text(
                screen.shown_text,
                chat_id=message.chat.id,
                message_id=known[1],
                reply_markup=screen.inline(),
            )
        except TelegramBadRequest as refusal:
            if "message is not modified" in refusal.message:
                return
        else:
            return
    told = await send(bot, message.chat.id, screen)
    if album:
        await state.update_data({_ALBUM: [album, told.message_id]})
