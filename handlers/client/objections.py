"""The home of a client's objection: "this is not who invited me"."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.claims.object import ObjectToInviter
from domain.usecases.clients.show_own import ShowOwnData
from handlers.client.objection_screens import objection_opened, objection_question
from handlers.client.screens import own_data_screen
from handlers.client.states import Objection
from handlers.middlewares.access import Allowed, allow
from handlers.ui.callbacks import ClientCard
from handlers.ui.language import Language
from handlers.ui.screen import answer, turn_to

router = Router(name="client.objections")
anyone = allow(Allowed.ANYONE)


@router.callback_query(ClientCard.filter(F.action == "object"), flags=anyone)
async def ask_who(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    show_own_data: ShowOwnData,
    state: FSMContext,
) -> None:
    """Ask who it really was."""
    data = await show_own_data(caller)
    await state.set_state(Objection.words)
    await turn_to(query, objection_question(language, data.inviter))


@router.message(Objection.words, F.text, flags=anyone)
async def take_words(
    message: Message,
    caller: Caller,
    language: Language,
    object_to_inviter: ObjectToInviter,
    state: FSMContext,
) -> None:
    """Ask staff with the client's own word."""
    question = await object_to_inviter(caller, message.text or "")
    await state.clear()
    await answer(message, objection_opened(language, question))


@router.callback_query(ClientCard.filter(F.action == "nobody"), flags=anyone)
async def say_nobody(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    object_to_inviter: ObjectToInviter,
    state: FSMContext,
) -> None:
    """Ask staff with the word that nobody invited the client."""
    question = await object_to_inviter(caller, str(language.say("Nobody invited me.")))
    await state.clear()
    await turn_to(query, objection_opened(language, question))


@router.callback_query(ClientCard.filter(F.action == "leave"), flags=anyone)
async def leave(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    show_own_data: ShowOwnData,
    state: FSMContext,
) -> None:
    """Leave the form."""
    await state.clear()
    await turn_to(query, own_data_screen(language, await show_own_data(caller)))
