"""The home of joining: rules, Activate, the link, the partner's own account."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.access import NotAPartner
from domain.entities.partner import EnrolmentStatus
from domain.entities.people import Caller, Membership
from domain.programs.model import Programs
from domain.rights import MemberRole
from domain.usecases.applications.show import ShowOwnApplication
from domain.usecases.joining.accept_rules import AcceptRules
from domain.usecases.joining.name_account import NameVendorAccount
from domain.usecases.partners.show_enrolment import EnrolmentView, ShowEnrolment
from domain.usecases.people.enrolments import ListOwnEnrolments
from handlers.middlewares.access import Allowed, allow
from handlers.partner.applications import where_it_stands
from handlers.partner.menu import first_program
from handlers.partner.screens.joining import (
    account_kept,
    account_question,
    link_screen,
    ready_text_screen,
    rules_screen,
    stopped_link_screen,
)
from handlers.partner.screens.profile import left_screen
from handlers.partner.screens.programs import programs_screen
from handlers.partner.states import AccountForm
from handlers.ui import callbacks
from handlers.ui.commands import show_commands
from handlers.ui.language import Language
from handlers.ui.links import Links
from handlers.ui.qr import qr_png
from handlers.ui.screen import Event, acknowledge, answer, send, show, turn_to

router = Router(name="partner.joining")
own = Router(name="partner.joining.own")
"""What is about the enrolment that one works in."""
anyone = allow(Allowed.ANYONE)


@router.message(Command("join"), flags=anyone)
@router.callback_query(callbacks.Open.filter(F.screen == "join"), flags=anyone)
async def show_rules(
    event: Event,
    caller: Caller,
    language: Language,
    programs: Programs,
    list_own_enrolments: ListOwnEnrolments,
    show_own_application: ShowOwnApplication,
    front_program: str = "",
) -> None:
    """Show the rules with Activate, or the application; of several programs, the front one."""
    front = programs.get(front_program)
    if len(programs) > 1 and front is not None and caller.membership is None:
        await show(event, rules_screen(language, front, is_partner=False, has_others=True))
        return
    if len(programs) > 1:
        await show(event, programs_screen(language, programs))
        return
    own = await list_own_enrolments(caller)
    is_partner = any(not one.has_left for one in own)
    views = await show_own_application.open(caller) if not is_partner else []
    if views:
        await show(event, where_it_stands(language, views[0]))
        return
    await show(event, rules_screen(language, first_program(programs), is_partner=is_partner))


@router.callback_query(callbacks.Activate.filter(), flags=anyone)
async def activate(
    query: CallbackQuery,
    callback_data: callbacks.Activate,
    caller: Caller,
    language: Language,
    programs: Programs,
    accept_rules: AcceptRules,
    show_enrolment: ShowEnrolment,
    links: Links,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Make the person a partner and give the link; changed rules are shown again first."""
    program = programs.get(callback_data.program)
    if program is not None and program.version != callback_data.version:
        note = language.say("The rules have changed. Please read them once more.")
        await turn_to(query, rules_screen(language, program, is_partner=False), note=note)
        return
    joined = await accept_rules(caller, callback_data.program)
    accepted = programs[joined.enrolment.program]
    note = language.say("✔️ Done")
    await turn_to(query, rules_screen(language, accepted, is_partner=True), note=note)
    if not (joined.is_new or joined.is_back):
        return  # A second press: the link is in the chat already, and a button leads to it.
    membership = Membership(
        partner_id=joined.enrolment.partner_id, role=MemberRole.ADMIN, program=accepted.key
    )
    partner = Caller(person=caller.person, membership=membership)
    view = await show_enrolment(partner, callback_data.program)
    await send_link(bot, caller.person.id, language, view, links)
    if view.partner.vendor_account_id is None:
        await state.set_state(AccountForm.account)
        await send(bot, caller.person.id, account_question(language, is_new=joined.is_new))
    await show_commands(bot, partner, language, programs)


@own.message(Command("link"), flags=anyone)
@own.callback_query(callbacks.Open.filter(F.screen == "link"), flags=anyone)
async def show_link(
    event: Event,
    caller: Caller,
    language: Language,
    show_enrolment: ShowEnrolment,
    links: Links,
    bot: Bot,
) -> None:
    """Show the link with its QR code and a text to forward, below what was pressed."""
    view = await show_enrolment(caller)
    if view.enrolment.left_at is not None:
        await show(event, left_screen(language, view.program.key, view.program.version))
        return
    if view.enrolment.status is not EnrolmentStatus.ACTIVE:
        await show(event, stopped_link_screen(language, view))
        return
    if isinstance(event, CallbackQuery):
        await acknowledge(event)
    await send_link(bot, caller.person.id, language, view, links)


async def send_link(
    bot: Bot, chat_id: int, language: Language, view: EnrolmentView, links: Links
) -> None:
    """Send the link as picture and text, and a ready text to forward."""
    username = (await bot.me()).username or ""
    shared = links.shared(view.program, view.enrolment.code, username)
    photo = await qr_png(shared, links.logo)
    await send(bot, chat_id, link_screen(language, view, links, username, photo))
    await send(bot, chat_id, ready_text_screen(language, shared))


@router.callback_query(callbacks.Open.filter(F.screen == "account"), flags=anyone)
async def ask_account(
    query: CallbackQuery, caller: Caller, language: Language, state: FSMContext
) -> None:
    """Ask for the partner's own account."""
    if caller.membership is None:
        raise NotAPartner
    await state.set_state(AccountForm.account)
    await turn_to(query, account_question(language, is_new=False))


@router.message(AccountForm.account, F.text, flags=anyone)
async def keep_account(
    message: Message,
    caller: Caller,
    language: Language,
    name_vendor_account: NameVendorAccount,
    state: FSMContext,
) -> None:
    """Keep the partner's own account; what cannot be one is asked again."""
    kept = await name_vendor_account(caller, message.text or "")
    await state.clear()
    await answer(message, account_kept(language, kept))
