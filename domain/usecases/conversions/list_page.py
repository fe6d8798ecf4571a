"""The home of a partner's list of conversions."""

from domain.access import own_enrolment
from domain.entities.conversion import Conversion
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor
from domain.surroundings import Surroundings


class ListConversions:
    """Show an admin what the partner converted, newest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[Conversion]:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            rows = await work.reports.conversions(enrolment.id, before=before, limit=PAGE_SIZE + 1)
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.converted_at, row.id))
