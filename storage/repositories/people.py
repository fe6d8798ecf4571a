"""The home of persons and staff."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.people import (
    Caller,
    Invitation,
    Membership,
    OwnEnrolment,
    Person,
    StaffMember,
)
from domain.rights import StaffRole
from storage.rows import AnyRow, any_of, record_of, upsert
from storage.straight import Question
from storage.tables import (
    clients,
    enrolments,
    invitations,
    members,
    partners,
    people,
    preferences,
    staff,
)

_ENROLMENTS = (
    select(func.count())
    .select_from(members.join(enrolments, enrolments.c.partner_id == members.c.partner_id))
    .where(members.c.person_id == people.c.id, members.c.left_at.is_(None))
    .correlate(people)
    .scalar_subquery()
)
_OLDEST = (
    select(enrolments.c.program)
    .where(enrolments.c.partner_id == members.c.partner_id)
    .order_by(enrolments.c.joined_at, enrolments.c.id)
    .limit(1)
    .correlate(members)
    .scalar_subquery()
)
_PERSON = (people.c.id, people.c.language, people.c.name, people.c.username, preferences.c.zone)


_PERSON_BY_ID = Question(
    select(*_PERSON)
    .outerjoin(preferences, preferences.c.person_id == people.c.id)
    .where(people.c.id == bindparam("person_id", type_=people.c.id.type))
)
_PEOPLE_BY_IDS = Question(
    select(*_PERSON)
    .outerjoin(preferences, preferences.c.person_id == people.c.id)
    .where(any_of(people.c.id))
)
_CALLER = Question(
    select(
        *_PERSON,
        staff.c.role.label("staff_role"),
        members.c.partner_id,
        members.c.role.label("member_role"),
        people.c.chosen_partner_id,
        people.c.chosen_program,
        _OLDEST.label("oldest_program"),
        _ENROLMENTS.label("enrolments"),
        clients.c.id.label("client_id"),
    )
    .outerjoin(preferences, preferences.c.person_id == people.c.id)
    .outerjoin(staff, (staff.c.person_id == people.c.id) & staff.c.removed_at.is_(None))
    .outerjoin(members, (members.c.person_id == people.c.id) & members.c.left_at.is_(None))
    .outerjoin(clients, (clients.c.telegram_id == people.c.id) & clients.c.deleted_at.is_(None))
    .where(people.c.id == bindparam("person_id", type_=people.c.id.type))
    .order_by(
        case((members.c.partner_id == people.c.chosen_partner_id, 0), else_=1),
        members.c.joined_at,
        clients.c.id,
    )
    .limit(1)
)
_OWN = Question(
    select(
        enrolments.c.id,
        enrolments.c.partner_id,
        partners.c.name.label("partner_name"),
        enrolments.c.program,
        members.c.role,
        enrolments.c.left_at.is_not(None).label("has_left"),
    )
    .join(members, members.c.partner_id == enrolments.c.partner_id)
    .join(partners, partners.c.id == enrolments.c.partner_id)
    .where(members.c.person_id == bindparam("person_id"), members.c.left_at.is_(None))
    .order_by(enrolments.c.joined_at, enrolments.c.id)
)


class PeopleRepository:
    """Persons on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def caller(self, person_id: int) -> Caller | None:
        """Return who stands behind a Telegram id, in one read; ``None`` for a stranger."""
        rows = await _CALLER.rows(self._connection, person_id=person_id)
        if not rows:
            return None
        row = rows[0]
        return Caller(
            person=Person(
                id=row.id,
                language=row.language,
                name=row.name,
                username=row.username,
                zone=row.zone,
            ),
            staff_role=row.staff_role,
            membership=_membership(row),
            client_id=row.client_id,
        )

    async def own_enrolments(self, person_id: int) -> Sequence[OwnEnrolment]:
        """Return every enrolment of every partner that the person belongs to, oldest first."""
        return await _OWN.records(OwnEnrolment, self._connection, person_id=person_id)

    async def choose_enrolment(self, person_id: int, partner_id: int, program: str) -> None:
        """Let the person work in this enrolment from now on."""
        await self._connection.execute(
            update(people)
            .where(people.c.id == person_id)
            .values(chosen_partner_id=partner_id, chosen_program=program)
        )

    async def keep(self, person: Person, *, at: datetime) -> None:
        """Keep a person's name, user name and language."""
        values = {
            "language": person.language,
            "name": person.name,
            "username": person.username,
            "blocked_at": None,
        }
        statement = upsert(self._connection, people).values(id=person.id, created_at=at, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["id"], set_=values)
        )

    async def get(self, person_id: int) -> Person | None:
        """Return a person."""
        found = await _PERSON_BY_ID.records(Person, self._connection, person_id=person_id)
        return found[0] if found else None

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Person]:
        """Return those of these persons who are known."""
        return await _PEOPLE_BY_IDS.records(Person, self._connection, keys=list(ids))

    async def set_blocked(self, person_id: int, at: datetime | None) -> None:
        """Keep that the person blocked the bot, or opened it again."""
        await self._connection.execute(
            update(people).where(people.c.id == person_id).values(blocked_at=at)
        )

    async def forget(self, person_id: int) -> None:
        """Delete what is kept of a person that is nothing here any more."""
        await self._connection.execute(delete(people).where(people.c.id == person_id))


