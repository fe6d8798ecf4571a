"""The home of one member of the staff: the card, another role, removal."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from domain.entities.people import Caller, StaffMember
from domain.errors import NotFound
from domain.rights import StaffRole
from domain.usecases.staff.change_role import ChangeStaffRole
from domain.usecases.staff.members import ListStaff, RemoveStaff
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.members import (
    member_card,
    remove_question,
    role_question,
    roles_screen,
)
from handlers.staff.screens.people import staff_screen
from handlers.ui.callbacks import StaffCard
from handlers.ui.language import Language
from handlers.ui.screen import turn_to

router = Router(name="staff.members")
staff = allow(Allowed.STAFF)


async def _member(caller: Caller, list_staff: ListStaff, person_id: int) -> StaffMember:
    """Return a member of the staff that a button names.

    Raises:
        NotFound: the person is not in the staff any more.
    """
    for member in await list_staff(caller):
        if member.person_id == person_id:
            return member
    raise NotFound(person=person_id)


def _role(value: str) -> StaffRole:
    if value not in {role.value for role in StaffRole}:
        raise NotFound(role=value)
    return StaffRole(value)


@router.callback_query(StaffCard.filter(F.action == "card"), flags=staff)
async def show_member(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    list_staff: ListStaff,
) -> None:
    """Show a member."""
    member = await _member(caller, list_staff, callback_data.person_id)
    await turn_to(query, member_card(language, member, caller.staff_role))


@router.callback_query(StaffCard.filter(F.action == "roles"), flags=staff)
async def show_roles(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    list_staff: ListStaff,
) -> None:
    """Show the roles to choose from."""
    member = await _member(caller, list_staff, callback_data.person_id)
    await turn_to(query, roles_screen(language, member, caller.staff_role))


@router.callback_query(StaffCard.filter(F.action == "ask_role"), flags=staff)
async def ask_role(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    list_staff: ListStaff,
) -> None:
    """Ask before a role is changed."""
    member = await _member(caller, list_staff, callback_data.person_id)
    await turn_to(query, role_question(language, member, _role(callback_data.role)))


@router.callback_query(StaffCard.filter(F.action == "role"), flags=staff)
async def change_role(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    change_staff_role: ChangeStaffRole,
    list_staff: ListStaff,
) -> None:
    """Change a role."""
    await change_staff_role(caller, callback_data.person_id, _role(callback_data.role))
    member = await _member(caller, list_staff, callback_data.person_id)
    screen = member_card(language, member, caller.staff_role)
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.callback_query(StaffCard.filter(F.action == "ask_remove"), flags=staff)
async def ask_remove(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    list_staff: ListStaff,
) -> None:
    """Ask before somebody is removed."""
    member = await _member(caller, list_staff, callback_data.person_id)
    await turn_to(query, remove_question(language, member))


@router.callback_query(StaffCard.filter(F.action == "remove"), flags=staff)
async def remove(
    query: CallbackQuery,
    callback_data: StaffCard,
    caller: Caller,
    language: Language,
    remove_staff: RemoveStaff,
    list_staff: ListStaff,
) -> None:
    """Remove somebody from the staff."""
    await remove_staff(caller, callback_data.person_id)
    screen = staff_screen(language, await list_staff(caller), caller.staff_role)
    await turn_to(query, screen, note=language.say("✔️ Done"))
