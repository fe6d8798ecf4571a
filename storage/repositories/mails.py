"""The home of e-mails owed and of people's addresses; whom and what is encrypted."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.mail import EmailAddress, Mail, MailCounts
from storage.rows import (
    AnyRow,
    among,
    delete_some,
    in_order,
    insert_all,
    upsert,
    values_of,
)
from storage.tables import email_addresses, mails
from storage.types import Instant
from storage.vault import Vault

_OPEN = text("sent_at IS NULL AND undelivered_at IS NULL")
_GIVEN_UP = text("undelivered_at IS NOT NULL")
_PLAIN = [
    column
    for column in mails.c
    if column.name in Mail.__dataclass_fields__ and column.name not in {"recipient", "params"}
]
_RECORD = [*_PLAIN, mails.c.recipient, mails.c.params]


class MailRepository:
    """E-mails owed, on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault, *, is_wanted: bool) -> None:
        """Work on the connection's transaction.

        Args:
            connection: Of the unit of work.
            vault: Seals addresses and words.
            is_wanted: A mail server is configured; without one nothing is owed, whoever adds.
        """
        self._connection = connection
        self._vault = vault
        self._is_wanted = is_wanted

    async def add(self, new: Sequence[Mail]) -> None:
        """Owe e-mails; where no mail server is configured, nothing is written."""
        if not self._is_wanted:
            return
        rows = [
            values_of(mail) | self._sealed(mail.id, mail) | {"due_at": mail.created_at}
            for mail in new
        ]
        await insert_all(self._connection, mails, rows)

    def _sealed(self, mail_id: int, mail: Mail | None) -> dict[str, bytes]:
        """Return what is secret of an e-mail, or nothing in its place."""
        params = json.dumps(mail.params if mail else {}, ensure_ascii=False)
        recipient = mail.recipient if mail else ""
        return {
            "recipient": self._vault.seal(recipient, context=f"mail:{mail_id}:recipient"),
            "params": self._vault.seal(params, context=f"mail:{mail_id}:params"),
        }

    def _record(self, row: AnyRow) -> Mail:
        values: dict[str, Any] = {column.name: getattr(row, column.name) for column in _PLAIN}
        recipient = self._vault.open(row.recipient, context=f"mail:{row.id}:recipient")
        params = json.loads(self._vault.open(row.params, context=f"mail:{row.id}:params"))
        return Mail(**values, recipient=recipient, params=params)

    async def has_due(self, *, now: datetime) -> bool:
        """Test if something is due; cheaper than a claim that finds nothing."""
        due = select(literal(1)).where(_OPEN, mails.c.due_at <= now).limit(1)
        return (await self._connection.scalar(due.select_from(mails))) is not None

    async def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Mail]:
        """Lease due e-mails, oldest first.

        The lease is ``due_at`` moved ahead: a sender that dies gives its e-mails back by itself.
        """
        found = await self._connection.scalars(
            select(mails.c.id)
            .where(_OPEN, mails.c.due_at <= now)
            .order_by(mails.c.due_at, mails.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = (
            update(mails)
            .where(among(mails.c.id, found.all()))
            .values(
                due_at=lease_until,
                attempts=mails.c.attempts + 1,
                tried_since=func.coalesce(mails.c.tried_since, literal(now, Instant())),
            )
            .returning(*_RECORD)
        )
        rows = (await self._connection.execute(claimed)).all()
        return sorted(map(self._record, rows), key=lambda mail: mail.id)

    async def sent(self, mail_id: int, *, at: datetime) -> None:
        """Keep that the mail server took it, and forget to whom and what."""
        await self._connection.execute(
            update(mails)
            .where(mails.c.id == mail_id)
            .values(**self._sealed(mail_id, None), sent_at=at, undelivered_at=None, error=None)
        )

    async def postpone(self, mail_id: int, *, until: datetime, error: str) -> None:
        """Try again later; another sender may have delivered it meanwhile."""
        await self._connection.execute(
            update(mails).where(mails.c.id == mail_id, _OPEN).values(due_at=until, error=error)
        )

    async def give_up(self, mail_id: int, *, at: datetime, error: str) -> None:
        """Leave it to staff."""
        await self._connection.execute(
            update(mails)
            .where(mails.c.id == mail_id, _OPEN)
            .values(undelivered_at=at, error=error)
        )

    async def counts(self) -> MailCounts:
        """Return how many wait and how many were given up."""
        waiting = select(func.count()).select_from(mails).where(_OPEN)
        given_up = select(func.count()).select_from(mails).where(_GIVEN_UP)
        return MailCounts(
            waiting=await self._connection.scalar(waiting) or 0,
            undelivered=await self._connection.scalar(given_up) or 0,
        )

    async def undelivered(self, *, after: int, limit: int) -> Sequence[Mail]:
        """Return e-mails that were given up, by id after ``after``."""
        rows = await self._connection.execute(
            select(*_RECORD).where(_GIVEN_UP, mails.c.id > after).order_by(mails.c.id).limit(limit)
        )
        return list(map(self._record, rows))

    async def retry(self, mail_id: int | None, *, at: datetime) -> int:
        """Let one that was given up be sent again, or all of them; return how many."""
        meant = [_GIVEN_UP] if mail_id is None else [_GIVEN_UP, mails.c.id == mail_id]
        statement = update(mails).where(in_order(mails, *meant))
        result = await self._connection.execute(
            statement.values(undelivered_at=None, due_at=at, attempts=0, tried_since=None)
        )
        return int(result.rowcount)

    async def forget_person(self, person_id: int) -> None:
        """Delete every e-mail to a person, and its address: it is forgotten."""
        await self._connection.execute(
            delete(mails).where(in_order(mails, mails.c.person_id == person_id))
        )
        await self._connection.execute(
            delete(email_addresses).where(email_addresses.c.person_id == person_id)
        )

    async def forget(self, *, before: datetime, limit: int) -> int:
        """Delete some that were sent or given up long ago; return how many."""
        ended = or_(mails.c.sent_at < before, mails.c.undelivered_at < before)
        return len(await delete_some(self._connection, mails.c.id, ended, limit=limit))

    async def address(self, person_id: int, *, lock: bool = False) -> EmailAddress | None:
        """Return the address that a person named; with ``lock`` nobody else changes it."""
        statement = select(email_addresses).where(email_addresses.c.person_id == person_id)
        if lock:
            statement = statement.with_for_update()
        row = (await self._connection.execute(statement)).first()
        if row is None:
            return None
        values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
        for name in ("address", "code"):
            values[name] = self._vault.open(values[name], context=f"email:{person_id}:{name}")
        return EmailAddress(**values)

    async def put_address(self, address: EmailAddress) -> None:
        """Keep a person's address in the place of the one before."""
        values = values_of(address)
        for name in ("address", "code"):
            context = f"email:{address.person_id}:{name}"
            values[name] = self._vault.seal(values[name], context=context)
        statement = upsert(self._connection, email_addresses).values(values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["person_id"], set_=values)
        )
