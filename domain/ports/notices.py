"""The home of the outbox port."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.notice import Notice


class Notices(Protocol):
    """Messages owed."""

    async def add(self, notices: Sequence[Notice]) -> None:
        """Owe messages; they are sent after the commit."""
        ...

    async def claim(self, *, now: datetime, lease_until: datetime, limit: int) -> Sequence[Notice]:
        """Lease due messages, at most one batch, in order; none of a busy recipient."""
        ...

    async def sent(self, notice_id: int, *, at: datetime) -> None:
        """Keep that the message was delivered."""
        ...

    async def postpone(
        self, notice_id: int, *, until: datetime, error: str, attempts: int | None = None
    ) -> None:
        """Try again later; ``attempts`` is how many count by now, if not all."""
        ...

    async def dead(self, notice_id: int, *, at: datetime, error: str) -> None:
        """Give up."""
        ...

    async def sleep(self, notice_id: int, *, until: datetime) -> None:
        """Hold a message through quiet hours; trying to send it counts for nothing."""
        ...

    async def wake(self, recipient: int, *, at: datetime) -> None:
        """Let what sleeps be judged anew: the recipient chose other quiet hours."""
        ...

    async def forget_recipient(self, person_id: int) -> None:
        """Delete every message to a person: it is forgotten."""
        ...

    async def lost(self, recipient: int, *, dead_since: datetime, limit: int) -> Sequence[Notice]:
        """Return what a recipient never got and nobody has looked after, newest first."""
        ...

    async def look_after_lost(self, recipient: int, *, at: datetime, again: bool) -> int:
        """Send lost messages of a recipient again, or let them be; return how many."""
        ...

    async def rename_client(self, client_id: int, name: str) -> None:
        """Put another name into every message about a client, sent ones too."""
        ...

    async def keep_card(self, key: str, chat_id: int, message_id: int) -> None:
        """Remember the message that is the card of an object in the admin chat."""
        ...

    async def card(self, key: str) -> tuple[int, int] | None:
        """Return chat and message of an object's card."""
        ...
