"""The home of a partner's list of registrations."""

from domain.access import own_place
from domain.entities.filters import NO_CHOICE, Choice
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor, ReferralRow
from domain.rules.masking import mask_referral
from domain.rules.narrowing import wanted_by
from domain.surroundings import Surroundings


class ListReferrals:
    """Show a partner whom it brought, a page at a time; every member may see it (R35).

    - It can be narrowed down by period and standing, and searched by name, e-mail and id.
    - Who may not see personal data sees the clients masked, and finds only what it knows in full.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, before: Cursor | None = None, choice: Choice = NO_CHOICE
    ) -> Page[ReferralRow]:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            BadPeriod: the period names no days.
        """
        now, zone = self._around.clock(), self._around.zone
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller, admin=False)
            is_masked = place.hides_clients(mask_clients=self._around.mask_clients)
            wanted = wanted_by(choice, now=now, zone=zone, is_masked=is_masked)
            rows = await work.reports.referrals(
                place.enrolment.id, before=before, limit=PAGE_SIZE + 1, wanted=wanted
            )
        if is_masked:
            rows = [mask_referral(row) for row in rows]
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.registered_at, row.id))
