"""The home of a program's report in the admin chat: in words at once, then as a picture."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.report import ProgramReport
from domain.programs.model import Programs
from domain.usecases.reports.show import ShowReport
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.report import period_question, report_screen
from handlers.staff.screens.report_chart import report_chart
from handlers.staff.states import ReportForm
from handlers.ui.beside import Beside
from handlers.ui.callbacks import ReportPlace
from handlers.ui.charts import Charts
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.replies import is_answer
from handlers.ui.screen import Screen, answer, send, turn_to

router = Router(name="staff.report")
staff = allow(Allowed.STAFF)


@router.message(Command("report"), flags=staff)
async def show_report(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_report: ShowReport,
    charts: Charts,
    beside: Beside,
    bot: Bot,
) -> None:
    """Show the report of this month, or of the program and period behind the command."""
    first, _, rest = (command.args or "").strip().partition(" ")
    program, typed = (first, rest.strip()) if first in programs else (None, command.args or "")
    period = show_report.read_period(typed) if typed.strip() else "month"
    report = await show_report(caller, period, program)
    await answer(message, report_screen(language, report, programs))
    picture = _send_picture(bot, message, language, report, programs, charts)
    beside(picture, f"chart of the report {report.program}")


async def _send_picture(
    bot: Bot,
    message: Message,
    language: Language,
    report: ProgramReport,
    programs: Programs,
    charts: Charts,
) -> None:
    """Send the picture below the figures, as soon as it is drawn."""
    png = await charts.png(report_chart(language, report, programs.get(report.program)))
    if png is not None:
        thread_id = message.message_thread_id if message.is_topic_message else None
        await send(bot, message.chat.id, Screen(Html(""), photo=png), thread_id=thread_id)


@router.callback_query(ReportPlace.filter(F.action == "show"), flags=staff)
async def turn_report(
    query: CallbackQuery,
    callback_data: ReportPlace,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_report: ShowReport,
    charts: Charts,
    beside: Beside,
    bot: Bot,
) -> None:
    """Show another period or program in the place of the figures, with a picture of it."""
    report = await show_report(caller, callback_data.period, callback_data.program or None)
    await turn_to(query, report_screen(language, report, programs))
    if isinstance(query.message, Message):
        picture = _send_picture(bot, query.message, language, report, programs, charts)
        beside(picture, f"chart of the report {report.program}")


@router.callback_query(ReportPlace.filter(F.action == "ask"), flags=staff)
async def ask_period(
    query: CallbackQuery, callback_data: ReportPlace, language: Language, state: FSMContext
) -> None:
    """Ask for a typed period."""
    question = period_question(language)
    await ask(query, state, ReportForm.period, question, program=callback_data.program)


@router.message(ReportForm.period, F.text, is_answer, flags=staff)
async def take_period(
    message: Message,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_report: ShowReport,
    charts: Charts,
    beside: Beside,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Show the report of a typed period; what is none is asked again."""
    form = await state.get_data()
    period = show_report.read_period(message.text or "")
    report = await show_report(caller, period, str(form.get("program") or "") or None)
    await state.clear()
    await answer(message, report_screen(language, report, programs))
    picture = _send_picture(bot, message, language, report, programs, charts)
    beside(picture, f"chart of the report {report.program}")
