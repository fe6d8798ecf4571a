"""The home of a partner's list of registrations."""

from domain.access import own_place
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor, ReferralRow
from domain.surroundings import Surroundings


class ListReferrals:
    """Show a partner whom it brought, a page at a time; every member may see it (R35)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[ReferralRow]:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_place(work, caller, admin=False)
            rows = await work.reports.referrals(enrolment.id, before=before, limit=PAGE_SIZE + 1)
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.registered_at, row.id))
