"""The home of the menu and the help of the admin chat."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.books.audit import AuditBooks
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.menu import staff_menu
from handlers.staff.screens.views import books_screen
from handlers.ui.callbacks import StaffOpen
from handlers.ui.language import Language
from handlers.ui.screen import Event, show

router = Router(name="staff.menu")
staff = allow(Allowed.STAFF)


@router.message(Command("help", "start", "menu"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "menu"), flags=staff)
async def show_menu(event: Event, caller: Caller, language: Language) -> None:
    """Show what this member of staff can do, by buttons and commands."""
    await show(event, staff_menu(language, caller.staff_role))


@router.message(Command("books"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "books"), flags=staff)
async def audit(
    event: Message | CallbackQuery, caller: Caller, language: Language, audit_books: AuditBooks
) -> None:
    """Audit every balance by the second path."""
    findings = await audit_books(caller)
    rows = [(f.check, f.subject, f.expected, f.found) for f in findings]
    await show(event, books_screen(language, rows))
