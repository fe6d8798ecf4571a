"""The home of monthly statements on demand: choose a month, read it, take it as a file."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from domain.entities.people import Caller
from domain.errors import NotFound
from domain.period import Month
from domain.usecases.statements.show import ShowStatement
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.statements import file_caption, file_name, month_csv, months_screen
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import StatementCard
from handlers.ui.language import Language
from handlers.ui.screen import Event, acknowledge, send_file, show, turn_to
from handlers.ui.statement import statement_screen

router = Router(name="partner.statements")
anyone = allow(Allowed.ANYONE)


@router.message(Command("statements"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "statements"), flags=anyone)
@router.callback_query(StatementCard.filter(F.action == "list"), flags=anyone)
async def show_months(
    event: Event,
    caller: Caller,
    language: Language,
    show_statement: ShowStatement,
    callback_data: Open | StatementCard | None = None,
) -> None:
    """Show which months there are."""
    months = await show_statement.months(caller)
    last = Month.read(callback_data.month) if isinstance(callback_data, StatementCard) else None
    await show(event, months_screen(language, months, last))


@router.callback_query(StatementCard.filter(F.action == "show"), flags=anyone)
async def show_month(
    query: CallbackQuery,
    callback_data: StatementCard,
    caller: Caller,
    language: Language,
    show_statement: ShowStatement,
) -> None:
    """Show a month."""
    view = await show_statement(caller, _month(callback_data))
    title = view.program.text(language.code).title
    await turn_to(query, statement_screen(language, view.statement, title))


@router.callback_query(StatementCard.filter(F.action == "file"), flags=anyone)
async def send_month(
    query: CallbackQuery,
    callback_data: StatementCard,
    caller: Caller,
    language: Language,
    show_statement: ShowStatement,
    bot: Bot,
) -> None:
    """Send a month as a file."""
    file = await show_statement.file(caller, _month(callback_data))
    await acknowledge(query)
    content = await asyncio.to_thread(month_csv, language, file)
    await send_file(bot, caller.person.id, content, file_name(file), file_caption(language, file))


def _month(value: StatementCard) -> Month:
    month = Month.read(value.month)
    if month is None:
        raise NotFound(month=value.month)
    return month
