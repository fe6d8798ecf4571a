"""The home of the repository of privacy: one person's data, and their end."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Text, delete, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import EnrolmentStatus
from domain.rights import MemberRole
from storage.repositories.privacy.about import AboutPerson
from storage.rows import update_all
from storage.tables import (
    certificates,
    conversations,
    enrolments,
    invoices,
    links,
    members,
    outbound_events,
    partners,
    payout_accounts,
    payouts,
    people,
    requisites,
)
from storage.vault import Vault

_OWN_WORDS = ("comment", "subject", "text")


class PrivacyRepository:
    """One person's data on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def about(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return all that is stored about a person; names of other people stay out."""
        return await AboutPerson(self._connection, self._vault).about(person_id)

    async def others(self, partner_id: int, person_id: int) -> Sequence[tuple[str, MemberRole]]:
        """Return name and role of the other members of a partner, oldest first."""
        rows = await self._connection.execute(
            select(people.c.name, members.c.role)
            .outerjoin(people, people.c.id == members.c.person_id)
            .where(
                members.c.partner_id == partner_id,
                members.c.person_id != person_id,
                members.c.left_at.is_(None),
            )
            .order_by(members.c.joined_at, members.c.person_id)
        )
        return [(row.name or "", row.role) for row in rows]

    async def leave(self, partner_id: int, person_id: int, *, at: datetime) -> None:
        """End a membership."""
        await self._connection.execute(
            update(members)
            .where(members.c.partner_id == partner_id, members.c.person_id == person_id)
            .values(left_at=at)
        )

    async def rename_partner(self, partner_id: int, name: str) -> None:
        """Give a partner another name."""
        await self._connection.execute(
            update(partners).where(partners.c.id == partner_id).values(name=name)
        )

    async def end_partner(self, partner_id: int, name: str) -> None:
        """End a partner's enrolments and take its own words out of what is kept."""
        own = select(enrolments.c.id).where(enrolments.c.partner_id == partner_id)
        for statement in (
            update(payouts).where(payouts.c.enrolment_id.in_(own)).values(comment=""),
            update(links).where(links.c.enrolment_id.in_(own)).values(label=""),
            update(certificates).where(certificates.c.enrolment_id.in_(own)).values(name=""),
            delete(requisites).where(requisites.c.partner_id == partner_id),
            delete(payout_accounts).where(payout_accounts.c.enrolment_id.in_(own)),
            update(enrolments)
            .where(enrolments.c.partner_id == partner_id)
            .values(status=EnrolmentStatus.ENDED),
            update(partners)
            .where(partners.c.id == partner_id)
            .values(name=name, vendor_account_id=None),
        ):
            await self._connection.execute(statement)
        for invoice_id in (
            await self._connection.scalars(
                select(invoices.c.id).where(invoices.c.enrolment_id.in_(own))
            )
        ).all():
            nothing = self._vault.seal("", context=f"invoice:{invoice_id}")
            await self._connection.execute(
                update(invoices).where(invoices.c.id == invoice_id).values(reference=nothing)
            )

    async def forget_words(self, codes: Sequence[str]) -> None:
        """Take a partner's own words out of what the vendor was told: pay-outs and questions.

        No index finds it by partner, so hold no lock meanwhile.
        """
        told = outbound_events.c
        for code in codes:
            rows = await self._connection.execute(
                select(told.id, told.data)
                .where(
                    or_(told.type.like("payout.%"), told.type.like("ticket.%")),
                    type_coerce(told.data, Text).like(f'%"partner_code": "{code}"%'),
                )
                .order_by(told.id)
            )
            wordless = [
                {
                    "id": row.id,
                    "data": row.data | {word: "" for word in _OWN_WORDS if word in row.data},
                }
                for row in rows
            ]
            await update_all(self._connection, outbound_events, wordless)

    async def forget_forms(self, person_id: int) -> None:
        """Delete the forms of a person; no index finds them, so hold no lock meanwhile."""
        await self._connection.execute(
            delete(conversations).where(conversations.c.key.like(f"%:{person_id}"))
        )
