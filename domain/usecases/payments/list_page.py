"""The home of a partner's list of payments."""

from domain.access import own_place
from domain.entities.filters import NO_CHOICE, Choice
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor, PaymentRow
from domain.rules.masking import mask_payment
from domain.rules.narrowing import wanted_by
from domain.surroundings import Surroundings


class ListPayments:
    """Show an admin what the partner's clients paid and what it earned by that.

    - It can be narrowed down by period and by whether a commission was made, and searched by the
      client's name, e-mail and id and by the payment's id.
    - Who may not see personal data sees the clients masked.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, before: Cursor | None = None, choice: Choice = NO_CHOICE
    ) -> Page[PaymentRow]:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            BadPeriod: the period names no days.
        """
        now, zone = self._around.clock(), self._around.zone
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            is_masked = place.hides_clients(mask_clients=self._around.mask_clients)
            wanted = wanted_by(choice, now=now, zone=zone, is_masked=is_masked)
            rows = await work.reports.payments(
                place.enrolment.id, before=before, limit=PAGE_SIZE + 1, wanted=wanted
            )
        if is_masked:
            rows = [mask_payment(row) for row in rows]
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.paid_at, row.id))
