"""The home of reading the audit trail: by person, by object, newest first, with names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.audit import GROUP_PREFIXES, AuditFilter, AuditGroup, AuditRow
from domain.ids import encode
from domain.money import Money
from storage.rows import among
from storage.tables import (
    adjustments,
    applications,
    audit,
    claims,
    client_ids,
    clients,
    enrolments,
    fraud_holds,
    invoices,
    links,
    partners,
    payments,
    payouts,
    people,
    pins,
    questions,
)

NUMBER_SIGNS = 6
PAYMENT = "payment:"


class TrailRepository:
    """The audit trail on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def page(
        self, wanted: AuditFilter, *, before: int | None, limit: int
    ) -> Sequence[AuditRow]:
        """Return rows, newest first, that are older than the one with the id ``before``."""
        statement = select(audit).where(*_conditions(wanted))
        if before is not None:
            statement = statement.where(audit.c.id < before)
        rows = (
            await self._connection.execute(statement.order_by(audit.c.id.desc()).limit(limit))
        ).all()
        labels = await self._labels({row.subject for row in rows})
        actors = {f"person:{row.actor}" for row in rows if row.actor is not None}
        names = await self._labels(actors)
        return [
            AuditRow(
                id=row.id,
                at=row.at,
                actor=row.actor,
                actor_name=names.get(f"person:{row.actor}"),
                role=row.role,
                action=row.action,
                subject=row.subject,
                label=labels.get(row.subject),
                details=row.details,
            )
            for row in rows
        ]

    async def person(self, name: str) -> int | None:
        """Return who has this user name, or this Telegram id."""
        bare = name.removeprefix("@")
        is_named = func.lower(people.c.username) == bare.lower()
        condition = is_named if name.startswith("@") else cast(people.c.id, String) == bare
        found: int | None = await self._connection.scalar(
            select(people.c.id).where(condition).order_by(people.c.id).limit(1)
        )
        return found

    async def partner(self, code: str) -> int | None:
        """Return whose link has this code."""
        found: int | None = await self._connection.scalar(
            select(enrolments.c.partner_id)
            .join(links, links.c.enrolment_id == enrolments.c.id)
            .where(links.c.code == code.lower())
        )
        return found

    async def client(self, shown_id: str) -> int | None:
        """Return who has this client id."""
        found: int | None = await self._connection.scalar(
            select(client_ids.c.client_id).where(client_ids.c.external_id == shown_id)
        )
        return found

    async def _labels(self, subjects: Iterable[str]) -> dict[str, str]:
        """Return the names of objects by how they are written down."""
        ids: dict[str, list[int]] = defaultdict(list)
        for subject in subjects:
            kind, _, number = subject.partition(":")
            if number.isascii() and number.isdigit() and int(number) < 2**63:
                ids[kind].append(int(number))
        found = {
            f"{kind}:{number}": name
            for kind, (table, column) in _NAMED.items()
            if ids[kind]
            for number, name in await self._names(table, column, ids[kind])
        }
        return found | await self._of_enrolments(ids)

    async def _names(
        self, table: Table, column: str, ids: Sequence[int]
    ) -> Sequence[tuple[int, str]]:
        rows = await self._connection.execute(
            select(table.c.id, table.c[column]).where(among(table.c.id, ids))
        )
        return [(row[0], str(row[1])) for row in rows]

    async def _of_enrolments(self, ids: dict[str, list[int]]) -> dict[str, str]:
        """Return enrolments by their partner, pay-outs by partner and number."""
        labels: dict[str, str] = {}
        if ids["enrolment"]:
            rows = await self._connection.execute(
                select(enrolments.c.id, partners.c.name)
                .join(partners, partners.c.id == enrolments.c.partner_id)
                .where(among(enrolments.c.id, ids["enrolment"]))
            )
            labels |= {f"enrolment:{row.id}": row.name for row in rows}
        if ids["payout"]:
            rows = await self._connection.execute(
                select(payouts.c.id, partners.c.name)
                .join(enrolments, enrolments.c.id == payouts.c.enrolment_id)
                .join(partners, partners.c.id == enrolments.c.partner_id)
                .where(among(payouts.c.id, ids["payout"]))
            )
            labels |= {
                f"payout:{row.id}": f"{encode(row.id)[-NUMBER_SIGNS:]} · {row.name}"
                for row in rows
            }
        return labels | await self._of_adjustments(ids["adjustment"])

    async def _of_adjustments(self, ids: Sequence[int]) -> dict[str, str]:
        """Return adjustments by their amount and partner: a number alone says nothing."""
        if not ids:
            return {}
        rows = await self._connection.execute(
            select(adjustments.c.id, adjustments.c.minor, adjustments.c.currency, partners.c.name)
            .join(enrolments, enrolments.c.id == adjustments.c.enrolment_id)
            .join(partners, partners.c.id == enrolments.c.partner_id)
            .where(among(adjustments.c.id, ids))
        )
        return {
            f"adjustment:{row.id}": f"{Money(row.minor, row.currency)} {row.currency} · {row.name}"
            for row in rows
        }


