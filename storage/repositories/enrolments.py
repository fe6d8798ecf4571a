"""The home of enrolments in sets: by codes and ids, with members and identities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.contacts import normal_email, normal_phone
from domain.entities.partner import Enrolment, LegalForm, PartnerIdentity
from domain.rights import MemberRole
from storage.rows import AnyRow, among, records_of, update_all, values_of
from storage.tables import clients, enrolments, links, members, partners


def _identity(rows: Sequence[AnyRow]) -> PartnerIdentity:
    """Return what the joined rows of members and of the clients they are say of a partner."""
    return PartnerIdentity(
        telegram_ids=frozenset(row.person_id for row in rows if row.person_id),
        emails=frozenset(normal_email(row.email) for row in rows if row.email),
        phones=frozenset(normal_phone(row.phone) for row in rows if row.phone),
        tax_ids=frozenset(row.tax_id for row in rows if row.tax_id),
        vendor_account_id=rows[0].vendor_account_id,
    )


class EnrolmentRepository:
    """Enrolments on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def by_codes(self, codes: Iterable[str]) -> Mapping[str, int]:
        """Return the enrolment id of each known code."""
        rows = await self._connection.execute(
            select(links.c.code, links.c.enrolment_id).where(among(links.c.code, codes))
        )
        return {row.code: row.enrolment_id for row in rows}

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Enrolment]:
        """Return enrolments."""
        rows = await self._connection.execute(
            select(enrolments).where(among(enrolments.c.id, ids))
        )
        return records_of(Enrolment, rows)

    async def identities(self, ids: Iterable[int]) -> Mapping[int, PartnerIdentity]:
        """Return what self-referral is judged by, for each enrolment (R4)."""
        rows = await self._connection.execute(
            select(
                enrolments.c.id.label("enrolment_id"),
                partners.c.vendor_account_id,
                members.c.person_id,
                clients.c.email,
                clients.c.phone,
                clients.c.tax_id,
            )
            .join(partners, partners.c.id == enrolments.c.partner_id)
            .outerjoin(
                members, (members.c.partner_id == partners.c.id) & members.c.left_at.is_(None)
            )
            .outerjoin(clients, clients.c.telegram_id == members.c.person_id)
            .where(among(enrolments.c.id, ids))
        )
        found: dict[int, list[AnyRow]] = defaultdict(list)
        for row in rows:
            found[row.enrolment_id].append(row)
        return {key: _identity(own) for key, own in found.items()}

    async def admins(self, ids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
        """Return the Telegram ids of each enrolment's admins."""
        rows = await self._connection.execute(
            select(enrolments.c.id, members.c.person_id)
            .join(members, members.c.partner_id == enrolments.c.partner_id)
            .where(
                among(enrolments.c.id, ids),
                members.c.role == MemberRole.ADMIN,
                members.c.left_at.is_(None),
            )
            .order_by(members.c.person_id)
        )
        found: dict[int, tuple[int, ...]] = {}
        for row in rows:
            found[row.id] = (*found.get(row.id, ()), row.person_id)
        return found

    async def legal_forms(self, ids: Iterable[int]) -> Mapping[int, LegalForm]:
        """Return the legal form behind each enrolment, of those whose partner has told it."""
        rows = await self._connection.execute(
            select(enrolments.c.id, partners.c.legal_form)
            .join(partners, partners.c.id == enrolments.c.partner_id)
            .where(among(enrolments.c.id, ids), partners.c.legal_form.is_not(None))
        )
        return {row.id: row.legal_form for row in rows}

    async def update(self, changed: Sequence[Enrolment]) -> None:
        """Keep the next state of enrolments."""
        await update_all(self._connection, enrolments, [values_of(row) for row in changed])
