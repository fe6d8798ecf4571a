"""The home of the outbox and of the cards in the admin chat.

What somebody wrote to somebody stands sealed in a message, as it does in the correspondence.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, delete, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.notice import Notice
from storage.rows import AnyRow, among, in_order, insert_all, update_all, upsert
from storage.sheets import Sheet
from storage.tables import cards, notice_clients, notices
from storage.vault import Vault, VaultClosed

_OPEN = text("notices.sent_at IS NULL AND notices.dead_at IS NULL")
_LOST = text("sent_at IS NULL AND dead_at IS NOT NULL")


_OWED = Sheet(
    notices,
    Notice,
    made={
        "due_at": attrgetter("created_at"),
        "client_id": lambda notice: notice.params.get("client_id"),
    },
)
_NAMES = tuple(Notice.__dataclass_fields__)
_WRITTEN, _SEALED = "text", "sealed_text"
"""The parameter that holds somebody's own words, and its name in the table."""


class NoticeRepository:
    """Messages owed, on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def add(self, new: Sequence[Notice]) -> None:
        """Owe messages; they are sent after the commit."""
        await _OWED.insert(self._connection, [self._sealed(notice) for notice in new])
        named = [
            {"notice_id": notice.id, "client_id": client_id}
            for notice in new
            for client_id in {client["client_id"] for client in _clients_in(notice.params)}
        ]
        await insert_all(self._connection, notice_clients, named)

    def _sealed(self, notice: Notice) -> Notice:
        words = notice.params.get(_WRITTEN)
        if not words:
            return notice
        params = {name: value for name, value in notice.params.items() if name != _WRITTEN}
        sealed = self._vault.seal(str(words), context=f"notice:{notice.id}")
        return replace(notice, params=params | {_SEALED: b64encode(sealed).decode()})

    def _opened(self, rows: Sequence[AnyRow]) -> list[Notice]:
        found = []
        for row in rows:
            known = {name: row._mapping[name] for name in _NAMES}  # noqa: SLF001
            if _SEALED in known["params"]:
                known["params"] = self._read(row.id, dict(known["params"]))
            found.append(Notice(**known))
        return found

    def _read(self, notice_id: int, params: dict[str, Any]) -> dict[str, Any]:
        sealed = b64decode(params.pop(_SEALED))
        try:
            words = self._vault.open(sealed, context=f"notice:{notice_id}")
        except VaultClosed:
            # One lost key must not stop the messages of everybody else.
            words = ""
        return params | {_WRITTEN: words}

    async def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Notice]:
        """Lease the first open message of each recipient that has one due, oldest first.

        One message at a time per recipient keeps their order; the lease is ``due_at`` moved
        ahead, so a sender that dies gives its messages back by itself. What sleeps through quiet
        hours is passed over, and takes its old place when they are over.

        It goes along what is due until it has enough: a claim is made five times a second, and
        however much is owed by then, it must not read all of it.
        """
        rows = (await self._connection.execute(due_now(now, limit))).all()
        if not rows:
            return []
        await self._connection.execute(
            update(notices)
            .where(among(notices.c.id, [row.id for row in rows]))
            .values(due_at=lease_until, attempts=notices.c.attempts + 1)
        )
        return self._opened(rows)

    async def sent(self, notice_id: int, *, at: datetime) -> None:
        """Keep that the message was delivered."""
        await update_all(
            self._connection, notices, [{"id": notice_id, "sent_at": at, "error": None}]
        )

    async def postpone(
        self, notice_id: int, *, until: datetime, error: str, attempts: int | None = None
    ) -> None:
        """Try again later; ``attempts`` is how many count by now, if not all."""
        counted = {} if attempts is None else {"attempts": attempts}
        await self._set(notice_id, due_at=until, error=error, **counted)

    async def dead(self, notice_id: int, *, at: datetime, error: str) -> None:
        """Give up."""
        await self._set(notice_id, dead_at=at, error=error)

    async def lost(self, recipient: int, *, dead_since: datetime, limit: int) -> Sequence[Notice]:
        """Return what a recipient never got and nobody has looked after, newest first."""
        rows = await self._connection.execute(
            select(notices)
            .where(_LOST, notices.c.recipient == recipient, notices.c.dead_at >= dead_since)
            .order_by(notices.c.id.desc())
            .limit(limit)
        )
        return self._opened(rows.all())

    async def look_after_lost(self, recipient: int, *, at: datetime, again: bool) -> int:
        """Send lost messages of a recipient again, or let them be; return how many."""
        change = {"dead_at": None, "due_at": at, "attempts": 0} if again else {"sent_at": at}
        result = await self._connection.execute(
            update(notices)
            .where(in_order(notices, _LOST, notices.c.recipient == recipient))
            .values(**change)
        )
        return int(result.rowcount)

    async def _set(self, notice_id: int, **values: object) -> None:
        await self._connection.execute(
            update(notices).where(notices.c.id == notice_id).values(**values)
        )

    async def sleep(self, notice_id: int, *, until: datetime) -> None:
        """Hold a message through quiet hours; trying to send it counts for nothing."""
        await self._set(
            notice_id, due_at=until, asleep_until=until, attempts=notices.c.attempts - 1
        )

    async def wake(self, recipient: int, *, at: datetime) -> None:
        """Let what sleeps be judged anew: the recipient chose other quiet hours."""
        await self._connection.execute(
            update(notices)
            .where(
                in_order(
                    notices, notices.c.recipient == recipient, _OPEN, notices.c.asleep_until > at
                )
            )
            .values(due_at=at, asleep_until=None)
        )

    async def rename_client(self, client_id: int, name: str) -> None:
        """Put another name into every message about a client, sent ones too."""
        named = select(notice_clients.c.notice_id).where(notice_clients.c.client_id == client_id)
        for about in (notices.c.client_id == client_id, notices.c.id.in_(named)):
            rows = await self._connection.execute(
                select(notices.c.id, notices.c.params).where(about).order_by(notices.c.id)
            )
            renamed = [
                {"id": row.id, "params": _renamed(row.params, client_id, name)} for row in rows
            ]
            await update_all(self._connection, notices, renamed)

    async def forget_recipient(self, person_id: int) -> None:
        """Delete every message to a person: it is forgotten."""
        own = select(notices.c.id).where(notices.c.recipient == person_id)
        await self._connection.execute(
            delete(notice_clients).where(notice_clients.c.notice_id.in_(own))
        )
        await self._connection.execute(
            delete(notices).where(in_order(notices, notices.c.recipient == person_id))
        )

    async def forget(self, *, ended_before: datetime, first_id: int, limit: int) -> int:
        """Delete some that were sent or given up long ago; return how many.

        Args:
            ended_before: When they had ended.
            first_id: No id is above it of those that had; the key finds them then.
            limit: Most of them.
        """
        ended = or_(
            notices.c.sent_at < ended_before,
            and_(notices.c.sent_at.is_(None), notices.c.dead_at < ended_before),
        )
        chosen = select(notices.c.id).where(notices.c.id < first_id, ended)
        ids = list(await self._connection.scalars(chosen.order_by(notices.c.id).limit(limit)))
        for key in (notice_clients.c.notice_id, notices.c.id):
            await self._connection.execute(delete(key.table).where(among(key, ids)))
        return len(ids)

    async def keep_card(self, key: str, chat_id: int, message_id: int) -> None:
        """Remember the message that is the card of an object in the admin chat."""
        values = {"chat_id": chat_id, "message_id": message_id}
        statement = upsert(self._connection, cards).values(key=key, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_=values)
        )

    async def card(self, key: str) -> tuple[int, int] | None:
        """Return chat and message of an object's card."""
        row = (
            await self._connection.execute(
                select(cards.c.chat_id, cards.c.message_id).where(cards.c.key == key)
            )
        ).first()
        return (row.chat_id, row.message_id) if row else None


