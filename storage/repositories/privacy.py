"""The home of everything about one person, and of its end."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Text, delete, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import EnrolmentStatus
from domain.entities.question import LineKind
from domain.rights import MemberRole
from storage.rows import AnyRow, update_all
from storage.tables import (
    application_answers,
    applications,
    audit,
    certificates,
    client_accounts,
    client_ids,
    client_invitations,
    clients,
    conversations,
    enrolments,
    invoices,
    ledger_accounts,
    links,
    members,
    notices,
    outbound_events,
    partners,
    payments,
    payout_accounts,
    payouts,
    people,
    pins,
    preferences,
    promos,
    question_lines,
    questions,
    referrals,
    requisites,
    staff,
    team_invitations,
)
from storage.vault import Vault, payout_account_context

NOTICES_MAX = 1_000
_OWN_WORDS = ("comment", "subject", "text")


class PrivacyRepository:
    """One person's data on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def about(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return all that is stored about a person; names of other people stay out."""
        found = {
            name: [dict(row._mapping) for row in await self._rows(statement)]  # noqa: SLF001
            for name, statement in _statements(person_id).items()
        }
        found["payouts"] = await self._payouts(person_id)
        found["payout_accounts"] = await self._payout_accounts(person_id)
        found["questions"] = await self._questions(person_id)
        found["requisites"] = await self._requisites(person_id)
        found["applications"] = await self._applications(person_id)
        return found

    async def _requisites(self, person_id: int) -> list[dict[str, object]]:
        own = select(members.c.partner_id).where(
            members.c.person_id == person_id,
            members.c.role == MemberRole.ADMIN,
            members.c.left_at.is_(None),
        )
        rows = await self._rows(select(requisites).where(requisites.c.partner_id.in_(own)))
        return [
            {
                "country": row.country,
                "form": row.form,
                "saved_at": row.saved_at,
                **json.loads(self._vault.open(row.fields, context=f"requisites:{row.partner_id}")),
            }
            for row in rows
        ]

    async def _rows(self, statement: Select[*tuple[object, ...]]) -> Sequence[AnyRow]:
        return (await self._connection.execute(statement)).all()

    async def _payouts(self, person_id: int) -> list[dict[str, object]]:
        own = select(members.c.partner_id).where(
            members.c.person_id == person_id, members.c.role == MemberRole.ADMIN
        )
        rows = await self._rows(
            select(
                payouts.c.id,
                payouts.c.minor,
                payouts.c.currency,
                payouts.c.status,
                payouts.c.account,
                payouts.c.comment,
                payouts.c.requested_at,
                payouts.c.settled_at,
            )
            .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
            .where(enrolments.c.partner_id.in_(own), payouts.c.requested_by == person_id)
            .order_by(payouts.c.requested_at)
        )
        return [
            {
                **row._mapping,  # noqa: SLF001
                "account": self._vault.open(row.account, context=f"payout:{row.id}"),
            }
            for row in rows
        ]

    async def _payout_accounts(self, person_id: int) -> list[dict[str, object]]:
        rows = await self._rows(
            select(payout_accounts).where(payout_accounts.c.named_by == person_id)
        )
        return [
            {
                "named_at": row.named_at,
                "account": self._vault.open(
                    row.account, context=payout_account_context(row.enrolment_id)
                ),
            }
            for row in rows
        ]

    async def _questions(self, person_id: int) -> list[dict[str, object]]:
        rows = await self._rows(
            select(
                questions.c.number,
                question_lines.c.id,
                question_lines.c.at,
                question_lines.c.text,
            )
            .join(questions, questions.c.id == question_lines.c.question_id)
            .where(
                question_lines.c.person_id == person_id, question_lines.c.kind == LineKind.WORDS
            )
            .order_by(question_lines.c.id)
        )
        return [
            {
                "number": row.number,
                "at": row.at,
                "text": self._vault.open(row.text, context=f"question_line:{row.id}:text"),
            }
            for row in rows
        ]

    async def _applications(self, person_id: int) -> list[dict[str, object]]:
        """Return the applications with each answer in a row of its own."""
        rows = await self._rows(
            select(
                applications.c.number,
                applications.c.program,
                applications.c.status,
                applications.c.started_at,
                applications.c.id,
                application_answers.c.field,
                application_answers.c.value,
            )
            .outerjoin(application_answers)
            .where(applications.c.person_id == person_id)
            .order_by(applications.c.number, application_answers.c.field)
        )
        return [
            {
                "number": row.number,
                "program": row.program,
                "status": row.status,
                "created_at": row.started_at,
                "kind": row.field or "",
                "text": self._vault.open(row.value, context=f"application:{row.id}:{row.field}")
                if row.value
                else "",
            }
            for row in rows
        ]

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
                select(told.id, told.data).where(
                    or_(told.type.like("payout.%"), told.type.like("ticket.%")),
                    type_coerce(told.data, Text).like(f'%"partner_code": "{code}"%'),
                )
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


