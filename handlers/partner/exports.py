"""The home of a partner taking its tables out as files."""

import logging
import tempfile
import time
import zipfile
from asyncio import CancelledError, to_thread
from contextlib import suppress
from pathlib import Path

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, FSInputFile, Message

from domain.entities.days import Days, read_days
from domain.entities.exports import ExportPage
from domain.entities.people import Caller
from domain.entities.views import Cursor
from domain.errors import DomainError
from domain.programs.model import Programs
from domain.usecases.exports.read import ReadOwnExport
from handlers.middlewares.access import Allowed, allow
from handlers.partner.callbacks import Export
from handlers.partner.screens.exports import (
    LETTERS,
    broken_screen,
    busy_note,
    empty_screen,
    export_screen,
    file_name,
    kind_of,
    ready_screen,
    too_big_screen,
    working_screen,
)
from handlers.partner.screens.periods import period_screen
from handlers.partner.states import PeriodForm
from handlers.ui.beside import Beside
from handlers.ui.callbacks import Open
from handlers.ui.exports import ExportFormat, write_export
from handlers.ui.language import Language
from handlers.ui.periods import PickPeriod, picked
from handlers.ui.refusals import refusal_screen
from handlers.ui.screen import Event, Screen, acknowledge, answer, send, show, turn_to
from handlers.ui.tables import FORMATS
from handlers.ui.today import Today

log = logging.getLogger(__name__)
router = Router(name="partner.exports")
anyone = allow(Allowed.ANYONE)

FILE_BYTES_MAX = 49_000_000
"""A bot may send 50 MB."""
TELL_EVERY_SECONDS = 2.0


class Exporting:
    """Makes one file in the background and keeps the message about it up to date."""

    def __init__(
        self, bot: Bot, language: Language, chosen: Export, place: tuple[int, int]
    ) -> None:
        """Tell in the message at this place, a chat and a message."""
        self._bot = bot
        self._language = language
        self._chosen = chosen
        self._chat_id, self._message_id = place
        self._days: Days | None = None
        self._told_at = time.monotonic()

    async def run(self, caller: Caller, read: ReadOwnExport, programs: Programs) -> None:
        """Write the file and send it; whatever stops it is told in the message."""
        try:
            with tempfile.TemporaryDirectory(prefix="export-") as folder:
                await self._make(Path(folder), caller, read, programs)
        except DomainError as refusal:
            await self._tell(refusal_screen(self._language, refusal))
        except (TelegramAPIError, OSError, CancelledError):
            await self._tell(broken_screen(self._language, self._chosen))
            raise

    async def _make(
        self, folder: Path, caller: Caller, read: ReadOwnExport, programs: Programs
    ) -> None:
        kind, form = kind_of(self._chosen.kind), self._chosen.form
        path = folder / f"table.{form}"

        async def page(before: Cursor | None) -> ExportPage:
            return await read(caller, kind, self._chosen.period, before)

        how = ExportFormat(language=self._language, programs=programs)
        rows = await write_export(path, kind, how, page, self._progress)
        if not rows:
            await self._tell(empty_screen(self._language, self._chosen))
            return
        name = file_name(self._language, kind, self._days, form)
        path, name = await to_thread(_fitting, path, name)
        if path.stat().st_size > FILE_BYTES_MAX:
            await self._tell(too_big_screen(self._language, self._chosen))
            return
        await self._bot.send_document(self._chat_id, FSInputFile(path, filename=name))
        await self._tell(ready_screen(self._language, rows, self._chosen))

    async def _progress(self, rows: int, page: ExportPage) -> None:
        """Tell how far it is, every two seconds at most."""
        self._days = page.days
        now = time.monotonic()
        if page.following is None or now - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = now
        await self._tell(working_screen(self._language, rows, self._share(page)))

    def _share(self, page: ExportPage) -> float | None:
        """Return how much of the period is behind; rows come newest first."""
        if page.days is None or page.reached is None:
            return None
        begin, end = page.days.instants(self._language.zone)
        return (end - page.reached) / (end - begin)

    async def _tell(self, screen: Screen) -> None:
        with suppress(TelegramBadRequest):
            await self._bot.edit_message_text(
                screen.text,
                chat_id=self._chat_id,
                message_id=self._message_id,
                reply_markup=screen.inline(),
            )


