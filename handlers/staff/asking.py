"""The home of asking staff for typed input: by a reply, as in a group nothing else is heard.

Only here a form of the admin chat begins to wait, and it waits for a reply to its own question:
colleagues answer cards and each other's questions all the time, and money hangs on what is taken
for an answer.
"""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.ui.replies import PROMPTS, kept_prompts, prompts_of
from handlers.ui.screen import Event, Screen, acknowledge, answer


async def ask(
    event: Event, state: FSMContext, form: State, question: Screen, **known: object
) -> None:
    """Ask the question and remember what is known already.

    A press is answered by a message of its own, which can be replied to.
    """
    if isinstance(event, CallbackQuery):
        await acknowledge(event)
        if isinstance(event.message, Message):
            await ask_below(event.message, state, form, question, **known)
        return
    await ask_below(event, state, form, question, **known)


async def ask_below(
    message: Message, state: FSMContext, form: State, question: Screen, **known: object
) -> None:
    """Ask the question below a message: nothing but a reply to it is taken as the answer.

    A press that is delivered twice asks twice; either question can be answered then.
    """
    before = await state.get_data()
    earlier = prompts_of(before, await state.get_state())
    before.pop(PROMPTS, None)
    is_same = bool(earlier) and before == known
    sent = await answer(message, question)
    ids = (*(earlier if is_same else ()), *((sent.message_id,) if sent else ()))
    await state.set_state(form)
    await state.set_data({**known, **kept_prompts(form.state, ids)})


async def begin_anew(state: FSMContext) -> None:
    """Forget what is known: the next reply to the same question says all of it."""
    data = await state.get_data()
    await state.set_data({PROMPTS: data[PROMPTS]} if PROMPTS in data else {})


async def put_in_place(bot: Bot, chat_id: int, message_id: int, card: Screen) -> None:
    """Turn the message that asked into the card again; the outbox mends it where this fails."""
    with suppress(TelegramBadRequest):
        await bot.edit_message_text(
            card.text, chat_id=chat_id, message_id=message_id, reply_markup=card.inline()
        )
