"""The home of clients, their ids, accounts, clicks and referrals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.contacts import normal_email, normal_phone
from domain.entities.client import Click, Client, ClientAccount, Referral, ReferralMove
from storage.rows import among, any_of, insert_all, records_of, update_all, values_of
from storage.sheets import Sheet
from storage.straight import Question
from storage.tables import (
    clicks,
    client_accounts,
    client_ids,
    clients,
    referral_moves,
    referrals,
)

DERIVED = frozenset({"phone_digits", "email_key", "search"})
"""Columns that are made of the others, for finding a client."""
CLIENT_COLUMNS = [column for column in clients.c if column.name not in DERIVED]

_IDS = Question(select(client_ids).where(any_of(client_ids.c.external_id)))
_BY_IDS = Question(select(*CLIENT_COLUMNS).where(any_of(clients.c.id)))
_REFERRED = Sheet(referrals, Referral)
_CLICKS = Sheet(clicks, Click)
_REFERRALS = Question(select(referrals).where(any_of(referrals.c.client_id)))
_ACCOUNTS = Question(select(client_accounts).where(any_of(client_accounts.c.account_id)))


def search_text(name: str, email: str | None) -> str:
    """Return what a client is searched by: no database folds every alphabet by itself."""
    return f"{name.casefold()}\n{(email or '').casefold()}"


def _values(client: Client) -> dict[str, Any]:
    return values_of(client) | {
        "phone_digits": normal_phone(client.phone) if client.phone else None,
        "search": search_text(client.name, client.email),
        "email_key": normal_email(client.email) if client.email else None,
    }


class ClientRepository:
    """Clients on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def ids(self, external_ids: Iterable[str]) -> Mapping[str, int]:
        """Return our client id by each known external id."""
        rows = await _IDS.rows(self._connection, keys=list(external_ids))
        return {row.external_id: row.client_id for row in rows}

    async def ids_of(self, client_id: int) -> Sequence[str]:
        """Return every external id of a client."""
        rows = await self._connection.scalars(
            select(client_ids.c.external_id).where(client_ids.c.client_id == client_id)
        )
        return rows.all()

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Client]:
        """Return clients."""
        return await _BY_IDS.records(Client, self._connection, keys=list(ids))

    async def made_in_bot(
        self, telegram_ids: Iterable[int], phones: Iterable[str]
    ) -> Sequence[Client]:
        """Return clients made in the bot with one of these Telegram ids or phone digits."""
        same = or_(
            among(clients.c.telegram_id, telegram_ids), among(clients.c.phone_digits, phones)
        )
        rows = await self._connection.execute(
            select(*CLIENT_COLUMNS).where(clients.c.made_in_bot, same)
        )
        return records_of(Client, rows)

    async def by_telegram_ids(self, telegram_ids: Iterable[int]) -> Sequence[Client]:
        """Return clients with these Telegram ids."""
        rows = await self._connection.execute(
            select(*CLIENT_COLUMNS).where(among(clients.c.telegram_id, telegram_ids))
        )
        return records_of(Client, rows)

    async def by_phones(self, phones: Iterable[str]) -> Sequence[Client]:
        """Return clients with these phone digits."""
        rows = await self._connection.execute(
            select(*CLIENT_COLUMNS)
            .where(among(clients.c.phone_digits, phones))
            .order_by(clients.c.id)
        )
        return records_of(Client, rows)

    async def pending(self, click_ids: Iterable[str]) -> Sequence[Client]:
        """Return clients that wait for these reported clicks."""
        rows = await self._connection.execute(
            select(*CLIENT_COLUMNS).where(among(clients.c.pending_click_id, click_ids))
        )
        return records_of(Client, rows)

    async def add(self, new: Sequence[Client]) -> None:
        """Keep new clients."""
        await insert_all(self._connection, clients, [_values(client) for client in new])

    async def update(self, changed: Sequence[Client]) -> None:
        """Keep the next state of clients."""
        await update_all(self._connection, clients, [_values(client) for client in changed])

    async def add_ids(self, ids: Mapping[str, int]) -> None:
        """Let clients be known by more ids."""
        rows = [{"external_id": key, "client_id": value} for key, value in ids.items()]
        await insert_all(self._connection, client_ids, rows)

    async def move_ids(self, ids: Mapping[str, int]) -> None:
        """Let known ids be another client's from now on."""
        rows = [{"external_id": key, "client_id": value} for key, value in ids.items()]
        await update_all(self._connection, client_ids, rows, key="external_id")

    async def update_accounts(self, accounts: Sequence[ClientAccount]) -> None:
        """Keep the next state of client accounts."""
        rows = [values_of(account) for account in accounts]
        await update_all(self._connection, client_accounts, rows, key="account_id")

    async def accounts(self, account_ids: Iterable[str]) -> Sequence[ClientAccount]:
        """Return client accounts by their ids."""
        return await _ACCOUNTS.records(ClientAccount, self._connection, keys=list(account_ids))

    async def add_accounts(self, accounts: Sequence[ClientAccount]) -> None:
        """Keep new client accounts."""
        await insert_all(self._connection, client_accounts, [values_of(a) for a in accounts])

    async def referrals(self, ids: Iterable[int]) -> Sequence[Referral]:
        """Return the referrals of these clients."""
        return await _REFERRALS.records(Referral, self._connection, keys=list(ids))

    async def add_referrals(self, new: Sequence[Referral]) -> None:
        """Keep new referrals."""
        await _REFERRED.insert(self._connection, new)

    async def update_referrals(self, changed: Sequence[Referral]) -> None:
        """Keep the next state of referrals."""
        await _REFERRED.update(self._connection, changed)

    async def add_moves(self, moves: Sequence[ReferralMove]) -> None:
        """Write down moves of clients; nothing edits them."""
        await insert_all(self._connection, referral_moves, [values_of(move) for move in moves])

    async def moves_of(self, client_id: int) -> Sequence[ReferralMove]:
        """Return the moves of a client, oldest first."""
        rows = await self._connection.execute(
            select(referral_moves)
            .where(referral_moves.c.client_id == client_id)
            .order_by(referral_moves.c.id)
        )
        return records_of(ReferralMove, rows)

    async def by_emails(self, emails: Iterable[str]) -> Sequence[Client]:
        """Return clients with these normalised addresses."""
        rows = await self._connection.execute(
            select(*CLIENT_COLUMNS)
            .where(among(clients.c.email_key, emails))
            .order_by(clients.c.id)
        )
        return records_of(Client, rows)

    async def account_ids_of(self, client_id: int) -> Sequence[str]:
        """Return the ids of a client's accounts."""
        rows = await self._connection.scalars(
            select(client_accounts.c.account_id).where(client_accounts.c.client_id == client_id)
        )
        return rows.all()


class ClickRepository:
    """Clicks on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def known(
        self,
        *,
        click_ids: Iterable[str],
        visitor_ids: Iterable[str],
        person_ids: Iterable[int],
    ) -> Sequence[Click]:
        """Return clicks with any of these ids."""
        wanted = [
            among(column, values)
            for column, values in (
                (clicks.c.click_id, list(click_ids)),
                (clicks.c.visitor_id, list(visitor_ids)),
                (clicks.c.person_id, list(person_ids)),
            )
            if values
        ]
        if not wanted:
            return []
        rows = await self._connection.execute(select(clicks).where(or_(*wanted)))
        return records_of(Click, rows)

    async def add(self, new: Sequence[Click]) -> None:
        """Keep new clicks."""
        await _CLICKS.insert(self._connection, new)

    async def forget_person(self, person_id: int) -> None:
        """Untie the clicks of a person from it and from its messages."""
        await self._connection.execute(
            update(clicks)
            .where(clicks.c.person_id == person_id)
            .values(person_id=None, click_id=None)
        )
