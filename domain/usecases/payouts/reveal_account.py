"""The home of showing staff where to pay."""

from domain.access import require_staff
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.surroundings import Surroundings


class RevealPayoutAccount:
    """Show the account of a pay-out in full; each view is in the audit trail."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, payout_id: int) -> str:
        """Return the account.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such pay-out.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payout.see_account", self._around.owners)
            payout = await work.payouts.get(payout_id, enrolment_ids=None)
            if payout is None:
                raise NotFound(payout=payout_id)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role=role.value,
                action="payout_account_seen",
                subject=f"payout:{payout_id}",
                details={},
            )
            await work.commit()
        return payout.account
