"""The home of webhooks that were given up: staff see them and send them again."""

from dataclasses import dataclass

from domain.access import require_staff
from domain.entities.outbound import (
    OUTBOUND_STOPPED,
    OutboundCounts,
    OutboundEvent,
    address_name,
)
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.surroundings import Surroundings

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundState:
    """How webhooks to the vendor stand.

    Attributes:
        counts: How many wait and how many were given up.
        is_stopped: The address answered that it is gone, so nothing is sent.
        undelivered: A page of what was given up, oldest first.
        has_more: There are others behind the page.
    """

    counts: OutboundCounts
    is_stopped: bool
    undelivered: tuple[OutboundEvent, ...]
    has_more: bool


class ShowOutbound:
    """Show staff what the vendor's systems did not take."""

    def __init__(self, around: Surroundings, address: str) -> None:
        """Work in these surroundings, for the configured address."""
        self._around = around
        self._address = address_name(address)

    async def __call__(self, caller: Caller, after: int = 0) -> OutboundState:
        """Return a page of it.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "queue.read", self._around.owners)
            rows = await work.outbound.undelivered(after=after, limit=PAGE_SIZE + 1)
            return OutboundState(
                counts=await work.outbound.counts(),
                is_stopped=await work.settings.get(OUTBOUND_STOPPED) == self._address,
                undelivered=tuple(rows[:PAGE_SIZE]),
                has_more=len(rows) > PAGE_SIZE,
            )


class RetryOutbound:
    """Send given up webhooks again, one or all, also to an address that was gone; audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, event_id: int | None = None) -> int:
        """Return how many will be sent again; ``None`` means all.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: this one was not given up, or somebody else sent it again.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            role = await require_staff(work, caller, "outbound.retry", self._around.owners)
            count = await work.outbound.retry(event_id, at=now)
            if event_id is not None and not count:
                raise NotFound(webhook=event_id)
            await work.settings.put(OUTBOUND_STOPPED, "")
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=role.value,
                action="outbound_retry",
                subject="outbound" if event_id is None else f"outbound:{event_id}",
                details={"count": count},
            )
            await work.commit()
        return count
