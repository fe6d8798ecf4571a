"""The home of finding what a confirmation has made already."""

from domain.access import own_enrolment
from domain.entities.payout import Payout
from domain.entities.people import Caller
from domain.intake.paying import request_key
from domain.surroundings import Surroundings


class FindRequestedPayout:
    """Tell a second press of one confirmation which request the first one made."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, confirmation: str) -> Payout | None:
        """Return the request of the caller's own partner, ``None`` when there is none.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            return await work.payouts.by_request(request_key(enrolment, confirmation))
