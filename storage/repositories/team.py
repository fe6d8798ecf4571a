"""The home of a partner's team: members, and invitations by the hash of their token."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.team import Member, TeamInvitation
from domain.rights import MemberRole
from storage.rows import insert_all, record_of, records_of, upsert, values_of
from storage.tables import members, people, team_invitations

_OPEN = (team_invitations.c.used_at.is_(None), team_invitations.c.cancelled_at.is_(None))


class TeamRepository:
    """Teams on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def members(self, partner_id: int) -> Sequence[Member]:
        """Return who belongs to the partner now, oldest first."""
        rows = await self._connection.execute(
            select(members.c.person_id, people.c.name, members.c.role, members.c.joined_at)
            .outerjoin(people, people.c.id == members.c.person_id)
            .where(members.c.partner_id == partner_id, members.c.left_at.is_(None))
            .order_by(members.c.joined_at, members.c.person_id)
        )
        return [
            Member(
                person_id=row.person_id,
                name=row.name or str(row.person_id),
                role=row.role,
                joined_at=row.joined_at,
            )
            for row in rows
        ]

    async def put(self, partner_id: int, person_id: int, role: MemberRole, at: datetime) -> None:
        """Let a person belong to the partner since then; whoever was there once comes back."""
        values = {"role": role, "joined_at": at, "left_at": None}
        statement = upsert(self._connection, members).values(
            partner_id=partner_id, person_id=person_id, **values
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["partner_id", "person_id"], set_=values
            )
        )

    async def set_role(self, partner_id: int, person_id: int, role: MemberRole) -> None:
        """Give a member another role."""
        await self._connection.execute(
            update(members)
            .where(
                members.c.partner_id == partner_id,
                members.c.person_id == person_id,
                members.c.left_at.is_(None),
            )
            .values(role=role)
        )

    async def end(self, partner_id: int, person_id: int, at: datetime) -> None:
        """End a membership."""
        await self._connection.execute(
            update(members)
            .where(
                members.c.partner_id == partner_id,
                members.c.person_id == person_id,
                members.c.left_at.is_(None),
            )
            .values(left_at=at)
        )

    async def invite(self, invitation: TeamInvitation) -> None:
        """Keep an invitation."""
        await insert_all(self._connection, team_invitations, [values_of(invitation)])

    async def invitation(self, token_hash: str) -> TeamInvitation | None:
        """Return an invitation, whatever became of it."""
        row = (
            await self._connection.execute(
                select(team_invitations).where(team_invitations.c.token_hash == token_hash)
            )
        ).first()
        return record_of(TeamInvitation, row) if row else None

    async def open_invitations(self, partner_id: int, now: datetime) -> Sequence[TeamInvitation]:
        """Return the partner's invitations that somebody can still use, oldest first."""
        rows = await self._connection.execute(
            select(team_invitations)
            .where(
                team_invitations.c.partner_id == partner_id,
                team_invitations.c.expires_at > now,
                *_OPEN,
            )
            .order_by(team_invitations.c.created_at, team_invitations.c.id)
        )
        return records_of(TeamInvitation, rows)

    async def use(self, invitation_id: int, person_id: int, at: datetime) -> None:
        """Mark an invitation as used."""
        await self._connection.execute(
            update(team_invitations)
            .where(team_invitations.c.id == invitation_id)
            .values(used_by=person_id, used_at=at)
        )

    async def cancel(self, invitation_id: int, at: datetime) -> None:
        """Take an invitation back."""
        await self._connection.execute(
            update(team_invitations)
            .where(team_invitations.c.id == invitation_id, *_OPEN)
            .values(cancelled_at=at)
        )

    async def cancel_of(self, partner_id: int, person_id: int | None, at: datetime) -> None:
        """Take back what a member has invited and nobody used; ``None`` for all members."""
        statement = update(team_invitations).where(
            team_invitations.c.partner_id == partner_id, *_OPEN
        )
        if person_id is not None:
            statement = statement.where(team_invitations.c.created_by == person_id)
        await self._connection.execute(statement.values(cancelled_at=at))