_NAMED: dict[str, tuple[Table, str]] = {
    "person": (people, "name"),
    "partner": (partners, "name"),
    "client": (clients, "shown_id"),
    "application": (applications, "number"),
}


_OF_CLIENT: dict[str, Table] = {
    "claim": claims,
    "invoice": invoices,
    "pin": pins,
    "ticket": questions,
}
"""What belongs to one client, by how its rows in the trail begin."""


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.actor is not None:
        subject = f"person:{wanted.actor}"
        conditions.append(or_(audit.c.actor == wanted.actor, audit.c.subject == subject))
    if wanted.client_id is not None:
        conditions.append(_concerns_client(wanted.client_id))
    if wanted.partner_id is not None:
        conditions.append(_concerns(wanted.partner_id))
    if wanted.group is not None:
        conditions.append(_in_group(wanted.group))
    if wanted.money_only:
        conditions.append(_in_group(AuditGroup.MONEY))
    return conditions


def _in_group(group: AuditGroup) -> ColumnElement[bool]:
    return or_(*(audit.c.action.like(f"{prefix}%") for prefix in GROUP_PREFIXES[group]))


def _named(kind: str, column: ColumnElement[Any]) -> ColumnElement[str]:
    return literal(f"{kind}:") + cast(column, String)


def _concerns_client(client_id: int) -> ColumnElement[bool]:
    """Return the condition of being about a client, its claims, pins, invoices or payments."""
    paid = select(payments.c.id).where(
        payments.c.payment_id == func.substr(audit.c.subject, len(PAYMENT) + 1),
        payments.c.client_id == client_id,
    )
    own = [
        select(_named(kind, table.c.id)).where(table.c.client_id == client_id)
        for kind, table in _OF_CLIENT.items()
    ]
    return or_(
        audit.c.subject == f"client:{client_id}",
        *(audit.c.subject.in_(one) for one in own),
        and_(audit.c.subject.like(f"{PAYMENT}%"), paid.exists()),
    )


def _concerns(partner_id: int) -> ColumnElement[bool]:
    """Return the condition of being about a partner, its enrolments or their money."""
    own = select(enrolments.c.id).where(enrolments.c.partner_id == partner_id)

    # A payment is looked up by its id, which is indexed: there may be millions of them.
    paid = select(payments.c.id).where(
        payments.c.payment_id == func.substr(audit.c.subject, len(PAYMENT) + 1),
        payments.c.enrolment_id.in_(own),
    )
    asked = select(_named("payout", payouts.c.id)).where(payouts.c.enrolment_id.in_(own))
    corrected = select(_named("adjustment", adjustments.c.id)).where(
        adjustments.c.enrolment_id.in_(own)
    )
    checked = select(_named("fraud_hold", fraud_holds.c.id)).where(
        fraud_holds.c.enrolment_id.in_(own)
    )
    enrolled = select(_named("enrolment", enrolments.c.id)).where(
        enrolments.c.partner_id == partner_id
    )
    return or_(
        audit.c.subject == f"partner:{partner_id}",
        audit.c.subject.in_(enrolled),
        audit.c.subject.in_(asked),
        audit.c.subject.in_(corrected),
        audit.c.subject.in_(checked),
        and_(audit.c.subject.like(f"{PAYMENT}%"), paid.exists()),
    )
