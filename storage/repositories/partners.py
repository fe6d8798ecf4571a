"""The home of partners one by one: joining, members, links."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import Enrolment, LegalForm, Link, Partner
from domain.rights import MemberRole
from storage.rows import insert_all, records_of, values_of
from storage.straight import Question
from storage.tables import enrolments, links, members, partners

_BY_ID = Question(select(partners).where(partners.c.id == bindparam("partner_id")))
_BY_CODE = Question(
    select(enrolments)
    .join(links, links.c.enrolment_id == enrolments.c.id)
    .where(links.c.code == bindparam("code"))
)
_ENROLMENTS = Question(
    select(enrolments)
    .where(enrolments.c.partner_id == bindparam("partner"))
    .order_by(enrolments.c.joined_at, enrolments.c.id)
)
_ROLE = Question(
    select(members.c.role).where(
        members.c.person_id == bindparam("person"),
        members.c.partner_id == bindparam("partner"),
        members.c.left_at.is_(None),
    )
)


class PartnerRepository:
    """Partners on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def add(self, partner: Partner) -> None:
        """Keep a new partner."""
        await insert_all(self._connection, partners, [values_of(partner)])

    async def add_member(
        self, partner_id: int, person_id: int, role: MemberRole, at: datetime
    ) -> None:
        """Let a person belong to a partner."""
        row = {"partner_id": partner_id, "person_id": person_id, "role": role, "joined_at": at}
        await insert_all(self._connection, members, [row])

    async def add_enrolment(self, enrolment: Enrolment) -> None:
        """Keep a new enrolment."""
        await insert_all(self._connection, enrolments, [values_of(enrolment)])

    async def add_link(self, link: Link, at: datetime) -> None:
        """Keep a new link."""
        await insert_all(self._connection, links, [values_of(link) | {"created_at": at}])

    async def links_of(self, enrolment_id: int) -> Sequence[Link]:
        """Return all links of an enrolment, its own first one in front, then the oldest first."""
        own = [column for column in links.c if column.name != "created_at"]
        rows = await self._connection.execute(
            select(*own)
            .join(enrolments, enrolments.c.id == links.c.enrolment_id)
            .where(links.c.enrolment_id == enrolment_id)
            .order_by(links.c.code != enrolments.c.code, links.c.created_at, links.c.code)
        )
        return records_of(Link, rows)

    async def change_link(self, link: Link) -> None:
        """Keep another label, or that a link was put away or taken out again."""
        await self._connection.execute(
            update(links)
            .where(links.c.code == link.code, links.c.enrolment_id == link.enrolment_id)
            .values(label=link.label, archived_at=link.archived_at)
        )

    async def code_is_free(self, code: str) -> bool:
        """Test if no link has the code."""
        taken = await self._connection.scalar(select(links.c.code).where(links.c.code == code))
        return taken is None

    async def get(self, partner_id: int) -> Partner | None:
        """Return a partner."""
        found = await _BY_ID.records(Partner, self._connection, partner_id=partner_id)
        return found[0] if found else None

    async def set_vendor_account(self, partner_id: int, account_id: str) -> None:
        """Keep the partner's own account with the vendor (R30)."""
        await self._connection.execute(
            update(partners)
            .where(partners.c.id == partner_id)
            .values(vendor_account_id=account_id)
        )

    async def set_legal_form(self, partner_id: int, form: LegalForm) -> None:
        """Keep what the partner is before the law (R21)."""
        await self._connection.execute(
            update(partners).where(partners.c.id == partner_id).values(legal_form=form)
        )

    async def set_dossier(self, partner_id: int, dossier_id: int) -> None:
        """Keep where the partner's papers are."""
        await self._connection.execute(
            update(partners).where(partners.c.id == partner_id).values(dossier_id=dossier_id)
        )

    async def enrolments_of(self, partner_id: int) -> Sequence[Enrolment]:
        """Return the partner's enrolments, oldest first."""
        return await _ENROLMENTS.records(Enrolment, self._connection, partner=partner_id)

    async def programs(self) -> set[str]:
        """Return the keys of all programs that have partners."""
        return set(await self._connection.scalars(select(enrolments.c.program).distinct()))

    async def by_code(self, code: str) -> tuple[Partner, Enrolment] | None:
        """Return whose link has this code."""
        found = await _BY_CODE.records(Enrolment, self._connection, code=code.lower())
        if not found:
            return None
        partner = await self.get(found[0].partner_id)
        return (partner, found[0]) if partner else None

    async def role_of(self, person_id: int, partner_id: int) -> MemberRole | None:
        """Return the person's role in the partner now."""
        found = await _ROLE.rows(self._connection, person=person_id, partner=partner_id)
        return found[0].role if found else None
