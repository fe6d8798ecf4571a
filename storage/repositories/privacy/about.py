"""The home of reading all that is stored about one person, sealed or not."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.question import LineKind
from domain.rights import MemberRole
from storage.repositories.privacy.plain import plain_statements
from storage.rows import AnyRow
from storage.tables import (
    application_answers,
    applications,
    claims,
    enrolments,
    members,
    payout_accounts,
    payouts,
    question_lines,
    questions,
    requisites,
)
from storage.vault import Vault, payout_account_context


class AboutPerson:
    """Reads one person's data on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def about(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return all that is stored about a person; names of other people stay out."""
        found = {
            name: [dict(row._mapping) for row in await self._rows(statement)]  # noqa: SLF001
            for name, statement in plain_statements(person_id).items()
        }
        found["payouts"] = await self._payouts(person_id)
        found["payout_accounts"] = await self._payout_accounts(person_id)
        found["questions"] = await self._questions(person_id)
        found["requisites"] = await self._requisites(person_id)
        found["claims"] = await self._claims(person_id)
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

    async def _claims(self, person_id: int) -> list[dict[str, object]]:
        """Return the claims and objections of a person, with its own words."""
        rows = await self._rows(
            select(claims).where(claims.c.opened_by == person_id).order_by(claims.c.id)
        )
        return [
            {
                "program": row.program,
                "status": row.status,
                "created_at": row.opened_at,
                "named": self._vault.open(row.named, context=f"claim:{row.id}:named"),
                "text": self._vault.open(row.comment, context=f"claim:{row.id}:comment"),
                "decided_at": row.decided_at,
                "answer": row.reason_text,
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
