"""The home of the question before a pay-out is decided."""

from domain.access import require_staff
from domain.entities.payout import MOVE_RIGHTS, PayoutMove
from domain.entities.people import Caller
from domain.entities.views import PayoutView
from domain.errors import NotFound
from domain.rules.payouts import as_staff_see
from domain.surroundings import Surroundings


class PreparePayoutDecision:
    """Show the pay-out to who is about to decide it; who may not is told before any question."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, payout_id: int, move: PayoutMove) -> PayoutView:
        """Return the pay-out as it stands.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: there is no such pay-out.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, MOVE_RIGHTS[move], self._around.owners)
            view = await work.reports.payout(payout_id)
        if view is None:
            raise NotFound(payout=payout_id)
        above, now = self._around.second_person_above, self._around.clock()
        return as_staff_see(view, above=above, now=now, programs=self._around.programs)
