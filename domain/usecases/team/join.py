"""The home of taking up an invitation into a partner's team."""

from dataclasses import dataclass
from datetime import datetime

from domain.entities.notice import Notice
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.entities.people import Caller
from domain.entities.team import MEMBERS_MAX, TeamInvitation
from domain.errors import DomainError
from domain.ids import hash_of
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.rules.team import TeamFull, TeamSuspended, check_team_may_change
from domain.surroundings import Surroundings


class TeamInvitationVoid(DomainError):
    """The invitation is unknown, used, taken back, late, or of somebody who may not invite."""

    code = "team_invitation_void"


class AlreadyMember(DomainError):
    """The person belongs to the partner already; the fact says if the invitation is open still."""

    code = "already_member"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOffer:
    """What joining would mean.

    Attributes:
        partner: Whom the person would belong to.
        inviter: Name of who invited; hostile text.
        role: What the person could do.
        expires_at: The first instant at which the invitation is void.
        others: How many partners the person belongs to already.
    """

    partner: Partner
    inviter: str
    role: MemberRole
    expires_at: datetime
    others: int


class JoinTeam:
    """Let one person into a partner's team: once, in time, while the inviter may still invite.

    - Who invites, into which partner and as what is shown first; joining is a press of its own.
    - Somebody may belong to several partners; the new one is where it works from then on, and the
      line above each screen names it.
    - The partner's admins are told, and it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, caller: Caller, token: str) -> TeamOffer:
        """Return what joining would mean; refused as joining is."""
        async with self._around.open_work.read() as work:
            invitation, _ = await self._standing(work, caller, token)
            return await self._offer(work, caller, invitation)

    async def __call__(self, caller: Caller, token: str) -> TeamOffer:
        """Join; return what the person has joined.

        Raises:
            TeamInvitationVoid: it cannot be used any more, or never could.
            AlreadyMember: the person belongs to the partner.
            TeamFull: the partner has as many members as fit.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            invitation, enrolments = await self._standing(work, caller, token)
            offer = await self._offer(work, caller, invitation)
            members = await work.team.members(invitation.partner_id)
            if len(members) >= MEMBERS_MAX:
                raise TeamFull(members_limit=MEMBERS_MAX)
            await work.team.put(invitation.partner_id, caller.person.id, invitation.role, now)
            await work.team.use(invitation.id, caller.person.id, now)
            await self._choose(work, caller, enrolments)
            await work.notices.add(
                [
                    Notice(
                        id=self._around.new_id(),
                        recipient=member.person_id,
                        kind="team_joined",
                        params={
                            "name": caller.person.name,
                            "partner": offer.partner.name,
                            "role": invitation.role.value,
                        },
                        created_at=now,
                    )
                    for member in members
                    if member.role is MemberRole.ADMIN
                ]
            )
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="member_joined",
                subject=f"partner:{invitation.partner_id}",
                details={"role": invitation.role.value, "invited_by": invitation.created_by},
            )
            await work.commit()
        return offer

    async def _standing(
        self, work: Work, caller: Caller, token: str
    ) -> tuple[TeamInvitation, list[Enrolment]]:
        """Return an invitation that can be used, with the partner's enrolments."""
        invitation = await work.team.invitation(hash_of(token))
        if invitation is None:
            raise TeamInvitationVoid
        partner_id = invitation.partner_id
        inviter = await work.partners.role_of(invitation.created_by, partner_id)
        is_open = invitation.is_open(self._around.clock()) and inviter is MemberRole.ADMIN
        if await work.partners.role_of(caller.person.id, partner_id) is not None:
            raise AlreadyMember(is_open=is_open)
        if not is_open:
            raise TeamInvitationVoid
        enrolments = list(await work.partners.enrolments_of(partner_id))
        try:
            check_team_may_change(enrolments)
        except TeamSuspended:
            raise TeamInvitationVoid from None
        return invitation, enrolments

    async def _offer(self, work: Work, caller: Caller, invitation: TeamInvitation) -> TeamOffer:
        partner = await work.partners.get(invitation.partner_id)
        inviter = await work.people.get(invitation.created_by)
        if partner is None:
            raise TeamInvitationVoid
        own = {row.partner_id for row in await work.people.own_enrolments(caller.person.id)}
        return TeamOffer(
            partner=partner,
            inviter=inviter.name if inviter else str(invitation.created_by),
            role=invitation.role,
            expires_at=invitation.expires_at,
            others=len(own - {partner.id}),
        )

    async def _choose(self, work: Work, caller: Caller, enrolments: list[Enrolment]) -> None:
        """Let the person work in what it has joined, in an active enrolment if there is one."""
        offered = [row for row in enrolments if row.program in self._around.programs]
        active = [row for row in offered if row.status is EnrolmentStatus.ACTIVE]
        for row in (active or offered)[:1]:
            await work.people.choose_enrolment(caller.person.id, row.partner_id, row.program)
