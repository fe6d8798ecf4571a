"""The home of asking staff for typed input: by a reply, as in a group nothing else is heard.

Only here a form of the admin chat begins to wait, and it waits for a reply to its own question:
colleagues answer cards and each other's questions all the time, and money hangs on what is taken
for an answer.
"""

from contextlib import suppress
from dataclasses import replace

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from handlers.ui.replies import PROMPTS, Prompts
from handlers.ui.screen import Event, Screen, acknowledge, answer


async def ask(
    event: Event, state: FSMContext, form: State, question: Screen, **known: object
) -> None:
    """Ask the question and remember what is known already: only a reply to it is its answer.

    A press is answered by a message of its own, which can be replied to. One that is delivered
    twice asks twice, and either question can be answered then: that a question goes out is
    written down before, as nobody learns its number where the process is killed meanwhile.
    """
    message = event.message if isinstance(event, CallbackQuery) else event
    if isinstance(event, CallbackQuery):
        await acknowledge(event)
    if not isinstance(message, Message):
        return
    prompts = await _standing(state, form, known)
    if isinstance(event, CallbackQuery):
        await _keep(state, form, known, replace(prompts, is_asking=True))
    sent = await answer(message, question)
    if sent is not None:
        await _keep(state, form, known, prompts.with_sent(sent))


async def _standing(state: FSMContext, form: State, known: dict[str, object]) -> Prompts:
    """Return what asks the very same already, after a press that came before."""
    data = await state.get_data()
    standing = Prompts.of(data, form.state)
    data.pop(PROMPTS, None)
    is_same = await state.get_state() == form.state and data == known
    return standing.again() if is_same else Prompts(state=form.state)


async def _keep(
    state: FSMContext, form: State, known: dict[str, object], prompts: Prompts
) -> None:
    await state.set_state(form)
    await state.set_data({**known, PROMPTS: prompts.kept()})


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
