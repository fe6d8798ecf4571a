"""The home of the audit trail in the admin chat: pages, filters, a file."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from domain.entities.audit import AuditFilter
from domain.entities.people import Caller
from domain.usecases.audit.read import ReadAudit
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.audit import audit_screen, table_of, wanted_by
from handlers.ui.callbacks import AuditPlace
from handlers.ui.language import Language
from handlers.ui.screen import acknowledge, answer, turn_to
from handlers.ui.tables import Cell, open_table

router = Router(name="staff.audit")
staff = allow(Allowed.STAFF)
Clock = Callable[[], datetime]


@router.message(Command("audit"), flags=staff)
async def show_audit(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    read_audit: ReadAudit,
) -> None:
    """Show the newest rows: of everything, or of what the word names."""
    word = (command.args or "").strip()
    wanted = await read_audit.about(caller, word) if word else AuditFilter()
    page = await read_audit(caller, wanted)
    await answer(message, audit_screen(language, page, is_first=True))


@router.callback_query(AuditPlace.filter(F.action == "page"), flags=staff)
async def turn_page(
    query: CallbackQuery,
    callback_data: AuditPlace,
    caller: Caller,
    language: Language,
    read_audit: ReadAudit,
) -> None:
    """Turn to another page or kind of action."""
    before = callback_data.before or None
    page = await read_audit(caller, wanted_by(callback_data), before)
    await turn_to(query, audit_screen(language, page, is_first=before is None))


@router.callback_query(AuditPlace.filter(F.action == "file"), flags=staff)
async def send_file(
    query: CallbackQuery,
    callback_data: AuditPlace,
    caller: Caller,
    language: Language,
    read_audit: ReadAudit,
    clock: Clock,
) -> None:
    """Send the rows as a file that a spreadsheet opens safely."""
    rows = await read_audit.export(caller, wanted_by(callback_data))
    await acknowledge(query)
    headings, cells = table_of(language, rows)
    content = await asyncio.to_thread(_csv, headings, cells, language)
    if isinstance(query.message, Message):
        name = f"audit-{clock().astimezone(language.zone):%Y-%m-%d}.csv"
        await query.message.answer_document(
            BufferedInputFile(content, name),
            caption=language.say_many("{count} row", "{count} rows", len(rows)),
        )


def _csv(headings: list[str], cells: list[tuple[Cell, ...]], language: Language) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.csv"
        table = open_table(path, headings, sheet="", zone=language.zone)
        table.add(cells)
        table.close()
        return path.read_bytes()
