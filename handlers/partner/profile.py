"""The home of a partner's profile: its name, its account, and leaving a program."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.access import NotAPartner
from domain.entities.people import Caller
from domain.errors import NotAllowed
from domain.programs.model import Programs
from domain.usecases.joining.leave import LeaveProgram
from domain.usecases.profile.rename import RenamePartner
from domain.usecases.profile.show import ShowProfile
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.joining import account_question
from handlers.partner.screens.profile import (
    account_warning,
    leave_question,
    left_screen,
    name_kept,
    name_question,
    profile_screen,
)
from handlers.partner.states import AccountForm, ProfileForm
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_questions import ProfilePress
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

router = Router(name="partner.profile")
anyone = allow(Allowed.ANYONE)


@router.message(Command("profile"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "profile"), flags=anyone)
@router.callback_query(ProfilePress.filter(F.action == "show"), flags=anyone)
async def show_own(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    show_profile: ShowProfile,
    state: FSMContext,
) -> None:
    """Show the profile; an open question is left."""
    profile = await show_profile(caller)
    await state.clear()
    await show(event, profile_screen(language, profile, programs))


@router.callback_query(ProfilePress.filter(F.action == "rename"), flags=anyone)
async def ask_name(
    query: CallbackQuery, caller: Caller, language: Language, state: FSMContext
) -> None:
    """Ask for another name."""
    if caller.membership is None:
        raise NotAPartner
    if not caller.is_partner_admin:
        raise NotAllowed(right="partner.admin")
    await state.set_state(ProfileForm.name)
    await state.set_data({})
    await turn_to(query, name_question(language))


@router.message(ProfileForm.name, F.text, flags=anyone)
async def keep_name(
    message: Message,
    caller: Caller,
    language: Language,
    rename_partner: RenamePartner,
    state: FSMContext,
) -> None:
    """Keep the name; what cannot be one is asked again."""
    kept = await rename_partner(caller, message.text or "")
    await state.clear()
    await answer(message, name_kept(language, kept))


@router.callback_query(ProfilePress.filter(F.action == "account"), flags=anyone)
async def ask_account(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    show_profile: ShowProfile,
    state: FSMContext,
) -> None:
    """Tell what a change means; a first account is asked for at once."""
    profile = await show_profile(caller)
    account_id = profile.partner.vendor_account_id
    if account_id is not None:
        await turn_to(query, account_warning(language, account_id))
        return
    await state.set_state(AccountForm.account)
    await turn_to(query, account_question(language, is_new=False))


@router.message(Command("leave"), flags=anyone)
@router.callback_query(ProfilePress.filter(F.action == "leave"), flags=anyone)
async def ask_leave(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    leave_program: LeaveProgram,
) -> None:
    """Tell what leaving means, and ask."""
    await show(event, leave_question(language, await leave_program.show(caller), programs))


@router.callback_query(ProfilePress.filter(F.action == "left"), flags=anyone)
async def leave(
    query: CallbackQuery,
    callback_data: ProfilePress,
    caller: Caller,
    language: Language,
    programs: Programs,
    leave_program: LeaveProgram,
    state: FSMContext,
) -> None:
    """Leave the program."""
    ended = await leave_program(caller, callback_data.program)
    await state.clear()
    version = programs[ended.program].version
    note = language.say("✔️ Done")
    await turn_to(query, left_screen(language, ended.program, version), note=note)
