"""The home of showing a partner which services of its clients end soon (R45)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.access import own_place
from domain.entities.people import Caller
from domain.entities.renewal import Renewal
from domain.errors import NotFound
from domain.ids import text_from
from domain.rules.masking import mask_name
from domain.rules.renewals import SHOWN_DAYS, end_of_day
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalList:
    """What ends soon.

    Attributes:
        rows: The soonest first.
        days: How far ahead the list looks.
        seen_at: When it was read.
    """

    rows: Sequence[Renewal]
    days: int
    seen_at: datetime


def mark_of(renewal: Renewal) -> str:
    """Return a short text that names a renewal in a button."""
    return text_from(renewal.service_id)


class ShowRenewals:
    """Show an admin the services of its clients that end in the next 60 days.

    Clients are masked where members see them so.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> RenewalList:
        """Return them.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        now = self._around.clock()
        until = end_of_day(now, self._around.zone, SHOWN_DAYS)
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            rows = await work.renewals.of(place.enrolment.id, after=now, until=until)
        if place.hides_clients(mask_clients=self._around.mask_clients):
            rows = [replace(row, client=mask_name(row.client)) for row in rows]
        return RenewalList(rows=rows, days=SHOWN_DAYS, seen_at=now)

    async def one(self, caller: Caller, mark: str) -> Renewal:
        """Return the renewal that a button names.

        Raises:
            NotFound: it is renewed, cancelled or somebody else's.
        """
        found = await self(caller)
        for row in found.rows:
            if mark_of(row) == mark:
                return row
        raise NotFound(service=mark)
