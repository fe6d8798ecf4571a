"""The home of asking staff for typed input: by a reply, as in a group nothing else is heard."""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.ui.screen import Event, Screen, acknowledge, answer


async def ask(
    event: Event, state: FSMContext, form: State, question: Screen, **known: object
) -> None:
    """Ask the question and remember what is known already.

    A press is answered by a message of its own, which can be replied to.
    """
    await state.set_state(form)
    await state.set_data(known)
    if isinstance(event, CallbackQuery):
        await acknowledge(event)
        if isinstance(event.message, Message):
            await answer(event.message, question)
        return
    await answer(event, question)


async def put_in_place(bot: Bot, chat_id: int, message_id: int, card: Screen) -> None:
    """Turn the message that asked into the card again; the outbox mends it where this fails."""
    with suppress(TelegramBadRequest):
        await bot.edit_message_text(
            card.text, chat_id=chat_id, message_id=message_id, reply_markup=card.inline()
        )
