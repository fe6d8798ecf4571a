"""The home of changing a partner's team: roles, removing a member, leaving oneself."""

from domain.access import own_place
from domain.entities.notice import Notice
from domain.entities.people import Caller
from domain.entities.team import Member
from domain.errors import NotFound
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.rules.team import NotOneself, check_not_last_admin, check_team_may_change
from domain.surroundings import Surroundings


class ChangeTeam:
    """Let an admin change roles and remove members, with effect at once (A51).

    - Rights are read with the effect: a member that was removed has its old buttons for nothing,
      and of two admins who remove each other at once the second is no admin any more.
    - A partner is never without an admin, and nobody removes oneself.
    - What a removed or demoted admin had invited is void.
    - The person and the other admins are told; it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def set_role(self, caller: Caller, person_id: int, role: MemberRole) -> None:
        """Give a member another role; the same role again changes nothing.

        Raises:
            NotAPartner: the caller takes part in no program.
            NotAllowed: the caller is no admin of the partner.
            TeamSuspended: the vendor stopped the partner.
            NotFound: the person does not belong to the partner.
            LastAdmin: nobody would be admin any more.
        """
        async with self._around.open_work() as work:
            partner_id, members, member = await self._standing(work, caller, person_id)
            if member.role is role:
                return
            if role is MemberRole.USER:
                check_not_last_admin(members, person_id)
                await work.team.cancel_of(partner_id, person_id, self._around.clock())
            await work.team.set_role(partner_id, person_id, role)
            await self._tell(work, caller, partner_id, members, self._news(member, role))
            await self._audit(work, caller, partner_id, "member_role_changed", person_id)
            await work.commit()

    async def remove(self, caller: Caller, person_id: int) -> None:
        """Remove a member.

        Raises:
            NotAPartner: the caller takes part in no program.
            NotAllowed: the caller is no admin of the partner.
            TeamSuspended: the vendor stopped the partner.
            NotFound: the person does not belong to the partner.
            NotOneself: it is the caller.
        """
        async with self._around.open_work() as work:
            partner_id, members, member = await self._standing(work, caller, person_id)
            if person_id == caller.person.id:
                raise NotOneself
            now = self._around.clock()
            await work.team.end(partner_id, person_id, now)
            await work.team.cancel_of(partner_id, person_id, now)
            await self._tell(work, caller, partner_id, members, self._news(member, None))
            await self._audit(work, caller, partner_id, "member_removed", person_id)
            await work.commit()

    async def _standing(
        self, work: Work, caller: Caller, person_id: int
    ) -> tuple[int, list[Member], Member]:
        partner_id = (await own_place(work, caller)).enrolment.partner_id
        members = list(await work.team.members(partner_id))
        found = next((row for row in members if row.person_id == person_id), None)
        if found is None:
            raise NotFound(member=person_id)
        check_team_may_change(await work.partners.enrolments_of(partner_id))
        return partner_id, members, found

    def _news(self, member: Member, role: MemberRole | None) -> dict[str, object]:
        """Return what is told of a member; no role means removed."""
        return {"person": member.person_id, "name": member.name, "role": role or ""}

    async def _tell(
        self,
        work: Work,
        caller: Caller,
        partner_id: int,
        members: list[Member],
        news: dict[str, object],
    ) -> None:
        """Owe the person and the other admins the news."""
        partner = await work.partners.get(partner_id)
        told = news | {"partner": partner.name if partner else ""}
        await work.notices.add(
            [
                Notice(
                    id=self._around.new_id(),
                    recipient=other.person_id,
                    kind="team_own" if other.person_id == news["person"] else "team_changed",
                    params=told,
                    created_at=self._around.clock(),
                )
                for other in members
                if other.person_id != caller.person.id
                and (other.role is MemberRole.ADMIN or other.person_id == news["person"])
            ]
        )

    async def _audit(
        self, work: Work, caller: Caller, partner_id: int, action: str, person_id: int
    ) -> None:
        await work.audit.add(
            at=self._around.clock(),
            actor=caller.person.id,
            role="partner",
            action=action,
            subject=f"partner:{partner_id}",
            details={"person": person_id},
        )
