"""The home of a partner's statistics: at once in words, then as a picture."""

from contextlib import suppress

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, Message

from domain.entities.days import read_days
from domain.entities.people import Caller
from domain.ids import decode, encode
from domain.usecases.stats.compare_links import CompareLinks
from domain.usecases.stats.show import ShowStats, StatsView
from handlers.middlewares.access import Allowed, allow
from handlers.partner.callbacks import ShowFigures
from handlers.partner.screens.periods import period_screen
from handlers.partner.screens.stats import links_stats_screen, stats_screen
from handlers.partner.screens.stats_chart import stats_chart
from handlers.partner.states import PeriodForm
from handlers.ui.beside import Beside
from handlers.ui.callbacks import Open
from handlers.ui.charts import Charts
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.periods import PickPeriod, picked
from handlers.ui.screen import Screen, acknowledge, send, turn_to
from handlers.ui.today import Today

router = Router(name="partner.stats")
anyone = allow(Allowed.ANYONE)


@router.message(Command("stats"), flags=anyone)
async def type_stats(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    today: Today,
    show_stats: ShowStats,
    charts: Charts,
    beside: Beside,
    bot: Bot,
) -> None:
    """Show the figures of this month, or of the period that follows the command."""
    period = "month"
    if command.args:
        period = read_days(command.args, today()).key()
    view = await show_stats(caller, period)
    await begin(bot, message.chat.id, language, view, (charts, beside))


@router.callback_query(Open.filter(F.screen == "stats"), flags=anyone)
async def open_stats(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    show_stats: ShowStats,
    charts: Charts,
    beside: Beside,
    bot: Bot,
) -> None:
    """Show the figures of this month below what was pressed."""
    view = await show_stats(caller)
    await acknowledge(query)
    await begin(bot, caller.person.id, language, view, (charts, beside))


@router.callback_query(ShowFigures.filter(F.view == "links"), flags=anyone)
async def show_by_link(
    query: CallbackQuery,
    callback_data: ShowFigures,
    caller: Caller,
    language: Language,
    compare_links: CompareLinks,
) -> None:
    """Show what each link brought."""
    view = await compare_links(caller, callback_data.period)
    await turn_to(query, links_stats_screen(language, view))


@router.callback_query(ShowFigures.filter(), flags=anyone)
async def show_figures(
    query: CallbackQuery,
    callback_data: ShowFigures,
    caller: Caller,
    language: Language,
    show_stats: ShowStats,
    charts: Charts,
    beside: Beside,
    bot: Bot,
) -> None:
    """Show the figures of another period or link; the picture changes with them."""
    view = await show_stats(caller, callback_data.period, callback_data.code or None)
    await change(query, language, view, callback_data.chart, (bot, charts, beside))


@router.callback_query(PickPeriod.filter(F.to == "s"), flags=anyone)
async def pick_period(
    query: CallbackQuery,
    callback_data: PickPeriod,
    caller: Caller,
    language: Language,
    today: Today,
    show_stats: ShowStats,
    charts: Charts,
    beside: Beside,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Ask for another period, and take it from the calendar."""
    code, period = callback_data.about, picked(callback_data)
    if period is None:
        await state.set_state(PeriodForm.stats)
        await state.set_data({"code": code})

        def preset(name: str) -> ShowFigures:
            return ShowFigures(period=name, code=code)

        day = today()
        await turn_to(query, period_screen(language, callback_data, day, preset))
        return
    await state.clear()
    view = await show_stats(caller, period, code or None)
    await change(query, language, view, "", (bot, charts, beside))


@router.message(PeriodForm.stats, F.text, flags=anyone)
async def type_period(
    message: Message,
    caller: Caller,
    language: Language,
    today: Today,
    show_stats: ShowStats,
    charts: Charts,
    beside: Beside,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Take a typed period; one that is none is asked again."""
    code = str((await state.get_data()).get("code", ""))
    period = read_days(message.text or "", today()).key()
    view = await show_stats(caller, period, code or None)
    await state.clear()
    await begin(bot, message.chat.id, language, view, (charts, beside))


async def change(
    query: CallbackQuery,
    language: Language,
    view: StatsView,
    chart: str,
    drawing: tuple[Bot, Charts, Beside],
) -> None:
    """Turn the pressed message into the figures, and put their picture where the last one is."""
    bot, charts, beside = drawing
    message, person_id = query.message, query.from_user.id
    if not isinstance(message, Message) or message.text is None:
        await acknowledge(query)
        await begin(bot, person_id, language, view, (charts, beside))
        return
    await turn_to(query, stats_screen(language, view, chart))
    picture = _Picture(bot, charts, (person_id, message.message_id), chart)
    beside(picture.put(language, view), f"chart for {person_id}")


async def begin(
    bot: Bot, chat_id: int, language: Language, view: StatsView, drawing: tuple[Charts, Beside]
) -> None:
    """Send the figures in words, and the picture as soon as it is drawn."""
    charts, beside = drawing
    sent = await send(bot, chat_id, stats_screen(language, view))
    picture = _Picture(bot, charts, (chat_id, sent.message_id), "")
    beside(picture.put(language, view), f"chart for {chat_id}")


class _Picture:
    """The picture that belongs to a message with figures."""

    def __init__(self, bot: Bot, charts: Charts, place: tuple[int, int], chart: str) -> None:
        self._bot = bot
        self._charts = charts
        self._chat_id, self._message_id = place
        self._wish = charts.wish(*place)
        self._chart = decode(chart)

    def _is_wanted(self) -> bool:
        return self._charts.is_latest(self._chat_id, self._message_id, self._wish)

    async def put(self, language: Language, view: StatsView) -> None:
        """Put the picture in the place of the one before, or below the figures.

        Figures that have changed meanwhile get their own picture, and this one is dropped.
        """
        png = await self._charts.png(stats_chart(language, view))
        if png is None or not self._is_wanted():
            return
        if self._chart is not None and await self._replaced(png, self._chart):
            return
        photo = Screen(Html(""), photo=png)
        sent = await send(self._bot, self._chat_id, photo)
        if not self._is_wanted():
            return
        # The buttons under the figures learn where their picture is.
        screen = stats_screen(language, view, encode(sent.message_id))
        with suppress(TelegramBadRequest):
            await self._bot.edit_message_reply_markup(
                chat_id=self._chat_id, message_id=self._message_id, reply_markup=screen.inline()
            )

    async def _replaced(self, png: bytes, message_id: int) -> bool:
        """Test if the picture of the message could be changed; it may be gone."""
        media = InputMediaPhoto(media=BufferedInputFile(png, "picture.png"))
        try:
            await self._bot.edit_message_media(media, chat_id=self._chat_id, message_id=message_id)
        except TelegramBadRequest as refusal:
            return "not modified" in refusal.message
        return True
