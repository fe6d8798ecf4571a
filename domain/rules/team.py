"""The home of the rules of a team: never without an admin, nobody new while suspended."""

from collections.abc import Sequence

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.team import Member
from domain.errors import DomainError
from domain.rights import MemberRole


class LastAdmin(DomainError):
    """A partner is never without an admin: the last one can neither go nor become a user."""

    code = "last_admin"


class TeamSuspended(DomainError):
    """A partner that was suspended or ended by the vendor does not change its team."""

    code = "team_suspended"


class TeamFull(DomainError):
    """There are as many members or open invitations as fit."""

    code = "team_full"


class NotOneself(DomainError):
    """Nobody removes oneself: leaving is an act of its own."""

    code = "not_oneself"


def check_not_last_admin(members: Sequence[Member], person_id: int) -> None:
    """Test that somebody else is an admin, too.

    Raises:
        LastAdmin: nobody is.
    """
    admins = {member.person_id for member in members if member.role is MemberRole.ADMIN}
    if admins == {person_id}:
        raise LastAdmin(others=len(members) - 1)


def check_team_may_change(enrolments: Sequence[Enrolment]) -> None:
    """Test that the vendor has not stopped the partner everywhere.

    A partner that left by its own act still looks after its team: it may come back.

    Raises:
        TeamSuspended: all its enrolments are suspended, or were ended by the vendor.
    """
    if not any(
        enrolment.status is EnrolmentStatus.ACTIVE or enrolment.left_at is not None
        for enrolment in enrolments
    ):
        raise TeamSuspended