def due_now(now: datetime, limit: int) -> Select[Any]:
    """Return the question for the first open message of each recipient that has one due."""
    earlier = notices.alias("earlier")
    has_earlier = (
        select(earlier.c.id)
        .where(
            earlier.c.recipient == notices.c.recipient,
            earlier.c.id < notices.c.id,
            earlier.c.sent_at.is_(None),
            earlier.c.dead_at.is_(None),
            _is_awake(earlier, now),
        )
        .exists()
    )
    return (
        select(notices)
        .where(_OPEN, notices.c.due_at <= now, _is_awake(notices, now), ~has_earlier)
        .order_by(notices.c.due_at, notices.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=notices)
    )


def _is_awake(table: FromClause, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a message does not sleep through quiet hours."""
    return or_(table.c.asleep_until.is_(None), table.c.asleep_until <= now)


def _clients_in(params: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the clients that a message about several names."""
    clients: Sequence[Mapping[str, Any]] = params.get("clients", ())
    return clients


def _renamed(params: Mapping[str, Any], client_id: int, name: str) -> dict[str, Any]:
    if params.get("client_id") == client_id:
        return {**params, "client": name}
    clients = [
        {**client, "client": name} if client["client_id"] == client_id else client
        for client in _clients_in(params)
    ]
    return {**params, "clients": clients}
