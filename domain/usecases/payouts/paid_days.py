"""The home of the days on which a pay-out can have been paid."""

from dataclasses import dataclass
from datetime import date

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.views import PayoutView
from domain.errors import NotFound
from domain.rules.paid_days import check_day, first_day, read_day
from domain.rules.payouts import as_staff_see
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidDays:
    """From when to when the bank can have sent the money.

    Attributes:
        view: The pay-out.
        earliest: The day of the request.
        latest: Today.
    """

    view: PayoutView
    earliest: date
    latest: date


class OfferPaidDays:
    """Tell who may settle it on which days a pay-out can have been paid."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, payout_id: int) -> PaidDays:
        """Return the days.

        Raises:
            NotAllowed: the caller may not settle pay-outs here.
            NotFound: there is no such pay-out.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "payout.settle", self._around.owners)
            view = await work.reports.payout(payout_id)
        if view is None:
            raise NotFound(payout=payout_id)
        now, zone = self._around.clock(), self._around.zone
        return PaidDays(
            view=as_staff_see(
                view,
                above=self._around.second_person_above,
                now=now,
                programs=self._around.programs,
            ),
            earliest=first_day(view.payout, zone=zone),
            latest=now.astimezone(zone).date(),
        )


def read_paid_day(text: str, offer: PaidDays) -> date:
    """Return a typed day that is possible.

    Raises:
        BadPaidDay: the text is no day, or no money can have been sent then.
    """
    day = read_day(text, earliest=offer.earliest, latest=offer.latest)
    check_day(day, earliest=offer.earliest, latest=offer.latest)
    return day
