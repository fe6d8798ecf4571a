"""The home of the ports of e-mail: what is owed, and the addresses of people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.mail import EmailAddress, Mail, MailCounts


class Mails(Protocol):
    """E-mails owed, written in the transaction of the effect that they tell."""

    async def add(self, mails: Sequence[Mail]) -> None:
        """Owe e-mails; where no mail server is configured, nothing is written."""
        ...

    async def has_due(self, *, now: datetime) -> bool:
        """Test if something is due; cheaper than a claim that finds nothing."""
        ...

    async def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Mail]:
        """Lease due e-mails, oldest first."""
        ...

    async def sent(self, mail_id: int, *, at: datetime) -> None:
        """Keep that the mail server took it, and forget to whom and what."""
        ...

    async def postpone(self, mail_id: int, *, until: datetime, error: str) -> None:
        """Try again later."""
        ...

    async def give_up(self, mail_id: int, *, at: datetime, error: str) -> None:
        """Leave it to staff."""
        ...

    async def counts(self) -> MailCounts:
        """Return how many wait and how many were given up."""
        ...

    async def undelivered(self, *, after: int, limit: int) -> Sequence[Mail]:
        """Return e-mails that were given up, by id after ``after``."""
        ...

    async def retry(self, mail_id: int | None, *, at: datetime) -> int:
        """Let one that was given up be sent again, or all of them; return how many."""
        ...

    async def forget_person(self, person_id: int) -> None:
        """Delete every e-mail to a person, and its address: it is forgotten."""
        ...

    async def forget(self, *, before: datetime, limit: int) -> int:
        """Delete some that were sent or given up long ago; return how many."""
        ...

    async def address(self, person_id: int, *, lock: bool = False) -> EmailAddress | None:
        """Return the address that a person named; with ``lock`` nobody else changes it."""
        ...

    async def put_address(self, address: EmailAddress) -> None:
        """Keep a person's address in the place of the one before."""
        ...
