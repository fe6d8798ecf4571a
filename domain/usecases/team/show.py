"""The home of an admin seeing its partner's team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.access import own_place
from domain.entities.partner import Partner
from domain.entities.people import Caller
from domain.entities.team import Member, TeamInvitation
from domain.errors import NotFound
from domain.rules.team import TeamSuspended, check_team_may_change
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """A partner's team.

    Attributes:
        partner: The partner.
        members: Who belongs to it, oldest first.
        invitations: Those that somebody can still use, oldest first.
        names: Names of who invited, by Telegram id.
        reader: Telegram id of who looks.
        may_change: The vendor has not stopped the partner.
    """

    partner: Partner
    members: Sequence[Member]
    invitations: Sequence[TeamInvitation]
    names: Mapping[int, str]
    reader: int
    may_change: bool

    def member(self, person_id: int) -> Member:
        """Return a member.

        Raises:
            NotFound: the person does not belong to the partner.
        """
        for member in self.members:
            if member.person_id == person_id:
                return member
        raise NotFound(member=person_id)

    def invitation(self, invitation_id: int) -> TeamInvitation:
        """Return an open invitation.

        Raises:
            NotFound: there is none, or not of this partner.
        """
        for invitation in self.invitations:
            if invitation.id == invitation_id:
                return invitation
        raise NotFound(invitation=invitation_id)


class ShowTeam:
    """Show an admin who belongs to its partner, since when, and who is invited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> TeamView:
        """Return the team.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            partner_id = place.enrolment.partner_id
            partner = await work.partners.get(partner_id)
            members = await work.team.members(partner_id)
            invitations = await work.team.open_invitations(partner_id, self._around.clock())
            enrolments = await work.partners.enrolments_of(partner_id)
        if partner is None:
            raise NotFound(partner=partner_id)
        try:
            check_team_may_change(enrolments)
            may_change = True
        except TeamSuspended:
            may_change = False
        return TeamView(
            partner=partner,
            members=members,
            invitations=invitations,
            names={member.person_id: member.name for member in members},
            reader=caller.person.id,
            may_change=may_change,
        )
