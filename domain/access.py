"""The home of access: rights are read in the transaction of the effect, never remembered."""

from dataclasses import dataclass

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.people import Caller
from domain.errors import NotAllowed, NotFound
from domain.ports.work import Work
from domain.rights import MemberRole, StaffRole, may


class NotAPartner(NotFound):
    """The person takes part in no program yet."""

    code = "not_a_partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a member stands: its partner's enrolment and its own role there.

    Attributes:
        enrolment: The partner in the program.
        role: The member's role now.
    """

    enrolment: Enrolment
    role: MemberRole

    def hides_clients(self, *, mask_clients: bool) -> bool:
        """Test if the member sees clients masked (A18, A19).

        All members do where the config says so; a user and whoever is suspended always does.
        """
        is_full = self.role is MemberRole.ADMIN and self.enrolment.status is EnrolmentStatus.ACTIVE
        return mask_clients or not is_full


async def staff_role(work: Work, person_id: int, owners: frozenset[int]) -> StaffRole | None:
    """Return the person's role in the staff now; owners of the config always are."""
    if person_id in owners:
        return StaffRole.OWNER
    return await work.staff.role_of(person_id)


async def require_staff(
    work: Work, caller: Caller, right: str, owners: frozenset[int]
) -> StaffRole:
    """Return the caller's role.

    Raises:
        NotAllowed: outside the admin chat, not in the staff now, or without the right.
    """
    role = await staff_role(work, caller.person.id, owners)
    if role is None or not caller.in_admin_chat or not may(role, right):
        is_here = role is not None and caller.in_admin_chat
        raise NotAllowed(right=right, role=role.value if role and is_here else None)
    return role


async def own_enrolment(
    work: Work, caller: Caller, program: str | None = None, *, admin: bool = True
) -> Enrolment:
    """Return the caller's enrolment, as ``own_place`` finds it."""
    return (await own_place(work, caller, program, admin=admin)).enrolment


async def own_place(
    work: Work, caller: Caller, program: str | None = None, *, admin: bool = True
) -> Place:
    """Return the caller's enrolment in the program and the caller's role.

    Without a program it is the one that the person has chosen, else the oldest.

    Args:
        work: The transaction of the effect.
        caller: Who asks.
        program: Key of a program, ``None`` for the chosen one.
        admin: Only an admin of the partner may (R35).

    Raises:
        NotAPartner: the person belongs to no partner, or not in this program.
        NotAllowed: the person is a member without the right.
    """
    if caller.membership is None:
        raise NotAPartner
    role = await work.partners.role_of(caller.person.id, caller.membership.partner_id)
    if role is None:
        raise NotAPartner
    if admin and role is not MemberRole.ADMIN:
        raise NotAllowed(right="partner.admin")
    enrolments = await work.partners.enrolments_of(caller.membership.partner_id)
    own = [enrolment for enrolment in enrolments if program in (None, enrolment.program)]
    if not own:
        raise NotAPartner
    chosen = [enrolment for enrolment in own if enrolment.program == caller.membership.program]
    return Place(enrolment=(chosen or own)[0], role=role)
