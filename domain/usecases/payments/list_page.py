"""The home of a partner's list of payments."""

from domain.access import own_enrolment
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor, PaymentRow
from domain.surroundings import Surroundings


class ListPayments:
    """Show an admin what the partner's clients paid and what it earned by that."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[PaymentRow]:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            rows = await work.reports.payments(enrolment.id, before=before, limit=PAGE_SIZE + 1)
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.paid_at, row.id))
