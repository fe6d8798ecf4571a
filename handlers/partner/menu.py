"""The home of the first screen, the menu, help, the choice of a language and leaving forms."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.applying import ApplicationView
from domain.entities.people import Caller
from domain.programs.model import Program, Programs
from domain.usecases.applications.show import ShowOwnApplication
from domain.usecases.news.openings import KeepOpenings
from domain.usecases.people.choose_language import ChooseLanguage
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.application_start import application_button
from handlers.partner.screens.menu import (
    help_screen,
    language_screen,
    menu_screen,
    section_screen,
    welcome_screen,
)
from handlers.ui import callbacks
from handlers.ui.commands import refresh_commands, show_commands
from handlers.ui.language import Language, Languages
from handlers.ui.screen import Event, Screen, answer, show, turn_to
from handlers.ui.sections import OpenSection, Section

router = Router(name="partner.menu")
anyone = allow(Allowed.ANYONE)


def first_program(programs: Programs) -> Program:
    """Return the program that a newcomer is shown."""
    return next(iter(programs.values()))


def home_screen(
    language: Language,
    caller: Caller,
    programs: Programs,
    opened: Collection[str] = (),
    applications: Sequence[ApplicationView] = (),
) -> Screen:
    """Return the menu of a partner, or the welcome of a stranger, with what is under way."""
    if caller.membership is not None:
        screen = menu_screen(language, caller, programs, opened)
    else:
        screen = welcome_screen(language, caller, programs)
    rows = tuple((application_button(language, view),) for view in applications)
    return replace(screen, rows=(*rows, *screen.rows))


@router.message(CommandStart(), flags=anyone)
@router.message(Command("menu"), flags=anyone)
@router.callback_query(callbacks.Open.filter(F.screen == "menu"), flags=anyone)
async def show_menu(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    keep_openings: KeepOpenings,
    show_own_application: ShowOwnApplication,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Show where everything is; an open form is left."""
    await state.clear()
    opened = await keep_openings.opened(caller)
    views = await show_own_application.open(caller)
    await show(event, home_screen(language, caller, programs, opened, views))
    await refresh_commands(bot, caller, language, programs)


@router.callback_query(OpenSection.filter(F.section.in_(list(Section))), flags=anyone)
async def show_section(
    query: CallbackQuery,
    callback_data: OpenSection,
    caller: Caller,
    language: Language,
    programs: Programs,
    keep_openings: KeepOpenings,
) -> None:
    """Show what a section of the menu has."""
    section = Section(callback_data.section)
    opened = await keep_openings.opened(caller)
    await turn_to(query, section_screen(language, caller, programs, section, opened))


@router.message(Command("help"), flags=anyone)
@router.callback_query(callbacks.Open.filter(F.screen == "help"), flags=anyone)
async def show_help(event: Event, caller: Caller, language: Language) -> None:
    """Show what can be done."""
    await show(event, help_screen(language, caller))


@router.message(Command("language"), flags=anyone)
@router.callback_query(callbacks.Open.filter(F.screen == "language"), flags=anyone)
async def show_languages(event: Event, language: Language) -> None:
    """Show the choice of a language."""
    await show(event, language_screen(language))


@router.callback_query(callbacks.ChooseLanguage.filter(), flags=anyone)
async def choose_language(
    query: CallbackQuery,
    callback_data: callbacks.ChooseLanguage,
    caller: Caller,
    languages: Languages,
    programs: Programs,
    choose: ChooseLanguage,
    keep_openings: KeepOpenings,
    bot: Bot,
) -> None:
    """Keep the language and show the first screen in it."""
    changed = await choose(caller, callback_data.language)
    language = languages.of(changed.person.language, changed.person.zone)
    home = home_screen(language, changed, programs, await keep_openings.opened(changed))
    await turn_to(query, home, note=language.say("✔️ Done"))
    await show_commands(bot, changed, language, programs)


@router.message(Command("cancel"), flags=anyone)
async def cancel(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    keep_openings: KeepOpenings,
    state: FSMContext,
) -> None:
    """Leave a form."""
    was_open = await state.get_state() is not None
    await state.clear()
    note = language.say("Cancelled.") if was_open else language.say("There is nothing to cancel.")
    await answer(message, Screen(note, removes_keyboard=True))
    opened = await keep_openings.opened(caller)
    await answer(message, home_screen(language, caller, programs, opened))
