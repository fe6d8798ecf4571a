"""The home of the port of webhooks owed to the vendor."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.outbound import OutboundCounts, OutboundEvent


class Outbound(Protocol):
    """Webhooks owed, written in the transaction of the fact that they tell."""

    async def add(self, events: Sequence[OutboundEvent]) -> None:
        """Owe webhooks; where the vendor wants none, nothing is written."""
        ...

    async def has_due(self, *, now: datetime) -> bool:
        """Test if something is due; cheaper than a claim that finds nothing."""
        ...

    async def claim(
        self, *, now: datetime, lease_until: datetime, limit: int
    ) -> Sequence[OutboundEvent]:
        """Lease due events, the first of each subject only, oldest first."""
        ...

    async def delivered(self, event_id: int, *, at: datetime) -> None:
        """Keep that the vendor took the event."""
        ...

    async def postpone(self, event_id: int, *, until: datetime, error: str) -> None:
        """Try again later."""
        ...

    async def give_up(self, event_id: int, *, at: datetime, error: str) -> None:
        """Leave the event to staff; the next one of its subject may go."""
        ...

    async def counts(self) -> OutboundCounts:
        """Return how many wait and how many were given up."""
        ...

    async def undelivered(self, *, after: int, limit: int) -> Sequence[OutboundEvent]:
        """Return given up events, by id after ``after``."""
        ...

    async def retry(self, event_id: int | None, *, at: datetime) -> int:
        """Let one given up event be sent again, or all of them; return how many."""
        ...

    async def rename_client(self, client_id: int, erased: dict[str, object]) -> None:
        """Put other personal data of a client into every event that holds its own."""
        ...

    async def forget(self, *, delivered_before: datetime, limit: int) -> int:
        """Delete some that were delivered long ago; return how many."""
        ...
