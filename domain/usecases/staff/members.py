"""The home of listing and removing staff."""

from collections.abc import Sequence

from domain.access import require_staff
from domain.entities.notice import Notice
from domain.entities.people import Caller, StaffMember
from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole, may_appoint
from domain.rules.staff import check_not_last_owner
from domain.surroundings import Surroundings


class ListStaff:
    """Show who is in the staff; owners of the config come first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Sequence[StaffMember]:
        """Return the staff.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "staff.list", self._around.owners)
            members = await work.staff.all()
            owners = []
            for person_id in sorted(self._around.owners):
                person = await work.people.get(person_id)
                owners.append(
                    StaffMember(
                        person_id=person_id,
                        role=StaffRole.OWNER,
                        name=person.name if person else str(person_id),
                    )
                )
        return [*owners, *(m for m in members if m.person_id not in self._around.owners)]


class RemoveStaff:
    """End a role at once; owners of the config are removed in the config only."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, person_id: int) -> None:
        """Remove the person from the staff.

        Raises:
            NotAllowed: the caller may not remove this role here.
            NotFound: the person is not in the staff.
            LastOwner: nobody would own the program any more.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            own = await require_staff(work, caller, "staff.remove", self._around.owners)
            role = await work.staff.role_of(person_id)
            if role is None:
                raise NotFound(person=person_id)
            if person_id in self._around.owners or not may_appoint(own, role):
                raise NotAllowed(right="staff.remove", role=role.value)
            if role is StaffRole.OWNER:
                check_not_last_owner(await work.staff.all(), person_id, self._around.owners)
            await work.staff.remove(person_id, at=now)
            notice = Notice(
                id=self._around.new_id(), recipient=person_id, kind="staff_removed", created_at=now
            )
            await work.notices.add([notice])
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=own.value,
                action="staff_removed",
                subject=f"person:{person_id}",
                details={"role": role.value},
            )
            await work.commit()