def _membership(row: AnyRow) -> Membership | None:
    if not row.partner_id:
        return None
    chosen = row.chosen_program if row.partner_id == row.chosen_partner_id else None
    return Membership(
        partner_id=row.partner_id,
        role=row.member_role,
        program=chosen or row.oldest_program,
        enrolments=row.enrolments,
    )


class StaffRepository:
    """Staff on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def role_of(self, person_id: int) -> StaffRole | None:
        """Return the person's role now; owners of the config are not kept here."""
        role: StaffRole | None = await self._connection.scalar(
            select(staff.c.role).where(
                staff.c.person_id == person_id, staff.c.removed_at.is_(None)
            )
        )
        return role

    async def all(self) -> Sequence[StaffMember]:
        """Return the active staff."""
        rows = await self._connection.execute(
            select(staff.c.person_id, staff.c.role, staff.c.joined_at, people.c.name)
            .outerjoin(people, people.c.id == staff.c.person_id)
            .where(staff.c.removed_at.is_(None))
            .order_by(staff.c.joined_at, staff.c.person_id)
        )
        return [
            StaffMember(
                person_id=row.person_id,
                role=row.role,
                name=row.name or str(row.person_id),
                joined_at=row.joined_at,
            )
            for row in rows
        ]

    async def put(self, person_id: int, role: StaffRole, *, invited_by: int, at: datetime) -> None:
        """Give a role."""
        values = {"role": role, "invited_by": invited_by, "joined_at": at, "removed_at": None}
        statement = upsert(self._connection, staff).values(person_id=person_id, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["person_id"], set_=values)
        )

    async def remove(self, person_id: int, *, at: datetime) -> bool:
        """End a role; ``False`` when there was none."""
        result = await self._connection.execute(
            update(staff)
            .where(staff.c.person_id == person_id, staff.c.removed_at.is_(None))
            .values(removed_at=at)
        )
        return result.rowcount > 0

    async def invite(self, invitation: Invitation, at: datetime) -> None:
        """Keep an invitation."""
        await self._connection.execute(
            invitations.insert().values(
                token_hash=invitation.token_hash,
                role=invitation.role,
                created_by=invitation.created_by,
                created_at=at,
                expires_at=invitation.expires_at,
            )
        )

    async def invitation(self, token_hash: str) -> Invitation | None:
        """Return an invitation, locked for use."""
        names = ("token_hash", "role", "created_by", "expires_at", "used_by")
        row = (
            await self._connection.execute(
                select(*(invitations.c[name] for name in names))
                .where(invitations.c.token_hash == token_hash)
                .with_for_update()
            )
        ).first()
        return record_of(Invitation, row) if row else None

    async def use(self, token_hash: str, person_id: int, at: datetime) -> None:
        """Mark an invitation as used."""
        await self._connection.execute(
            update(invitations)
            .where(invitations.c.token_hash == token_hash)
            .values(used_by=person_id, used_at=at)
        )
