"""The home of invitations to clients by e-mail; addresses and names are encrypted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.contacts import normal_email
from domain.entities.client_invitation import ClientInvitation
from storage.rows import AnyRow, insert_all, upsert, values_of
from storage.tables import client_invitations, refusing_addresses
from storage.vault import Vault

_SEALED = ("address", "name")
_all = client_invitations.c
_OPEN = (_all.accepted_at.is_(None), _all.revoked_at.is_(None))


class ClientInvitationRepository:
    """Invitations to clients on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    def _mark(self, address: str) -> str:
        return self._vault.mark(normal_email(address), context="mailbox")

    def _seal(self, invitation_id: int, name: str, text: str) -> bytes:
        return self._vault.seal(text, context=f"client_invitation:{invitation_id}:{name}")

    async def add(self, invitation: ClientInvitation) -> None:
        """Keep a new one."""
        sealed = {
            name: self._seal(invitation.id, name, getattr(invitation, name)) for name in _SEALED
        }
        row = values_of(invitation) | sealed | {"address_mark": self._mark(invitation.address)}
        await insert_all(self._connection, client_invitations, [row])

    def _record(self, row: AnyRow) -> ClientInvitation:
        values = {c.name: getattr(row, c.name) for c in _all if c.name != "address_mark"}
        for name in _SEALED:
            context = f"client_invitation:{row.id}:{name}"
            values[name] = self._vault.open(values[name], context=context)
        return ClientInvitation(**values)

    async def _one(self, statement: Select[*tuple[object, ...]]) -> ClientInvitation | None:
        row = (await self._connection.execute(statement)).first()
        return self._record(row) if row else None

    async def get(self, invitation_id: int) -> ClientInvitation | None:
        """Return one."""
        return await self._one(select(client_invitations).where(_all.id == invitation_id))

    async def by_token(self, token_hash: str) -> ClientInvitation | None:
        """Return the one of a link, whatever became of it."""
        return await self._one(select(client_invitations).where(_all.token_hash == token_hash))

    async def of_enrolment(self, enrolment_id: int, *, limit: int) -> Sequence[ClientInvitation]:
        """Return a partner's, newest first."""
        rows = await self._connection.execute(
            select(client_invitations)
            .where(_all.enrolment_id == enrolment_id)
            .order_by(_all.created_at.desc(), _all.id.desc())
            .limit(limit)
        )
        return [self._record(row) for row in rows]

    async def sent_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner invited since then, oldest first."""
        rows = await self._connection.scalars(
            select(_all.created_at)
            .where(_all.enrolment_id == enrolment_id, _all.created_at > since)
            .order_by(_all.created_at)
        )
        return rows.all()

    async def has_open(self, enrolment_id: int, address: str, *, now: datetime) -> bool:
        """Test if an invitation of the partner to this mailbox can still be used."""
        found = await self._connection.scalar(
            select(_all.id).where(
                _all.enrolment_id == enrolment_id,
                _all.address_mark == self._mark(address),
                _all.expires_at > now,
                *_OPEN,
            )
        )
        return found is not None

    async def opened_by(self, invitation_id: int, person_id: int) -> None:
        """Keep who opened it in Telegram."""
        await self._connection.execute(
            update(client_invitations).where(_all.id == invitation_id).values(person_id=person_id)
        )

    async def accept(self, invitation_id: int, at: datetime) -> None:
        """Keep that the client registered by it, and forget the address."""
        await self._end(_all.id == invitation_id, accepted_at=at)

    async def accept_of_person(self, person_id: int, enrolment_id: int, at: datetime) -> None:
        """Keep the same of what this person opened in Telegram and this partner had sent."""
        own = (_all.person_id == person_id) & (_all.enrolment_id == enrolment_id)
        await self._end(own & (_all.expires_at > at), accepted_at=at)

    async def revoke(self, invitation_id: int, at: datetime) -> None:
        """Keep that it is void, and forget the address."""
        await self._end(_all.id == invitation_id, revoked_at=at)

    async def refuse(self, address: str, at: datetime) -> None:
        """Keep that the reader of this mailbox wants no invitations; only a keyed digest of it."""
        mark = self._mark(address)
        statement = upsert(self._connection, refusing_addresses).values(address_mark=mark, at=at)
        await self._connection.execute(
            statement.on_conflict_do_nothing(index_elements=["address_mark"])
        )
        await self._end(_all.address_mark == mark, revoked_at=at)

    async def refuses(self, address: str) -> bool:
        """Test if the reader of this mailbox wants none."""
        found = await self._connection.scalar(
            select(refusing_addresses.c.address_mark).where(
                refusing_addresses.c.address_mark == self._mark(address)
            )
        )
        return found is not None

    async def forget(self, *, expired_before: datetime) -> None:
        """Forget the addresses of invitations that expired before then."""
        rows = await self._connection.scalars(
            select(_all.id).where(_all.expires_at < expired_before, _all.address_mark.is_not(None))
        )
        for invitation_id in rows.all():
            await self._forget(invitation_id)

    async def _end(self, which: ColumnElement[bool], **ended: datetime) -> None:
        rows = await self._connection.scalars(select(_all.id).where(which, *_OPEN))
        for invitation_id in rows.all():
            await self._connection.execute(
                update(client_invitations).where(_all.id == invitation_id).values(**ended)
            )
            await self._forget(invitation_id)

    async def _forget(self, invitation_id: int) -> None:
        gone = {name: self._seal(invitation_id, name, "") for name in _SEALED}
        await self._connection.execute(
            update(client_invitations)
            .where(_all.id == invitation_id)
            .values(address_mark=None, **gone)
        )
