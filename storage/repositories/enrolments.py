"""The home of enrolments in sets: by codes and ids, with members and identities."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.contacts import normal_email, normal_phone
from domain.entities.application import ApplicationStatus
from domain.entities.partner import Enrolment, LegalForm, PartnerIdentity
from domain.entities.questionnaire import FieldKind
from domain.rights import MemberRole
from storage.rows import AnyRow, among, any_of
from storage.sheets import Sheet
from storage.straight import Question
from storage.tables import (
    application_answers,
    applications,
    clients,
    email_addresses,
    enrolments,
    links,
    members,
    partners,
    requisites,
)
from storage.vault import Vault

TAX_IDS = frozenset(
    {
        FieldKind.INN,
        FieldKind.EDRPOU,
        FieldKind.RNOKPP,
        FieldKind.EIK,
        FieldKind.VAT,
        FieldKind.TAX_ID,
    }
)
"""Fields of applications and requisites that name a taxpayer."""
Named = Mapping[str, set[str]]
"""What a partner told of itself: by ``email``, ``phone`` and ``tax_id``."""

_STANDING = Sheet(enrolments, Enrolment)
_BY_IDS = Question(select(enrolments).where(any_of(enrolments.c.id)))
_ADMINS = Question(
    select(enrolments.c.id, members.c.person_id)
    .join(members, members.c.partner_id == enrolments.c.partner_id)
    .where(
        any_of(enrolments.c.id),
        members.c.role == bindparam("role", type_=members.c.role.type),
        members.c.left_at.is_(None),
    )
    .order_by(members.c.person_id)
)


def _identity(rows: Sequence[AnyRow], named: Named) -> PartnerIdentity:
    """Return who a partner is: its members, the clients they are, and what it told of itself."""
    emails = {row.email for row in rows if row.email} | named["email"]
    phones = {row.phone for row in rows if row.phone} | named["phone"]
    return PartnerIdentity(
        telegram_ids=frozenset(row.person_id for row in rows if row.person_id),
        emails=frozenset(map(normal_email, emails)),
        phones=frozenset(map(normal_phone, phones)),
        tax_ids=frozenset({row.tax_id for row in rows if row.tax_id} | named["tax_id"]),
        vendor_account_id=rows[0].vendor_account_id,
    )


class EnrolmentRepository:
    """Enrolments on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def by_codes(self, codes: Iterable[str]) -> Mapping[str, int]:
        """Return the enrolment id of each known code."""
        rows = await self._connection.execute(
            select(links.c.code, links.c.enrolment_id).where(among(links.c.code, codes))
        )
        return {row.code: row.enrolment_id for row in rows}

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Enrolment]:
        """Return enrolments."""
        return await _BY_IDS.records(Enrolment, self._connection, keys=list(ids))

    async def identities(self, ids: Iterable[int]) -> Mapping[int, PartnerIdentity]:
        """Return what self-referral is judged by, for each enrolment (R4)."""
        rows = await self._connection.execute(
            select(
                enrolments.c.id.label("enrolment_id"),
                enrolments.c.partner_id,
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
        told = await self._told({row.partner_id for own in found.values() for row in own})
        return {key: _identity(own, told[own[0].partner_id]) for key, own in found.items()}

    async def _told(self, partner_ids: set[int]) -> Mapping[int, Named]:
        """Return what partners told of themselves in applications, requisites and for e-mail."""
        told: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in await self._connection.execute(
            select(applications.c.partner_id, application_answers)
            .join(applications, applications.c.id == application_answers.c.application_id)
            .where(
                among(applications.c.partner_id, partner_ids),
                applications.c.status == ApplicationStatus.APPROVED,
                application_answers.c.field.in_(TAX_IDS | {FieldKind.EMAIL, FieldKind.PHONE}),
            )
        ):
            context = f"application:{row.application_id}:{row.field}"
            name = "tax_id" if row.field in TAX_IDS else str(row.field)
            told[row.partner_id][name].add(self._vault.open(row.value, context=context))
        for row in await self._connection.execute(
            select(requisites.c.partner_id, requisites.c.fields).where(
                among(requisites.c.partner_id, partner_ids)
            )
        ):
            context = f"requisites:{row.partner_id}"
            fields = json.loads(self._vault.open(row.fields, context=context))
            told[row.partner_id]["tax_id"] |= {fields[name] for name in TAX_IDS if name in fields}
        for row in await self._connection.execute(
            select(members.c.partner_id, email_addresses.c.person_id, email_addresses.c.address)
            .join(members, members.c.person_id == email_addresses.c.person_id)
            .where(
                among(members.c.partner_id, partner_ids),
                members.c.left_at.is_(None),
                email_addresses.c.confirmed_at.is_not(None),
            )
        ):
            context = f"email:{row.person_id}:address"
            told[row.partner_id]["email"].add(self._vault.open(row.address, context=context))
        return told

    async def admins(self, ids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
        """Return the Telegram ids of each enrolment's admins."""
        rows = await _ADMINS.rows(self._connection, keys=list(ids), role=MemberRole.ADMIN)
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
        await _STANDING.update(self._connection, changed)
