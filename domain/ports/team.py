"""The home of the port of teams: members and invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.team import Member, TeamInvitation
from domain.rights import MemberRole


class Team(Protocol):
    """Members of partners, and invitations to become one."""

    async def members(self, partner_id: int) -> Sequence[Member]:
        """Return who belongs to the partner now, oldest first."""
        ...

    async def put(self, partner_id: int, person_id: int, role: MemberRole, at: datetime) -> None:
        """Let a person belong to the partner since then; whoever was there once comes back."""
        ...

    async def set_role(self, partner_id: int, person_id: int, role: MemberRole) -> None:
        """Give a member another role."""
        ...

    async def end(self, partner_id: int, person_id: int, at: datetime) -> None:
        """End a membership."""
        ...

    async def invite(self, invitation: TeamInvitation) -> None:
        """Keep an invitation."""
        ...

    async def invitation(self, token_hash: str) -> TeamInvitation | None:
        """Return an invitation, whatever became of it."""
        ...

    async def open_invitations(self, partner_id: int, now: datetime) -> Sequence[TeamInvitation]:
        """Return the partner's invitations that somebody can still use, oldest first."""
        ...

    async def use(self, invitation_id: int, person_id: int, at: datetime) -> None:
        """Mark an invitation as used."""
        ...

    async def cancel(self, invitation_id: int, at: datetime) -> None:
        """Take an invitation back."""
        ...

    async def cancel_of(self, partner_id: int, person_id: int | None, at: datetime) -> None:
        """Take back what a member has invited and nobody used; ``None`` for all members."""
        ...
