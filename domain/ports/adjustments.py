"""The home of the adjustment port."""

from collections.abc import Sequence
from typing import Protocol

from domain.entities.adjustment import Adjustment


class Adjustments(Protocol):
    """Adjustments of balances by staff."""

    async def by_request(self, request_key: str) -> Adjustment | None:
        """Return the adjustment that this command has asked for already."""
        ...

    async def by_ids(self, ids: Sequence[int]) -> Sequence[Adjustment]:
        """Return adjustments by our ids."""
        ...

    async def undo_of(self, adjustment_id: int) -> Adjustment | None:
        """Return the opposite adjustment, ``None`` while there is none."""
        ...

    async def spendable(self, enrolment_id: int) -> Sequence[Adjustment]:
        """Return booked adjustments with something left or owed, oldest first."""
        ...

    async def add(self, adjustment: Adjustment) -> None:
        """Keep a new adjustment."""
        ...

    async def update(self, adjustments: Sequence[Adjustment]) -> None:
        """Keep who decided, and what was spent."""
        ...
