"""The home of the card of a pay-out, for the notice to staff."""

from domain.entities.views import PayoutView
from domain.rules.payouts import as_staff_see
from domain.surroundings import Surroundings


class ShowPayoutCard:
    """Return a pay-out as it stands now for its card in the admin chat; a job asks, no person."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, payout_id: int) -> PayoutView | None:
        """Return the pay-out, ``None`` when there is none."""
        async with self._around.open_work.read() as work:
            view = await work.reports.payout(payout_id)
        if view is None:
            return None
        above, now = self._around.second_person_above, self._around.clock()
        return as_staff_see(view, above=above, now=now, programs=self._around.programs)
