"""The home of the screen: a text, buttons, maybe a picture; and of putting it before a person."""

from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from handlers.ui.html import Html, lines, plain

HEADING: ContextVar[Html | None] = ContextVar("heading", default=None)
"""A line above every screen while an update is handled: in which enrolment a person works."""
Event = Message | CallbackQuery
"""A typed command or a press that asks for the same screen."""
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of the actions."""

    text: str
    data: CallbackData | None = None
    url: str | None = None
    copy: str | None = None

    def made(self) -> InlineKeyboardButton:
        """Return Telegram's own button."""
        return InlineKeyboardButton(
            text=plain(self.text),
            callback_data=self.data.pack() if self.data else None,
            url=self.url,
            copy_text=CopyTextButton(text=self.copy) if self.copy else None,
        )


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees.

    Attributes:
        text: The message, or the caption of the picture.
        rows: Inline buttons.
        photo: A PNG, or ``None``.
        contact_button: Text of a button that shares the person's own contact, or ``None``.
        asks: Placeholder of a reply that is asked for in a group, or ``None``.
        removes_keyboard: Take the contact button away.
    """

    text: Html
    rows: Rows = field(default=())
    photo: bytes | None = None
    contact_button: str | None = None
    asks: str | None = None
    removes_keyboard: bool = False

    @property
    def shown_text(self) -> Html:
        """The text below the line that names where one works, if there is one."""
        above = HEADING.get()
        return lines(above, self.text) if above else self.text

    def markup(self) -> Markup | None:
        """Return Telegram's own keyboard."""
        if self.contact_button:
            button = KeyboardButton(text=plain(self.contact_button), request_contact=True)
            return ReplyKeyboardMarkup(
                keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True
            )
        if self.asks:
            return ForceReply(selective=True, input_field_placeholder=plain(self.asks)[:64])
        if self.removes_keyboard:
            return ReplyKeyboardRemove()
        return self.inline()

    def inline(self) -> InlineKeyboardMarkup | None:
        """Return the inline buttons."""
        if not self.rows:
            return None
        keyboard = [[button.made() for button in row] for row in self.rows if row]
        return InlineKeyboardMarkup(inline_keyboard=keyboard)

    @property
    def is_plain(self) -> bool:
        """Test if an old message can become this screen by an edit."""
        return not (self.photo or self.contact_button or self.asks or self.removes_keyboard)


async def send(
    bot: Bot,
    chat_id: int,
    screen: Screen,
    *,
    thread_id: int | None = None,
    reply_to: int | None = None,
) -> Message:
    """Send the screen as a new message."""
    if screen.photo is not None:
        return await bot.send_photo(
            chat_id,
            BufferedInputFile(screen.photo, "picture.png"),
            caption=screen.shown_text,
            reply_markup=screen.markup(),
            message_thread_id=thread_id,
        )
    return await bot.send_message(
        chat_id,
        screen.shown_text,
        reply_markup=screen.markup(),
        message_thread_id=thread_id,
        reply_to_message_id=reply_to,
    )


async def send_file(
    bot: Bot,
    chat_id: int,
    content: bytes,
    name: str,
    caption: Html | None = None,
    *,
    thread_id: int | None = None,
) -> Message:
    """Send a file."""
    return await bot.send_document(
        chat_id, BufferedInputFile(content, name), caption=caption, message_thread_id=thread_id
    )


async def answer(message: Message, screen: Screen) -> Message | None:
    """Answer a message with the screen, in its topic; a question is a reply to the asker.

    Returns:
        What was sent; ``None`` for a message that came from nowhere.
    """
    thread_id = message.message_thread_id if message.is_topic_message else None
    reply_to = message.message_id if screen.asks else None
    if message.bot is None:
        return None
    return await send(message.bot, message.chat.id, screen, thread_id=thread_id, reply_to=reply_to)


async def show(event: Event, screen: Screen) -> None:
    """Show the screen to whoever typed a command or pressed a button that asks for it."""
    if isinstance(event, CallbackQuery):
        await turn_to(event, screen)
    else:
        await answer(event, screen)


async def mend(message: Message, message_id: int, screen: Screen) -> None:
    """Turn an earlier message of the chat into the screen, where Telegram still lets us.

    For cards that the outbox mends in any case.
    """
    if message.bot is None:
        return
    with suppress(TelegramBadRequest):
        await message.bot.edit_message_text(
            screen.text,
            chat_id=message.chat.id,
            message_id=message_id,
            reply_markup=screen.inline(),
        )


async def turn_to(query: CallbackQuery, screen: Screen, *, note: str | None = None) -> None:
    """Turn the pressed message into the screen and answer the press.

    A message that cannot be edited (a picture, too old, gone) is followed by a new one.
    """
    await acknowledge(query, note)
    message = query.message
    if query.bot is None:
        return
    chat_id = message.chat.id if message else query.from_user.id
    is_text = isinstance(message, Message) and message.text is not None
    if screen.is_plain and is_text and message is not None:
        try:
            await query.bot.edit_message_text(
                screen.shown_text,
                chat_id=chat_id,
                message_id=message.message_id,
                reply_markup=screen.inline(),
            )
        except TelegramBadRequest as refusal:
            if "message is not modified" in refusal.message:
                return
        else:
            return
    is_topic = isinstance(message, Message) and message.is_topic_message
    thread_id = message.message_thread_id if is_topic and isinstance(message, Message) else None
    await send(query.bot, chat_id, screen, thread_id=thread_id)


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False
) -> None:
    """Answer a press; a press that is too old to answer needs none."""
    try:
        await query.answer(plain(text)[:200] if text else None, show_alert=alert)
    except TelegramBadRequest as refusal:
        if "query is too old" not in refusal.message:
            raise
