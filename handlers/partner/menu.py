"""The home of the first screen, the menu, help, the choice of a language and leaving forms."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.programs.model import Program, Programs
from domain.usecases.people.choose_language import ChooseLanguage
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.menu import (
    help_screen,
    language_screen,
    menu_screen,
    welcome_screen,
)
from handlers.ui import callbacks
from handlers.ui.commands import show_commands
from handlers.ui.language import Language, Languages
from handlers.ui.screen import Screen, answer, turn_to

router = Router(name="partner.menu")
anyone = allow(Allowed.ANYONE)


def first_program(programs: Programs) -> Program:
    """Return the program that a newcomer is shown."""
    return next(iter(programs.values()))


def home_screen(language: Language, caller: Caller, programs: Programs) -> Screen:
    """Return the menu of a partner, or the welcome of a stranger."""
    if caller.membership is not None:
        return menu_screen(language, caller)
    return welcome_screen(language, caller, first_program(programs))


@router.message(CommandStart(), flags=anyone)
@router.message(Command("menu"), flags=anyone)
async def show_menu(
    message: Message, caller: Caller, language: Language, programs: Programs
) -> None:
    """Show where everything is."""
    await answer(message, home_screen(language, caller, programs))


@router.callback_query(callbacks.Open.filter(F.screen == "menu"), flags=anyone)
async def open_menu(
    query: CallbackQuery, caller: Caller, language: Language, programs: Programs, state: FSMContext
) -> None:
    """Turn a message into the menu; an open form is left."""
    await state.clear()
    await turn_to(query, home_screen(language, caller, programs))


@router.message(Command("help"), flags=anyone)
async def show_help(message: Message, caller: Caller, language: Language) -> None:
    """Show what can be done."""
    await answer(message, help_screen(language, caller))


@router.message(Command("language"), flags=anyone)
async def show_languages(message: Message, language: Language) -> None:
    """Show the choice of a language."""
    await answer(message, language_screen(language))


@router.callback_query(callbacks.Open.filter(F.screen == "help"), flags=anyone)
async def open_help(query: CallbackQuery, caller: Caller, language: Language) -> None:
    """Turn a message into the help."""
    await turn_to(query, help_screen(language, caller))


@router.callback_query(callbacks.Open.filter(F.screen == "language"), flags=anyone)
async def open_languages(query: CallbackQuery, language: Language) -> None:
    """Turn a message into the choice of a language."""
    await turn_to(query, language_screen(language))


@router.callback_query(callbacks.ChooseLanguage.filter(), flags=anyone)
async def choose_language(
    query: CallbackQuery,
    callback_data: callbacks.ChooseLanguage,
    caller: Caller,
    languages: Languages,
    programs: Programs,
    choose: ChooseLanguage,
    bot: Bot,
) -> None:
    """Keep the language and show the first screen in it."""
    changed = await choose(caller, callback_data.language)
    language = languages.of(changed.person.language)
    await turn_to(query, home_screen(language, changed, programs), note=language.say("✔️ Done"))
    await show_commands(bot, changed, language)


@router.message(Command("cancel"), flags=anyone)
async def cancel(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    state: FSMContext,
) -> None:
    """Leave a form."""
    was_open = await state.get_state() is not None
    await state.clear()
    note = language.say("Cancelled.") if was_open else language.say("There is nothing to cancel.")
    await answer(message, Screen(note, removes_keyboard=True))
    await answer(message, home_screen(language, caller, programs))
