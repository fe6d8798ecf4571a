"""The home of the broadcast port."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.broadcast import (
    AudiencePart,
    AudienceQuery,
    Broadcast,
    BroadcastFigures,
    BroadcastStatus,
    Outcome,
)


class Broadcasts(Protocol):
    """Broadcasts and whom they address."""

    async def add(self, broadcast: Broadcast) -> None:
        """Keep a new broadcast."""
        ...

    async def get(self, broadcast_id: int) -> Broadcast | None:
        """Return a broadcast."""
        ...

    async def move(self, broadcast: Broadcast, *, was: Sequence[BroadcastStatus]) -> bool:
        """Keep the next state; ``False`` when it is no longer in one of the states it was in."""
        ...

    async def draft_of(self, person_id: int, *, since: datetime) -> Broadcast | None:
        """Return the newest draft of a person."""
        ...

    async def latest(self, limit: int) -> Sequence[Broadcast]:
        """Return the newest that were sent or are to be confirmed."""
        ...

    async def audience(self, query: AudienceQuery) -> Sequence[AudiencePart]:
        """Return how many people are in a segment, by language."""
        ...

    async def address(self, broadcast_id: int, query: AudienceQuery) -> int:
        """Keep who gets the broadcast, each person once; return how many."""
        ...

    async def running(self) -> Sequence[Broadcast]:
        """Return those that were let go and have not ended."""
        ...

    async def in_outbox(self, *, due_before: datetime) -> int:
        """Return how many messages of broadcasts wait in the outbox to be sent soon."""
        ...

    async def waiting(self, broadcast_id: int, limit: int) -> Sequence[int]:
        """Return people who have not been handed to the outbox, locked for that."""
        ...

    async def hand_over(self, broadcast_id: int, notices: Mapping[int, int]) -> None:
        """Keep which notice carries the message to which person."""
        ...

    async def give_up_waiting(self, broadcast_id: int) -> None:
        """Settle everybody who has not been handed to the outbox: it was stopped."""
        ...

    async def reconcile(self, broadcast_id: int) -> None:
        """Settle people whose notice ended in another way than by our sending."""
        ...

    async def figures(self, broadcast_id: int) -> BroadcastFigures:
        """Return what came of it so far."""
        ...

    async def begin(self, notice_id: int, *, at: datetime) -> Broadcast | None:
        """Keep that the message is tried now; ``None`` when it was tried before."""
        ...

    async def take_back(self, notice_id: int) -> None:
        """Keep that the message was certainly not sent, so that it may be tried again."""
        ...

    async def settle(self, notice_id: int, outcome: Outcome) -> None:
        """Keep what came of a message."""
        ...
