"""A small bot that shows the page one of everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
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
from PIL import Image

TOKEN = "123456:TEST"
USERNAME = "SamplePartnerBot"
LINK = f"https://t.me/{USERNAME}?start=r_abc"
SHARE = (
    "https://t.me/share/url?url=https%3A%2F%2Ft.me%2FSamplePartnerBot%3Fstart%3Dr_abc&text=Join"
)


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)


def _keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


async def _start(message: Message) -> None:
    payload = (message.text or "").partition(" ")[2]
    await message.answer(
        f"<b>Welcome</b> to the probe{f' by {payload}' if payload else ''}",
        parse_mode="HTML",
        reply_markup=_keyboard(
            [_button("Activate", "activate"), _button("Rules", "rules")],
            [
                InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text=LINK)),
                InlineKeyboardButton(text="Share", url=SHARE),
                InlineKeyboardButton(text="Open", url=LINK),
            ],
        ),
    )


async def _activate(query: CallbackQuery) -> None:
    if isinstance(query.message, Message):
        await query.message.edit_text(
            "You are a partner now", reply_markup=_keyboard([_button("Balance", "balance")])
        )
    await query.answer("Activated")


async def _rules(query: CallbackQuery) -> None:
    await query.answer("Ten per cent of every payment", show_alert=True)


async def _photo(message: Message) -> None:
    picture = BytesIO()
    Image.new("RGB", (300, 200), "#0f6b63").save(picture, "PNG")
    await message.answer_photo(
        BufferedInputFile(picture.getvalue(), "chart.png"), caption="Your chart"
    )


async def _file(message: Message) -> None:
    await message.answer_document(BufferedInputFile(b"a;b\n1;2\n", "statement.csv"))


async def _phone(message: Message) -> None:
    await message.answer(
        "Your number?",
        reply_markup=ReplyKeyboardMarkup(
            keyboard=[
                [KeyboardButton(text="Share my number", request_contact=True)],
                [KeyboardButton(text="Later")],
            ],
            one_time_keyboard=True,
            input_field_placeholder="Press a button",
        ),
    )


async def _contact(message: Message) -> None:
    phone = message.contact.phone_number if message.contact else ""
    await message.answer(f"Received {phone}", reply_markup=ReplyKeyboardRemove())


async def _name(message: Message) -> None:
    await message.answer(
        "What is your company called?",
        reply_markup=ForceReply(input_field_placeholder="Company name"),
    )


async def _long(message: Message) -> None:
    await message.answer("W" * 4000)


async def _echo(message: Message) -> None:
    answered = " as a reply" if message.reply_to_message else ""
    await message.answer(f"You wrote{answered}: {message.text}")


def _router() -> Router:
    router = Router()
    router.message.register(_start, CommandStart())
    router.message.register(_photo, Command("photo"))
    router.message.register(_file, Command("file"))
    router.message.register(_phone, Command("phone"))
    router.message.register(_name, Command("name"))
    router.message.register(_long, Command("long"))
    router.message.register(_contact, F.contact)
    router.message.register(_echo, F.text)
    router.callback_query.register(_activate, F.data == "activate")
    router.callback_query.register(_rules, F.data == "rules")
    return router


@asynccontextmanager
async def probe_bot(url: str) -> AsyncIterator[Bot]:
    """Run the bot against a simulator for as long as the block lasts."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.include_router(_router())
    await bot.set_my_commands(
        [
            BotCommand(command="start", description="Begin"),
            BotCommand(command="photo", description="A picture"),
            BotCommand(command="phone", description="Share a phone number"),
        ]
    )
    polling = asyncio.create_task(
        dispatcher.start_polling(
            bot, polling_timeout=1, handle_signals=False, close_bot_session=False
        )
    )
    try:
        yield bot
    finally:
        await dispatcher.stop_polling()
        await polling
        await bot.session.close()
