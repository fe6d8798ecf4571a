"""The home of claims and of the questions before them; what was named is encrypted."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import and_, func, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.claim import (
    CLIENT_ERASED,
    Claim,
    ClaimOrigin,
    ClaimStatus,
    ClaimView,
    NamedBy,
    NamedClient,
    OwnDay,
)
from domain.entities.event import EventStatus
from storage.rows import AnyRow, insert_all, values_of
from storage.tables import (
    claims,
    client_accounts,
    client_ids,
    client_questions,
    clients,
    daily_stats,
    enrolments,
    events,
    partners,
    people,
    referrals,
)
from storage.tables.claims import CLAIM_OPEN
from storage.vault import Vault

_NAMES_MAX = 20
_SEALED = ("named", "comment")
NOBODY = 0
"""Who opened a claim, after that person was erased."""


class ClaimRepository:
    """Claims on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    def key_of(self, named: NamedClient) -> str:
        """Return a keyed digest of what was named; it tells nothing to who has only a copy."""
        return self._vault.mark(f"{named.by.value}:{named.value}", context="claim")

    async def add(self, claim: Claim) -> None:
        """Keep a new claim."""
        sealed = {
            name: self._vault.seal(getattr(claim, name), context=f"claim:{claim.id}:{name}")
            for name in _SEALED
        }
        await insert_all(self._connection, claims, [values_of(claim) | sealed])

    async def update(self, claim: Claim) -> None:
        """Keep the next state of a claim."""
        await self._connection.execute(
            update(claims)
            .where(claims.c.id == claim.id)
            .values(values_of(claim, but=("id", *_SEALED)))
        )

    async def forget_client(self, client_id: int, *, at: datetime) -> None:
        """Erase what was named and said in the claims about a client.

        Its own objections lose whose they are, and an open one ends: nobody could be told.
        """
        about = claims.c.client_id == client_id
        own = and_(about, claims.c.origin == ClaimOrigin.CLIENT)
        for claim_id in (await self._connection.scalars(select(claims.c.id).where(about))).all():
            sealed = {
                name: self._vault.seal("", context=f"claim:{claim_id}:{name}") for name in _SEALED
            }
            await self._connection.execute(
                update(claims).where(claims.c.id == claim_id).values(sealed)
            )
        ended = {"status": ClaimStatus.REJECTED, "decided_at": at, "reason_code": CLIENT_ERASED}
        await self._connection.execute(update(claims).where(own, CLAIM_OPEN).values(ended))
        nobody = {"opened_by": NOBODY, "name_key": ""}
        await self._connection.execute(update(claims).where(own).values(nobody))

    def _record(self, row: AnyRow) -> Claim:
        values = {c.name: getattr(row, c.name) for c in claims.c}
        for name in _SEALED:
            values[name] = self._vault.open(values[name], context=f"claim:{row.id}:{name}")
        return Claim(**values)

    async def get(self, claim_id: int) -> Claim | None:
        """Return a claim."""
        row = (
            await self._connection.execute(select(claims).where(claims.c.id == claim_id))
        ).first()
        return self._record(row) if row else None

    async def open_of(
        self, enrolment_id: int | None, *, name_key: str, client_id: int | None
    ) -> Claim | None:
        """Return the open claim of this asker about this client, by either way of naming it."""
        same = claims.c.name_key == name_key
        if client_id is not None:
            same = or_(same, claims.c.client_id == client_id)
        row = (
            await self._connection.execute(
                select(claims)
                .where(CLAIM_OPEN, claims.c.enrolment_id.is_not_distinct_from(enrolment_id), same)
                .limit(1)
            )
        ).first()
        return self._record(row) if row else None

    async def open_about(self, client_id: int) -> Sequence[Claim]:
        """Return all open claims about a client, oldest first."""
        rows = await self._connection.execute(
            select(claims).where(CLAIM_OPEN, claims.c.client_id == client_id).order_by(claims.c.id)
        )
        return [self._record(row) for row in rows]

    async def of_enrolment(self, enrolment_id: int, *, limit: int) -> Sequence[Claim]:
        """Return a partner's claims, newest first."""
        rows = await self._connection.execute(
            select(claims)
            .where(claims.c.enrolment_id == enrolment_id)
            .order_by(claims.c.opened_at.desc(), claims.c.id.desc())
            .limit(limit)
        )
        return [self._record(row) for row in rows]

    async def opened_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner opened claims since then, oldest first."""
        rows = await self._connection.scalars(
            select(claims.c.opened_at)
            .where(claims.c.enrolment_id == enrolment_id, claims.c.opened_at > since)
            .order_by(claims.c.opened_at)
        )
        return rows.all()

    async def waiting(self, *, after: tuple[datetime, int] | None, limit: int) -> Sequence[Claim]:
        """Return a page of open claims, the most urgent first."""
        statement = select(claims).where(CLAIM_OPEN)
        if after is not None:
            last = tuple_(literal(after[0], claims.c.due_at.type), literal(after[1]))
            statement = statement.where(tuple_(claims.c.due_at, claims.c.id) > last)
        rows = await self._connection.execute(
            statement.order_by(claims.c.due_at, claims.c.id).limit(limit)
        )
        return [self._record(row) for row in rows]

    async def due_before(self, at: datetime, *, reminders: int) -> Sequence[Claim]:
        """Return open claims that are due by then and were reminded of so often or less."""
        rows = await self._connection.execute(
            select(claims)
            .where(CLAIM_OPEN, claims.c.due_at <= at, claims.c.reminders <= reminders)
            .order_by(claims.c.due_at, claims.c.id)
        )
        return [self._record(row) for row in rows]

    async def ask(self, enrolment_id: int, *, at: datetime, outcome: str, id_: int) -> None:
        """Keep that a partner asked about a client."""
        row = {"id": id_, "enrolment_id": enrolment_id, "asked_at": at, "outcome": outcome}
        await insert_all(self._connection, client_questions, [row])

    async def asked_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner asked since then, oldest first."""
        rows = await self._connection.scalars(
            select(client_questions.c.asked_at)
            .where(
                client_questions.c.enrolment_id == enrolment_id,
                client_questions.c.asked_at > since,
            )
            .order_by(client_questions.c.asked_at)
        )
        return rows.all()

    async def clients_named(self, named: NamedClient) -> Sequence[int]:
        """Return our ids of the clients that this names, oldest first."""
        if named.by is NamedBy.ACCOUNT:
            found = (
                select(client_ids.c.client_id)
                .where(client_ids.c.external_id == named.value)
                .union(
                    select(client_accounts.c.client_id).where(
                        client_accounts.c.account_id == named.value
                    )
                )
            )
            return sorted((await self._connection.scalars(found)).all())
        column, value = {
            NamedBy.EMAIL: (clients.c.email_key, named.value),
            NamedBy.PHONE: (clients.c.phone_digits, named.value),
            NamedBy.PERSON: (clients.c.telegram_id, named.value),
        }[named.by]
        rows = await self._connection.scalars(
            select(clients.c.id)
            .where(column == (int(value) if named.by is NamedBy.PERSON else value))
            .order_by(clients.c.id)
        )
        return rows.all()

    async def parked_about(self, external_ids: Iterable[str]) -> bool:
        """Test if events about these ids of billing wait for something."""
        for external_id in external_ids:
            about = f'%"client_id":{_quoted(external_id)}%'
            found = await self._connection.scalar(
                select(events.c.id)
                .where(
                    events.c.status == EventStatus.PARKED,
                    or_(
                        events.c.waits_for == f"client:{external_id}",
                        events.c.waits_for.like("staff:%"),
                    ),
                    events.c.data.like(about, escape="\\"),
                )
                .limit(1)
            )
            if found is not None:
                return True
        return False

    async def day(self, enrolment_id: int, day: date, begin: datetime, end: datetime) -> OwnDay:
        """Return what came through the partner's links on a day."""
        counts = (
            await self._connection.execute(
                select(
                    func.coalesce(func.sum(daily_stats.c.clicks), 0).label("clicks"),
                    func.coalesce(func.sum(daily_stats.c.starts), 0).label("starts"),
                ).where(daily_stats.c.enrolment_id == enrolment_id, daily_stats.c.day == day)
            )
        ).one()
        names = await self._connection.scalars(
            select(clients.c.name)
            .join(referrals, referrals.c.client_id == clients.c.id)
            .where(
                referrals.c.enrolment_id == enrolment_id,
                referrals.c.registered_at >= begin,
                referrals.c.registered_at < end,
            )
            .order_by(referrals.c.registered_at)
            .limit(_NAMES_MAX)
        )
        return OwnDay(
            day=day.isoformat(),
            clicks=int(counts.clicks),
            starts=int(counts.starts),
            names=tuple(names.all()),
        )

    async def names(self, listed: Sequence[Claim]) -> Sequence[ClaimView]:
        """Return claims with the names of clients and partners, for a list."""
        views = []
        for claim in listed:
            row = (
                await self._connection.execute(
                    select(
                        select(clients.c.name)
                        .where(clients.c.id == claim.client_id)
                        .scalar_subquery()
                        .label("client_name"),
                        select(clients.c.shown_id)
                        .where(clients.c.id == claim.client_id)
                        .scalar_subquery()
                        .label("client_shown_id"),
                        select(people.c.name)
                        .where(people.c.id == claim.decided_by)
                        .scalar_subquery()
                        .label("decided_by_name"),
                    )
                )
            ).one()
            views.append(ClaimView(claim=claim, **row._mapping))  # noqa: SLF001
        return views

    async def partner_of(self, enrolment_id: int) -> tuple[str, str] | None:
        """Return code and name of a partner."""
        row = (
            await self._connection.execute(
                select(enrolments.c.code, partners.c.name)
                .join(partners, partners.c.id == enrolments.c.partner_id)
                .where(enrolments.c.id == enrolment_id)
            )
        ).first()
        return (row.code, row.name) if row else None


def _quoted(text: str) -> str:
    """Return an id as canonical JSON has it, with LIKE's own signs taken literally."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
