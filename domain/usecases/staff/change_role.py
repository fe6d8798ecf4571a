"""The home of changing what a member of staff may do."""

from domain.access import require_staff
from domain.entities.notice import Notice
from domain.entities.people import Caller
from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole, may_appoint
from domain.rules.staff import OwnerOfConfig, check_not_last_owner
from domain.surroundings import Surroundings


class ChangeStaffRole:
    """Give a member of staff another role, with effect at once (A58, A59).

    - An owner changes every role; a manager none: the only one that it gives is support.
    - The last owner stays; owners of the config are changed in the config only.
    - The person is told; open invitations of who may no longer invite are void.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, person_id: int, role: StaffRole) -> None:
        """Change the role; the same role again changes nothing.

        Raises:
            NotAllowed: the caller may not change roles here.
            NotFound: the person is not in the staff.
            OwnerOfConfig: it is an owner named in the config.
            LastOwner: nobody would own the program any more.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            own = await require_staff(work, caller, "staff.change_role", self._around.owners)
            if person_id in self._around.owners:
                raise OwnerOfConfig(person=person_id)
            was = await work.staff.role_of(person_id)
            if was is None:
                raise NotFound(person=person_id)
            if not may_appoint(own, was) or not may_appoint(own, role):
                raise NotAllowed(right="staff.change_role", role=role.value)
            if was is role:
                return
            if was is StaffRole.OWNER:
                members = await work.staff.all()
                check_not_last_owner(members, person_id, self._around.owners)
            await work.staff.put(person_id, role, invited_by=caller.person.id, at=now)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=own.value,
                action="staff_role_changed",
                subject=f"person:{person_id}",
                details={"was": was.value, "role": role.value},
            )
            notice = Notice(
                id=self._around.new_id(),
                recipient=person_id,
                kind="staff_role_changed",
                params={"role": role.value},
                created_at=now,
            )
            await work.notices.add([notice])
            await work.commit()
