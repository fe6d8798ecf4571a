"""The home of the port of invitations to clients by e-mail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.client_invitation import ClientInvitation


class ClientInvitations(Protocol):
    """Invitations to clients, and addresses that want none."""

    async def add(self, invitation: ClientInvitation) -> None:
        """Keep a new one."""
        ...

    async def get(self, invitation_id: int) -> ClientInvitation | None:
        """Return one."""
        ...

    async def by_token(self, token_hash: str) -> ClientInvitation | None:
        """Return the one of a link, whatever became of it."""
        ...

    async def of_enrolment(self, enrolment_id: int, *, limit: int) -> Sequence[ClientInvitation]:
        """Return a partner's, newest first."""
        ...

    async def sent_since(self, enrolment_id: int, since: datetime) -> Sequence[datetime]:
        """Return when the partner invited since then, oldest first."""
        ...

    async def has_open(self, enrolment_id: int, address: str, *, now: datetime) -> bool:
        """Test if an invitation of the partner to this mailbox can still be used."""
        ...

    async def opened_by(self, invitation_id: int, person_id: int) -> None:
        """Keep who opened it in Telegram."""
        ...

    async def accept(self, invitation_id: int, at: datetime) -> None:
        """Keep that the client registered by it, and forget the address."""
        ...

    async def accept_of_person(self, person_id: int, enrolment_id: int, at: datetime) -> None:
        """Keep the same of what this person opened in Telegram and this partner had sent."""
        ...

    async def revoke(self, invitation_id: int, at: datetime) -> None:
        """Keep that it is void, and forget the address."""
        ...

    async def refuse(self, address: str, at: datetime) -> None:
        """Keep that the reader of this mailbox wants no invitations; only a keyed digest of it."""
        ...

    async def refuses(self, address: str) -> bool:
        """Test if the reader of this mailbox wants none."""
        ...

    async def forget(self, *, expired_before: datetime) -> None:
        """Forget the addresses of invitations that expired before then."""
        ...
