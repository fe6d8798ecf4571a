"""The home of inviting a colleague into a partner's team by a one-time link."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from domain.access import NotAPartner, own_place
from domain.entities.people import Caller
from domain.entities.team import (
    INVITATIONS_MAX,
    MEMBERS_MAX,
    TEAM_INVITATION_HOURS,
    TeamInvitation,
)
from domain.errors import NotFound
from domain.ids import hash_of
from domain.rights import MemberRole
from domain.rules.team import TeamFull, check_team_may_change
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTeamInvitation:
    """A link to hand to one person.

    Attributes:
        token: Goes behind ``j_`` in the deep link; shown once, kept only as a hash.
        invitation: What is kept.
        partner_name: Hostile text.
    """

    token: str
    invitation: TeamInvitation
    partner_name: str


class InviteColleague:
    """Make a one-time link that lets one person into the caller's partner, and take one back.

    - Only an admin invites, as user or as admin; not while the partner is suspended.
    - The token is kept as a hash only; it is void after two days, once used, taken back, or when
      who invited is no admin any more.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, role: MemberRole) -> NewTeamInvitation:
        """Return the link's token.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            TeamSuspended: the vendor stopped the partner.
            TeamFull: no more members or open invitations fit.
        """
        token, now = secrets.token_urlsafe(24), self._around.clock()
        async with self._around.open_work() as work:
            partner_id = (await own_place(work, caller)).enrolment.partner_id
            check_team_may_change(await work.partners.enrolments_of(partner_id))
            standing = await work.team.open_invitations(partner_id, now)
            if len(standing) >= INVITATIONS_MAX:
                raise TeamFull(invitations_limit=INVITATIONS_MAX)
            if len(await work.team.members(partner_id)) >= MEMBERS_MAX:
                raise TeamFull(members_limit=MEMBERS_MAX)
            invitation = TeamInvitation(
                id=self._around.new_id(),
                token_hash=hash_of(token),
                partner_id=partner_id,
                role=role,
                created_by=caller.person.id,
                created_at=now,
                expires_at=now + timedelta(hours=TEAM_INVITATION_HOURS),
            )
            await work.team.invite(invitation)
            partner = await work.partners.get(partner_id)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="member_invited",
                subject=f"partner:{partner_id}",
                details={"role": role.value},
            )
            await work.commit()
        if partner is None:
            raise NotAPartner
        return NewTeamInvitation(token=token, invitation=invitation, partner_name=partner.name)

    async def cancel(self, caller: Caller, invitation_id: int) -> None:
        """Take an open invitation back; what is used or void is not there.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such open invitation.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            partner_id = (await own_place(work, caller)).enrolment.partner_id
            standing = await work.team.open_invitations(partner_id, now)
            if invitation_id not in {invitation.id for invitation in standing}:
                raise NotFound(invitation=invitation_id)
            await work.team.cancel(invitation_id, now)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="member_uninvited",
                subject=f"partner:{partner_id}",
                details={},
            )
            await work.commit()
