"""The home of checking and sending an application, taking it back, and talking about it."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.applications.fill import SubmitApplication
from domain.usecases.applications.show import ShowOwnApplication
from domain.usecases.applications.start import (
    WithdrawApplication,
)
from domain.usecases.applications.talk import TalkAboutApplication
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.application_review import (
    own_screen,
    review_screen,
    send_question,
    write_question,
    written_screen,
)
from handlers.partner.screens.application_start import (
    delete_question,
    deleted_screen,
)
from handlers.partner.screens.joining import rules_screen
from handlers.partner.states import ApplicationForm
from handlers.ui.callbacks_applications import ApplicationPress
from handlers.ui.language import Language
from handlers.ui.screen import answer, turn_to

router = Router(name="partner.application_sending")
anyone = allow(Allowed.ANYONE)


@router.callback_query(ApplicationPress.filter(F.action == "review"), flags=anyone)
async def review(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Show everything that was entered."""
    view = await show_own_application(caller, callback_data.id)
    await state.clear()
    await turn_to(query, review_screen(language, view))


@router.callback_query(ApplicationPress.filter(F.action == "rules"), flags=anyone)
async def show_rules(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
) -> None:
    """Show the rules that are accepted by sending."""
    view = await show_own_application(caller, callback_data.id)
    await turn_to(query, rules_screen(language, view.program, is_partner=False))


@router.callback_query(ApplicationPress.filter(F.action == "ask_send"), flags=anyone)
async def ask_send(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
) -> None:
    """Ask before it is sent; what is missing is named instead."""
    view = await show_own_application.ready(caller, callback_data.id)
    await turn_to(query, send_question(language, view))


@router.callback_query(ApplicationPress.filter(F.action == "send"), flags=anyone)
async def send(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    submit_application: SubmitApplication,
) -> None:
    """Send it to the staff."""
    version = int(callback_data.key) if callback_data.key.isdigit() else 0
    view = await submit_application(caller, callback_data.id, version)
    await turn_to(query, own_screen(language, view), note=language.say("📨 Sent"))


@router.callback_query(ApplicationPress.filter(F.action == "ask_delete"), flags=anyone)
async def ask_delete(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
) -> None:
    """Ask before it is erased."""
    view = await show_own_application(caller, callback_data.id)
    await turn_to(query, delete_question(language, view))


@router.callback_query(ApplicationPress.filter(F.action == "delete"), flags=anyone)
async def delete(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    withdraw_application: WithdrawApplication,
    state: FSMContext,
) -> None:
    """Erase it."""
    ended = await withdraw_application(caller, callback_data.id)
    await state.clear()
    await turn_to(query, deleted_screen(language, ended.program, ended.number))


@router.callback_query(ApplicationPress.filter(F.action == "write"), flags=anyone)
async def ask_words(
    query: CallbackQuery,
    callback_data: ApplicationPress,
    caller: Caller,
    language: Language,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
) -> None:
    """Ask for words to the reviewer."""
    view = await show_own_application(caller, callback_data.id)
    await state.set_state(ApplicationForm.words)
    await state.set_data({"application_id": view.application.id})
    await turn_to(query, write_question(language, view))


@router.message(ApplicationForm.words, F.text, flags=anyone)
async def take_words(
    message: Message,
    caller: Caller,
    language: Language,
    talk_about_application: TalkAboutApplication,
    state: FSMContext,
) -> None:
    """Hand the words to the reviewer."""
    application_id = int((await state.get_data())["application_id"])
    source = f"{message.chat.id}:{message.message_id}"
    view = await talk_about_application.answer(caller, application_id, message.text or "", source)
    await state.clear()
    await answer(message, written_screen(language, view))