def _statements(person_id: int) -> dict[str, Select[*tuple[object, ...]]]:
    """Return what reads each kind of data."""
    return {
        "person": select(people).where(people.c.id == person_id),
        "settings": select(preferences).where(preferences.c.person_id == person_id),
        **_of_client(clients.c.telegram_id == person_id),
        **_of_member((members.c.person_id == person_id) & members.c.left_at.is_(None)),
        "team_invitations": select(
            team_invitations.c.role, team_invitations.c.created_at, team_invitations.c.expires_at
        ).where(team_invitations.c.created_by == person_id),
        "invited_clients": select(
            client_invitations.c.created_at,
            client_invitations.c.accepted_at,
            client_invitations.c.revoked_at,
        ).where(client_invitations.c.invited_by == person_id),
        "staff": select(staff.c.role, staff.c.joined_at, staff.c.removed_at).where(
            staff.c.person_id == person_id
        ),
        "notices": select(notices.c.kind, notices.c.created_at, notices.c.sent_at)
        .where(notices.c.recipient == person_id)
        .order_by(notices.c.id.desc())
        .limit(NOTICES_MAX),
        "actions": select(audit.c.at, audit.c.action, audit.c.subject)
        .where(audit.c.actor == person_id)
        .order_by(audit.c.id.desc())
        .limit(NOTICES_MAX),
    }


def _of_client(own: ColumnElement[bool]) -> dict[str, Select[*tuple[object, ...]]]:
    return {
        "client": select(
            clients.c.shown_id,
            clients.c.name,
            clients.c.email,
            clients.c.phone,
            clients.c.tax_id,
            clients.c.legal_form,
            clients.c.registered_at,
        ).where(own),
        "client_ids": select(client_ids.c.external_id).join(clients).where(own),
        "client_accounts": select(
            client_accounts.c.account_id, client_accounts.c.name, client_accounts.c.created_at
        )
        .join(clients)
        .where(own),
        "pins": select(pins.c.program, pins.c.account_id, pins.c.status, pins.c.created_at)
        .join(clients, clients.c.id == pins.c.client_id)
        .where(own),
        "referrals": select(
            referrals.c.program, referrals.c.registered_at, referrals.c.earns_until
        )
        .join(clients, clients.c.id == referrals.c.client_id)
        .where(own),
        "promo_codes": select(
            promos.c.program, promos.c.given_at, promos.c.activated_at, promos.c.expires_at
        )
        .join(clients, clients.c.id == promos.c.client_id)
        .where(own),
        "payments": select(
            payments.c.payment_id, payments.c.minor, payments.c.currency, payments.c.paid_at
        )
        .join(clients, clients.c.id == payments.c.client_id)
        .where(own)
        .order_by(payments.c.paid_at),
    }


def _of_member(own: ColumnElement[bool]) -> dict[str, Select[*tuple[object, ...]]]:
    own_admin = own & (members.c.role == MemberRole.ADMIN)
    return {
        "membership": select(partners.c.name.label("partner"), members.c.role, members.c.joined_at)
        .join(partners, partners.c.id == members.c.partner_id)
        .where(own),
        "vendor_account": select(partners.c.vendor_account_id)
        .join(members, members.c.partner_id == partners.c.id)
        .where(own_admin),
        "enrolments": select(
            enrolments.c.program,
            enrolments.c.code,
            enrolments.c.status,
            enrolments.c.terms_version,
            enrolments.c.joined_at,
            enrolments.c.tier,
        )
        .join(members, members.c.partner_id == enrolments.c.partner_id)
        .where(own),
        "certificates": select(
            certificates.c.number,
            certificates.c.name,
            certificates.c.issued_at,
            certificates.c.replaced_at,
        )
        .join(enrolments, enrolments.c.id == certificates.c.enrolment_id)
        .join(members, members.c.partner_id == enrolments.c.partner_id)
        .where(own_admin),
        "balance": select(
            enrolments.c.program,
            ledger_accounts.c.kind,
            ledger_accounts.c.balance.label("minor"),
            ledger_accounts.c.currency,
        )
        .join(enrolments, enrolments.c.id == ledger_accounts.c.enrolment_id)
        .join(members, members.c.partner_id == enrolments.c.partner_id)
        .where(own_admin, ledger_accounts.c.balance != 0),
    }
