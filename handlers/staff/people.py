"""The home of the staff itself: who works here, invitations, the admin chat."""

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.rights import StaffRole
from domain.usecases.staff.invite import InviteStaff, JoinStaff
from domain.usecases.staff.members import ListStaff
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.people import invitation_screen, staff_screen
from handlers.ui.callbacks import StaffCard, StaffOpen
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.marks import role_name
from handlers.ui.screen import Event, Screen, answer, show, turn_to

PREFIX = "s_"
router = Router(name="staff.people")
invitations = Router(name="staff.invitations")
staff = allow(Allowed.STAFF)


@router.message(Command("cancel"), flags=staff)
async def cancel(message: Message, language: Language, state: FSMContext) -> None:
    """Leave a form of the admin chat."""
    was_open = await state.get_state() is not None
    await state.clear()
    note = language.say("Cancelled.") if was_open else language.say("There is nothing to cancel.")
    await answer(message, Screen(note))


@router.message(Command("staff"), flags=staff)
@router.callback_query(StaffOpen.filter(F.screen == "staff"), flags=staff)
@router.callback_query(StaffCard.filter(F.action == "list"), flags=staff)
async def show_staff(
    event: Event, caller: Caller, language: Language, list_staff: ListStaff
) -> None:
    """Show who works here."""
    await show(event, staff_screen(language, await list_staff(caller), caller.staff_role))


@router.callback_query(StaffCard.filter(F.action == "invite"), flags=staff)
async def invite(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    invite_staff: InviteStaff,
    bot: Bot,
) -> None:
    """Make an invitation."""
    invitation = await invite_staff(caller, StaffRole(callback_data.role))
    username = (await bot.me()).username or ""
    await turn_to(query, invitation_screen(language, invitation, username))


@invitations.message(
    CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)), flags=allow(Allowed.ANYONE)
)
async def join(
    message: Message,
    command: CommandObject,
    caller: Caller,
    language: Language,
    join_staff: JoinStaff,
) -> None:
    """Take up an invitation."""
    role = await join_staff(caller, (command.args or "").removeprefix(PREFIX))
    text = lines(
        language.say(
            "🎉 You joined the staff as <b>{role}</b>.", role=role_name(language, role.value)
        ),
        language.say("Your role works in the admin chat; /help there shows what you can do."),
    )
    await answer(message, Screen(text))
