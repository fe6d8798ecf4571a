"""The home of privacy: everything stored about a person, taken out, erased by leaving."""

from collections.abc import Callable
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from domain.entities.people import Caller
from domain.usecases.clients.show_own import ShowOwnData
from domain.usecases.papers.erase_own import EraseOwnPapers
from domain.usecases.privacy.export import ExportOwnData
from domain.usecases.privacy.leave import LeavePartner
from handlers.middlewares.access import Allowed, allow
from handlers.person.screens.export import as_html, as_json
from handlers.person.screens.privacy import (
    export_caption,
    give_up_question,
    leave_question,
    left_partner_screen,
    papers_erased_screen,
    papers_question,
    privacy_screen,
)
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import GiveUpPress, PrivacyCard
from handlers.ui.commands import forget_commands
from handlers.ui.html import short
from handlers.ui.language import Language
from handlers.ui.screen import Event, acknowledge, send_file, show, turn_to

Clock = Callable[[], datetime]
NAME_LENGTH = 60
router = Router(name="person.privacy")
anyone = allow(Allowed.ANYONE)


@router.message(Command("privacy"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "privacy"), flags=anyone)
async def show_privacy(
    event: Event,
    caller: Caller,
    language: Language,
    show_own_data: ShowOwnData,
    state: FSMContext,
) -> None:
    """Show anybody what is stored about it; a question for typed input is left."""
    await state.clear()
    await show(event, privacy_screen(language, await show_own_data(caller)))


@router.callback_query(PrivacyCard.filter(F.action == "export"), flags=anyone)
async def export(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    export_own_data: ExportOwnData,
    clock: Clock,
    bot: Bot,
) -> None:
    """Send a person everything that is stored about it."""
    await acknowledge(query)
    kept, now = await export_own_data(caller), clock()
    page = as_html(language, kept, now)
    await send_file(bot, caller.person.id, page, "my-data.html", export_caption(language))
    await send_file(bot, caller.person.id, as_json(kept, now), "my-data.json")


@router.callback_query(PrivacyCard.filter(F.action == "ask_papers"), flags=anyone)
async def ask_papers(query: CallbackQuery, language: Language) -> None:
    """Ask before a person's papers are erased."""
    await turn_to(query, papers_question(language))


@router.callback_query(PrivacyCard.filter(F.action == "erase_papers"), flags=anyone)
async def erase_papers(
    query: CallbackQuery, caller: Caller, language: Language, erase_own_papers: EraseOwnPapers
) -> None:
    """Erase the papers that led to no partner."""
    count = await erase_own_papers(caller)
    await turn_to(query, papers_erased_screen(language, count))


@router.callback_query(PrivacyCard.filter(F.action == "ask_leave"), flags=anyone)
async def ask_leave(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    leave_partner: LeavePartner,
    show_own_data: ShowOwnData,
) -> None:
    """Ask before a member leaves; who may not leave now is told why."""
    await leave_partner.check(caller)
    data = await show_own_data(caller)
    await turn_to(query, leave_question(language, short(data.partner_name or "", NAME_LENGTH)))


@router.callback_query(PrivacyCard.filter(F.action == "leave"), flags=anyone)
async def leave(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    leave_partner: LeavePartner,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Let a member leave."""
    await state.clear()
    await leave_partner(caller)
    await turn_to(query, left_partner_screen(language))
    await forget_commands(bot, caller.person.id)


@router.callback_query(PrivacyCard.filter(F.action == "ask_give_up"), flags=anyone)
async def ask_give_up(
    query: CallbackQuery, caller: Caller, language: Language, leave_partner: LeavePartner
) -> None:
    """Ask before the last admin gives up money that it cannot have."""
    left = await leave_partner.money(caller)
    await turn_to(query, give_up_question(language, left))


@router.callback_query(GiveUpPress.filter(), flags=anyone)
async def give_up(
    query: CallbackQuery,
    callback_data: GiveUpPress,
    caller: Caller,
    language: Language,
    leave_partner: LeavePartner,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Give up what was shown, and leave; other sums by now are shown anew."""
    await state.clear()
    await leave_partner(caller, give_up=callback_data.mark)
    await turn_to(query, left_partner_screen(language))
    await forget_commands(bot, caller.person.id)
