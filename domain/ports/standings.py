"""The home of the port of how partners stand."""

from typing import Protocol

from domain.entities.standing import Affected, StandingChange


class Standings(Protocol):
    """Decisions about partners' parts in programs, and what hangs on them."""

    async def add(self, change: StandingChange) -> None:
        """Keep a decision."""
        ...

    async def last(self, enrolment_id: int) -> StandingChange | None:
        """Return the last decision about an enrolment."""
        ...

    async def affected(self, enrolment_id: int) -> Affected:
        """Return what hangs on an enrolment now."""
        ...