def _fitting(path: Path, name: str) -> tuple[Path, str]:
    """Return the file, packed where it is too big to be sent as it is."""
    if path.stat().st_size <= FILE_BYTES_MAX or path.suffix != ".csv":
        return path, name
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, name)
    return packed, f"{name}.zip"


def _chosen_by(words: str, today: Today) -> Export:
    """Read what stands behind the command: a table, a kind of file, a period, in any order.

    Raises:
        BadPeriod: what is neither a table nor a kind of file is no period.
    """
    chosen, rest = Export(), []
    for word in words.split():
        if word.lower() in {kind.value for kind in LETTERS.values()}:
            chosen = chosen.model_copy(update={"kind": word.lower()})
        elif word.lower() in FORMATS:
            chosen = chosen.model_copy(update={"form": word.lower()})
        else:
            rest.append(word)
    if rest:
        period = read_days(" ".join(rest), today()).key()
        chosen = chosen.model_copy(update={"period": period})
    return chosen


@router.message(Command("export"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "export"), flags=anyone)
async def show_export(
    event: Event,
    caller: Caller,
    language: Language,
    today: Today,
    read_own_export: ReadOwnExport,
    command: CommandObject | None = None,
) -> None:
    """Show what can be taken out; what follows the command is chosen already."""
    await read_own_export.check(caller)
    words = (command.args or "") if command is not None else ""
    await show(event, export_screen(language, _chosen_by(words, today)))


@router.callback_query(Export.filter(F.go == "1"), flags=anyone)
async def make_file(
    query: CallbackQuery,
    callback_data: Export,
    caller: Caller,
    language: Language,
    programs: Programs,
    read_own_export: ReadOwnExport,
    beside: Beside,
    exporting: set[int],
    bot: Bot,
) -> None:
    """Make the file beside; the message tells how far it is."""
    await read_own_export.check(caller)
    person_id = caller.person.id
    if person_id in exporting:
        await acknowledge(query, busy_note(language), alert=True)
        return
    await acknowledge(query)
    message = query.message
    screen = working_screen(language, 0, None)
    if isinstance(message, Message) and message.text is not None:
        await turn_to(query, screen)
        place = (message.chat.id, message.message_id)
    else:
        place = (person_id, (await send(bot, person_id, screen)).message_id)
    chosen = callback_data.model_copy(update={"go": ""})
    if chosen.form not in FORMATS:
        chosen = chosen.model_copy(update={"form": FORMATS[0]})

    async def run() -> None:
        exporting.add(person_id)
        try:
            making = Exporting(bot, language, chosen, place)
            await making.run(caller, read_own_export, programs)
        finally:
            exporting.discard(person_id)

    beside(run(), f"export for {person_id}")


@router.callback_query(Export.filter(), flags=anyone)
async def choose(
    query: CallbackQuery,
    callback_data: Export,
    caller: Caller,
    language: Language,
    read_own_export: ReadOwnExport,
) -> None:
    """Mark another choice."""
    await read_own_export.check(caller)
    await turn_to(query, export_screen(language, callback_data))


def _about(text: str, period: str) -> Export:
    """Return the choice that a calendar's button carries."""
    kind = LETTERS.get(text[:1])
    form = text[1:] if text[1:] in FORMATS else FORMATS[0]
    return Export(kind=kind.value if kind else Export().kind, period=period, form=form)


@router.callback_query(PickPeriod.filter(F.to == "x"), flags=anyone)
async def pick_period(
    query: CallbackQuery,
    callback_data: PickPeriod,
    language: Language,
    today: Today,
    state: FSMContext,
) -> None:
    """Ask for another period, and take it from the calendar."""
    period = picked(callback_data)
    if period is not None:
        await state.clear()
        await turn_to(query, export_screen(language, _about(callback_data.about, period)))
        return
    await state.set_state(PeriodForm.export)
    await state.set_data({"about": callback_data.about})

    def preset(name: str) -> Export:
        return _about(callback_data.about, name)

    day = today()
    await turn_to(query, period_screen(language, callback_data, day, preset))


@router.message(PeriodForm.export, F.text, flags=anyone)
async def type_period(
    message: Message, language: Language, today: Today, state: FSMContext
) -> None:
    """Take a typed period; one that is none is asked again."""
    data = await state.get_data()
    period = read_days(message.text or "", today()).key()
    await state.clear()
    await answer(message, export_screen(language, _about(str(data.get("about", "")), period)))
