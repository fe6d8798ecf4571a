"""The home of leaving a partner's team without being forgotten."""

from domain.access import own_place
from domain.entities.notice import Notice
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.rights import MemberRole
from domain.rules.team import check_not_last_admin
from domain.surroundings import Surroundings


class LeaveTeam:
    """Let a member leave the partner that it works in (A52).

    - The last admin stays: somebody else becomes admin first, or the partner ends by other means.
    - What the member had invited is void; what is stored about the person stays, unless it asks
      to be forgotten.
    - The admins are told, and it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller) -> str:
        """Return the name of the partner that would be left; refused as leaving is."""
        async with self._around.open_work.read() as work:
            partner_id = (await own_place(work, caller, admin=False)).enrolment.partner_id
            check_not_last_admin(await work.team.members(partner_id), caller.person.id)
            partner = await work.partners.get(partner_id)
        return partner.name if partner else ""

    async def __call__(self, caller: Caller, partner_id: int) -> str:
        """Leave, and return the partner's name.

        Args:
            caller: Who leaves.
            partner_id: The partner that was shown: a press on an old question leaves no other.

        Raises:
            NotAPartner: the person takes part in no program.
            NotFound: the person works in another partner by now.
            LastAdmin: nobody would be admin any more.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            place = await own_place(work, caller, admin=False)
            if place.enrolment.partner_id != partner_id:
                raise NotFound(partner=partner_id)
            members = await work.team.members(partner_id)
            check_not_last_admin(members, caller.person.id)
            partner = await work.partners.get(partner_id)
            name = partner.name if partner else ""
            await work.team.end(partner_id, caller.person.id, now)
            await work.team.cancel_of(partner_id, caller.person.id, now)
            await work.notices.add(
                [
                    Notice(
                        id=self._around.new_id(),
                        recipient=member.person_id,
                        kind="team_left",
                        params={"name": caller.person.name, "partner": name},
                        created_at=now,
                    )
                    for member in members
                    if member.role is MemberRole.ADMIN and member.person_id != caller.person.id
                ]
            )
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="member_went",
                subject=f"partner:{partner_id}",
                details={"was": place.role.value},
            )
            await work.commit()
        return name
