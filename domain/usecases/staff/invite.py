"""The home of inviting staff by a one-time link."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.access import require_staff, staff_role
from domain.entities.people import Caller, Invitation
from domain.errors import DomainError, NotAllowed
from domain.ids import hash_of
from domain.rights import StaffRole, may_appoint
from domain.surroundings import Surroundings

INVITATION_HOURS = 48


class InvitationVoid(DomainError):
    """The invitation is unknown, used, or its time has passed."""

    code = "invitation_void"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvitation:
    """A link to hand to one person.

    Attributes:
        token: Goes behind ``s_`` in the deep link; shown once, kept only as a hash.
        role: What it gives.
        expires_at: The first instant at which it is void.
    """

    token: str
    role: StaffRole
    expires_at: datetime


class InviteStaff:
    """Make a one-time link that gives a role.

    - An owner invites anybody, a manager support only (A58); it is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, role: StaffRole) -> NewInvitation:
        """Return the link's token.

        Raises:
            NotAllowed: the caller may not give this role here.
        """
        token = secrets.token_urlsafe(24)
        now = self._around.clock()
        expires_at = now + timedelta(hours=INVITATION_HOURS)
        async with self._around.open_work() as work:
            own = await require_staff(work, caller, "staff.invite", self._around.owners)
            if not may_appoint(own, role):
                raise NotAllowed(right="staff.invite", role=role.value)
            invitation = Invitation(
                token_hash=hash_of(token),
                role=role,
                created_by=caller.person.id,
                expires_at=expires_at,
            )
            await work.staff.invite(invitation, now)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=own.value,
                action="staff_invited",
                subject=f"role:{role.value}",
                details={},
            )
            await work.commit()
        return NewInvitation(token=token, role=role, expires_at=expires_at)


class JoinStaff:
    """Take up an invitation: one person, once, in time, while the inviter may still invite.

    - It takes no role away that the inviter could not remove, and brings nobody back twice.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, token: str) -> StaffRole:
        """Return the role that the person has now.

        Raises:
            InvitationVoid: unknown, used by somebody else, expired, or of a removed inviter.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            invitation = await work.staff.invitation(hash_of(token))
            if invitation is None or now >= invitation.expires_at:
                raise InvitationVoid
            own = await staff_role(work, caller.person.id, self._around.owners)
            if invitation.used_by is not None:
                if invitation.used_by == caller.person.id and own is not None:
                    return own
                raise InvitationVoid
            inviter = await staff_role(work, invitation.created_by, self._around.owners)
            if not may_appoint(inviter, invitation.role):
                raise InvitationVoid
            if own is not None and not may_appoint(inviter, own):
                return own
            await work.staff.put(
                caller.person.id, invitation.role, invited_by=invitation.created_by, at=now
            )
            await work.staff.use(invitation.token_hash, caller.person.id, now)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=invitation.role.value,
                action="staff_joined",
                subject=f"person:{caller.person.id}",
                details={"invited_by": invitation.created_by},
            )
            await work.commit()
        return invitation.role
