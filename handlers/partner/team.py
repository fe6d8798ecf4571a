"""The home of a partner's team in Telegram, and of the link that lets a colleague in (R35)."""

from dataclasses import replace

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.access import NotAPartner
from domain.entities.people import Caller, Membership
from domain.errors import NotFound
from domain.programs.model import Programs
from domain.rights import MemberRole
from domain.usecases.people.enrolments import ListOwnEnrolments
from domain.usecases.team.change import ChangeTeam
from domain.usecases.team.invite import InviteColleague
from domain.usecases.team.join import JoinTeam
from domain.usecases.team.leave import LeaveTeam
from domain.usecases.team.show import ShowTeam
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.team import (
    admin_question,
    cancel_question,
    invitation_screen,
    joined_screen,
    leave_question,
    left_screen,
    member_card,
    offer_screen,
    remove_question,
    role_question,
    team_screen,
)
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_team import TeamJoin, TeamPress
from handlers.ui.commands import forget_commands, show_commands
from handlers.ui.language import Language
from handlers.ui.screen import Event, answer, show, turn_to

PREFIX = "j_"
router = Router(name="partner.team")
invitations = Router(name="partner.invitations")
anyone = allow(Allowed.ANYONE)


def _role(value: str) -> MemberRole:
    if value not in {role.value for role in MemberRole}:
        raise NotFound(role=value)
    return MemberRole(value)


@router.message(Command("team"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "team"), flags=anyone)
async def show_own_team(
    event: Event,
    caller: Caller,
    language: Language,
    show_team: ShowTeam,
    leave_team: LeaveTeam,
    state: FSMContext,
) -> None:
    """Show an admin the team; a user can do nothing with it but leave."""
    await state.clear()
    membership = caller.membership
    if membership is not None and not caller.is_partner_admin:
        name = await leave_team.show(caller)
        await show(event, leave_question(language, name, membership.partner_id))
        return
    await show(event, team_screen(language, await show_team(caller)))


@router.callback_query(TeamPress.filter(F.action == "ask_admin"), flags=anyone)
async def ask_admin(
    query: CallbackQuery, caller: Caller, language: Language, show_team: ShowTeam
) -> None:
    """Ask before somebody is invited who could ask for money."""
    await show_team(caller)
    await turn_to(query, admin_question(language))


@router.callback_query(TeamPress.filter(F.action == "invite"), flags=anyone)
async def invite(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    invite_colleague: InviteColleague,
    bot: Bot,
) -> None:
    """Make an invitation."""
    made = await invite_colleague(caller, _role(callback_data.role))
    username = (await bot.me()).username or ""
    await turn_to(query, invitation_screen(language, made, username))


@router.callback_query(TeamPress.filter(F.action == "ask_cancel"), flags=anyone)
async def ask_cancel(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    show_team: ShowTeam,
) -> None:
    """Ask before an invitation is taken back."""
    invitation = (await show_team(caller)).invitation(callback_data.id)
    await turn_to(query, cancel_question(language, invitation))


@router.callback_query(TeamPress.filter(F.action == "cancel"), flags=anyone)
async def cancel(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    invite_colleague: InviteColleague,
    show_team: ShowTeam,
) -> None:
    """Take an invitation back."""
    await invite_colleague.cancel(caller, callback_data.id)
    screen = team_screen(language, await show_team(caller))
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.callback_query(TeamPress.filter(F.action == "card"), flags=anyone)
async def show_member(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    show_team: ShowTeam,
) -> None:
    """Show a member."""
    member = (await show_team(caller)).member(callback_data.id)
    await turn_to(query, member_card(language, member))


@router.callback_query(TeamPress.filter(F.action == "ask_role"), flags=anyone)
async def ask_role(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    show_team: ShowTeam,
) -> None:
    """Ask before a role is changed."""
    member = (await show_team(caller)).member(callback_data.id)
    await turn_to(query, role_question(language, member, _role(callback_data.role)))


@router.callback_query(TeamPress.filter(F.action == "role"), flags=anyone)
async def change_role(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    change_team: ChangeTeam,
    show_team: ShowTeam,
) -> None:
    """Change a role."""
    await change_team.set_role(caller, callback_data.id, _role(callback_data.role))
    member = (await show_team(caller)).member(callback_data.id)
    await turn_to(query, member_card(language, member), note=language.say("✔️ Done"))


@router.callback_query(TeamPress.filter(F.action == "ask_remove"), flags=anyone)
async def ask_remove(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    show_team: ShowTeam,
) -> None:
    """Ask before a member is removed."""
    member = (await show_team(caller)).member(callback_data.id)
    await turn_to(query, remove_question(language, member))


@router.callback_query(TeamPress.filter(F.action == "remove"), flags=anyone)
async def remove(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    change_team: ChangeTeam,
    show_team: ShowTeam,
    bot: Bot,
) -> None:
    """Remove a member, whose menu in Telegram loses the partner's commands, too."""
    await change_team.remove(caller, callback_data.id)
    screen = team_screen(language, await show_team(caller))
    await turn_to(query, screen, note=language.say("✔️ Done"))
    await forget_commands(bot, callback_data.id)


@router.callback_query(TeamPress.filter(F.action == "leave"), flags=anyone)
async def ask_leave(
    query: CallbackQuery, caller: Caller, language: Language, leave_team: LeaveTeam
) -> None:
    """Ask before somebody leaves."""
    if caller.membership is None:
        raise NotAPartner
    name = await leave_team.show(caller)
    await turn_to(query, leave_question(language, name, caller.membership.partner_id))


@router.callback_query(TeamPress.filter(F.action == "left"), flags=anyone)
async def leave(
    query: CallbackQuery,
    callback_data: TeamPress,
    caller: Caller,
    language: Language,
    leave_team: LeaveTeam,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Leave; an open form belonged to the partner."""
    name = await leave_team(caller, callback_data.id)
    await state.clear()
    await turn_to(query, left_screen(language, name))
    await forget_commands(bot, caller.person.id)


@invitations.message(CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)), flags=anyone)
async def open_invitation(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    join_team: JoinTeam,
) -> None:
    """Show who invites, into which partner and as what."""
    token = (command.args or "").removeprefix(PREFIX)
    await answer(message, offer_screen(language, await join_team.show(caller, token), token))


@invitations.callback_query(TeamJoin.filter(), flags=anyone)
async def join(
    query: CallbackQuery,
    callback_data: TeamJoin,
    caller: Caller,
    language: Language,
    join_team: JoinTeam,
    list_own_enrolments: ListOwnEnrolments,
    programs: Programs,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Join; an open form belonged to another partner and is left."""
    offer = await join_team(caller, callback_data.token)
    await state.clear()
    await turn_to(query, joined_screen(language, offer))
    own = await list_own_enrolments(caller)
    here = [one.program for one in own if one.partner_id == offer.partner.id]
    joined = Membership(
        partner_id=offer.partner.id,
        role=offer.role,
        program=here[0] if here else None,
        enrolments=len(own),
    )
    await show_commands(bot, replace(caller, membership=joined), language, programs)
