"""The home of programs: all that are offered, one's own, and switching between them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware, Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, TelegramObject

from domain.entities.people import Caller
from domain.programs.model import Programs
from domain.usecases.people.enrolments import ChooseEnrolment, ListOwnEnrolments
from handlers.middlewares.access import Allowed, allow
from handlers.partner.menu import home_screen
from handlers.partner.screens.joining import rules_screen
from handlers.partner.screens.programs import (
    current_enrolment,
    heading,
    own_programs_screen,
    programs_screen,
)
from handlers.ui import callbacks
from handlers.ui.commands import show_commands
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.screen import HEADING, Event, show, turn_to

router = Router(name="partner.programs")
anyone = allow(Allowed.ANYONE)


class NameEnrolment(BaseMiddleware):
    """Puts the name of the enrolment above screens about it, where a person has several."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Name it for as long as the handler runs; one enrolment needs no name."""
        membership = data["caller"].membership
        if membership is None or membership.enrolments <= 1:
            return await handler(event, data)
        own = await data["use_cases"]["list_own_enrolments"](data["caller"])
        token = HEADING.set(heading(data["language"], own, membership, data["programs"]))
        try:
            return await handler(event, data)
        finally:
            HEADING.reset(token)


@router.callback_query(callbacks.Open.filter(F.screen == "offers"), flags=anyone)
async def show_offers(query: CallbackQuery, language: Language, programs: Programs) -> None:
    """Show every program."""
    await turn_to(query, programs_screen(language, programs))


@router.callback_query(callbacks.ShowProgram.filter(), flags=anyone)
async def show_offer(
    query: CallbackQuery,
    callback_data: callbacks.ShowProgram,
    caller: Caller,
    language: Language,
    programs: Programs,
    list_own_enrolments: ListOwnEnrolments,
) -> None:
    """Show the rules of one program; who takes part sees them without Activate."""
    program = programs.get(callback_data.program)
    if program is None:
        await turn_to(query, programs_screen(language, programs))
        return
    own = await list_own_enrolments(caller)
    is_partner = any(one.program == program.key and not one.has_left for one in own)
    await turn_to(query, rules_screen(language, program, is_partner=is_partner))


@router.callback_query(callbacks.Open.filter(F.screen == "rules"), flags=anyone)
async def show_rules_here(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    programs: Programs,
    list_own_enrolments: ListOwnEnrolments,
) -> None:
    """Show the rules of the program that one works in; who is in none sees all programs."""
    here = current_enrolment(await list_own_enrolments(caller), caller.membership)
    program = programs.get(here.program) if here else None
    if here is None or program is None:
        await turn_to(query, programs_screen(language, programs))
        return
    await turn_to(query, rules_screen(language, program, is_partner=not here.has_left))


@router.message(Command("programs"), flags=anyone)
@router.callback_query(callbacks.Open.filter(F.screen == "programs"), flags=anyone)
async def show_own(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    list_own_enrolments: ListOwnEnrolments,
) -> None:
    """Show the programs that the person takes part in; who is in none sees all."""
    own = await list_own_enrolments(caller)
    if not own:
        await show(event, programs_screen(language, programs))
        return
    await show(event, own_programs_screen(language, own, caller.membership, programs))


@router.callback_query(callbacks.ChooseEnrolment.filter(), flags=anyone)
async def choose(
    query: CallbackQuery,
    callback_data: callbacks.ChooseEnrolment,
    caller: Caller,
    language: Language,
    programs: Programs,
    choose_enrolment: ChooseEnrolment,
    list_own_enrolments: ListOwnEnrolments,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Work in another program; an open form belonged to the one before and is left."""
    changed, chosen = await choose_enrolment(caller, callback_data.enrolment_id)
    await state.clear()
    own = await list_own_enrolments(changed)
    where = heading(language, own, changed.membership, programs)
    home = home_screen(language, changed, programs)
    title = programs[chosen.program].text(language.code).title
    await turn_to(
        query,
        replace(home, text=lines(where, home.text)),
        note=language.say("▶️ {title}", title=title),
    )
    await show_commands(bot, changed, language, programs)
