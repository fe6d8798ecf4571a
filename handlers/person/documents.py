"""The home of the papers that are needed to join, open to anybody before anything else (R31)."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from domain.programs.model import JoiningMode, Program, Programs
from handlers.middlewares.access import Allowed, allow
from handlers.person.screens.documents import choose_screen, documents_screen
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_applications import ShowDocuments
from handlers.ui.language import Language
from handlers.ui.links import Links
from handlers.ui.screen import Event, show, turn_to

router = Router(name="person.documents")
anyone = allow(Allowed.ANYONE)


def by_application(programs: Programs) -> list[Program]:
    """Return the programs that ask for papers."""
    return [one for one in programs.values() if one.joining is JoiningMode.APPLICATION]


@router.message(Command("documents"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "documents"), flags=anyone)
async def show_documents(
    event: Event, language: Language, programs: Programs, links: Links
) -> None:
    """Show the papers of the only program that asks for some, else the choice of one."""
    asking = by_application(programs)
    if len(asking) == 1:
        await show(event, documents_screen(language, asking[0], links.public_url))
        return
    await show(event, choose_screen(language, asking))


@router.callback_query(ShowDocuments.filter(), flags=anyone)
async def show_of_program(
    query: CallbackQuery,
    callback_data: ShowDocuments,
    language: Language,
    programs: Programs,
    links: Links,
) -> None:
    """Show the papers of one program."""
    program = programs.get(callback_data.program)
    if program is None:
        await turn_to(query, choose_screen(language, by_application(programs)))
        return
    await turn_to(query, documents_screen(language, program, links.public_url))
