"""The home of whom a partner brought and what they paid: two lists, search, one referral."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.days import read_days
from domain.entities.filters import NO_CHOICE, Choice
from domain.entities.people import Caller
from domain.entities.views import Cursor
from domain.errors import NotFound
from domain.ids import decode
from domain.usecases.payments.list_page import ListPayments
from domain.usecases.referrals.list_page import ListReferrals
from domain.usecases.referrals.show_card import ShowReferral
from handlers.middlewares.access import Allowed, allow
from handlers.partner.callbacks import ListTool, OpenList, OpenReferral
from handlers.partner.screens.periods import period_screen
from handlers.partner.screens.referral_card import referral_screen
from handlers.partner.screens.referrals import (
    Shelf,
    payments_screen,
    referrals_screen,
    search_question,
)
from handlers.partner.states import PeriodForm, SearchForm
from handlers.ui.callbacks import Open
from handlers.ui.language import Language
from handlers.ui.periods import PickPeriod, picked
from handlers.ui.screen import Event, Screen, answer, show, turn_to
from handlers.ui.today import Clock, Today

router = Router(name="partner.referrals")
anyone = allow(Allowed.ANYONE)


class Lists:
    """The two lists for one reader."""

    def __init__(
        self,
        caller: Caller,
        language: Language,
        clock: Clock,
        lists: tuple[ListReferrals, ListPayments],
    ) -> None:
        """Read for this reader."""
        self._caller = caller
        self._language = language
        self._clock = clock
        self._referrals, self._payments = lists

    async def screen(self, tab: str, choice: Choice, before: Cursor | None = None) -> Screen:
        """Return a page of the list so narrowed down."""
        shelf = Shelf(
            choice=choice, is_first=before is None, is_admin=self._caller.is_partner_admin
        )
        if tab == "p":
            payments = await self._payments(self._caller, before, choice)
            return payments_screen(self._language, payments, shelf)
        referrals = await self._referrals(self._caller, before, choice)
        return referrals_screen(self._language, referrals, shelf, self._clock())


@router.message(Command("referrals"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "referrals"), flags=anyone)
async def show_referrals(
    event: Event,
    caller: Caller,
    language: Language,
    clock: Clock,
    list_referrals: ListReferrals,
    list_payments: ListPayments,
) -> None:
    """Show whom the partner brought, the newest first."""
    lists = Lists(caller, language, clock, (list_referrals, list_payments))
    await show(event, await lists.screen("r", NO_CHOICE))


@router.message(Command("payments"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "payments"), flags=anyone)
async def show_payments(
    event: Event,
    caller: Caller,
    language: Language,
    clock: Clock,
    list_referrals: ListReferrals,
    list_payments: ListPayments,
) -> None:
    """Show what clients paid, the newest first."""
    lists = Lists(caller, language, clock, (list_referrals, list_payments))
    await show(event, await lists.screen("p", NO_CHOICE))


@router.callback_query(OpenList.filter(), flags=anyone)
async def turn_page(
    query: CallbackQuery,
    callback_data: OpenList,
    caller: Caller,
    language: Language,
    clock: Clock,
    list_referrals: ListReferrals,
    list_payments: ListPayments,
    state: FSMContext,
) -> None:
    """Show another page, tab, period or standing; a search that was left shows everything."""
    search = ""
    if callback_data.found:
        search = str((await state.get_data()).get("search", ""))
    elif await state.get_state() in (SearchForm.text.state, PeriodForm.list.state):
        await state.clear()
    before = callback_data.before() if search or not callback_data.found else None
    lists = Lists(caller, language, clock, (list_referrals, list_payments))
    choice = callback_data.choice(search)
    await turn_to(query, await lists.screen(callback_data.tab, choice, before))


@router.callback_query(ListTool.filter(F.action == "search"), flags=anyone)
async def ask_search(
    query: CallbackQuery,
    callback_data: ListTool,
    language: Language,
    state: FSMContext,
) -> None:
    """Ask what to search for."""
    await state.set_state(SearchForm.text)
    await state.set_data(
        {
            "tab": callback_data.tab,
            "period": callback_data.period,
            "standing": callback_data.standing,
        }
    )
    await turn_to(query, search_question(language, callback_data.tab))


@router.message(SearchForm.text, F.text, flags=anyone)
async def search(
    message: Message,
    caller: Caller,
    language: Language,
    clock: Clock,
    list_referrals: ListReferrals,
    list_payments: ListPayments,
    state: FSMContext,
) -> None:
    """Show what was found; the next message searches again."""
    data = await state.get_data()
    text = " ".join((message.text or "").split())[:100]
    await state.update_data(search=text)
    opened = OpenList(
        tab=str(data.get("tab", "r")),
        period=str(data.get("period", "all")),
        standing=str(data.get("standing", "")),
        found="1",
    )
    lists = Lists(caller, language, clock, (list_referrals, list_payments))
    await answer(message, await lists.screen(opened.tab, opened.choice(text)))


@router.callback_query(ListTool.filter(F.action == "period"), flags=anyone)
async def ask_period(
    query: CallbackQuery,
    callback_data: ListTool,
    language: Language,
    today: Today,
    state: FSMContext,
) -> None:
    """Ask for a period of the list."""
    await state.set_state(PeriodForm.list)
    await state.set_data({"tab": callback_data.tab, "standing": callback_data.standing})
    pick = PickPeriod(to=callback_data.tab, about=callback_data.standing)

    def preset(period: str) -> OpenList:
        return OpenList(tab=callback_data.tab, period=period, standing=callback_data.standing)

    await turn_to(query, period_screen(language, pick, today(), preset))


@router.callback_query(PickPeriod.filter(F.to.in_({"r", "p"})), flags=anyone)
async def pick_period(
    query: CallbackQuery,
    callback_data: PickPeriod,
    caller: Caller,
    language: Language,
    clock: Clock,
    today: Today,
    list_referrals: ListReferrals,
    list_payments: ListPayments,
    state: FSMContext,
) -> None:
    """Take a day of the calendar; with the second one the list is shown."""
    tab, standing, period = callback_data.to, callback_data.about, picked(callback_data)

    def preset(name: str) -> OpenList:
        return OpenList(tab=tab, period=name, standing=standing)

    if period is None:
        day = today()
        await turn_to(query, period_screen(language, callback_data, day, preset))
        return
    await state.clear()
    lists = Lists(caller, language, clock, (list_referrals, list_payments))
    await turn_to(query, await lists.screen(tab, preset(period).choice("")))


@router.message(PeriodForm.list, F.text, flags=anyone)
async def type_period(
    message: Message,
    caller: Caller,
    language: Language,
    clock: Clock,
    today: Today,
    list_referrals: ListReferrals,
    list_payments: ListPayments,
    state: FSMContext,
) -> None:
    """Take a typed period; one that is none is asked again."""
    data = await state.get_data()
    period = read_days(message.text or "", today()).key()
    await state.clear()
    tab = str(data.get("tab", "r"))
    opened = OpenList(tab=tab, period=period, standing=str(data.get("standing", "")))
    lists = Lists(caller, language, clock, (list_referrals, list_payments))
    await answer(message, await lists.screen(tab, opened.choice("")))


@router.callback_query(OpenReferral.filter(), flags=anyone)
async def show_referral(
    query: CallbackQuery,
    callback_data: OpenReferral,
    caller: Caller,
    language: Language,
    clock: Clock,
    show_referral: ShowReferral,
) -> None:
    """Show one referral."""
    referral_id = decode(callback_data.id)
    if referral_id is None:
        raise NotFound(referral=callback_data.id)
    view = await show_referral(caller, referral_id, callback_data.before())
    await turn_to(query, referral_screen(language, view, callback_data, clock()))
