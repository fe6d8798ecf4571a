"""The home of the list of fraud holds that wait for staff, and of their cards."""

from domain.access import require_staff
from domain.entities.fraud import FraudHoldView
from domain.entities.people import Caller
from domain.surroundings import Surroundings

PAGE_SIZE = 8


class ListFraudHolds:
    """Show staff the holds that wait for them, oldest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, after: int = 0) -> list[FraudHoldView]:
        """Return the page after the hold with this id; one more row tells that there is more.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "fraud.read", self._around.owners)
            return list(await work.fraud.views(after=after, limit=PAGE_SIZE + 1))


class ShowFraudCard:
    """Return a hold as it stands now for its card in the admin chat; a job asks, no person."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, hold_id: int) -> FraudHoldView | None:
        """Return the hold, ``None`` when there is none."""
        async with self._around.open_work.read() as work:
            return await work.fraud.view(hold_id)
