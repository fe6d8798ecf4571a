"""The home of lists of pay-outs: a partner's own, and the queue of staff."""

from domain.access import own_enrolment, require_staff
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor, PayoutView
from domain.rights import may
from domain.rules.masking import mask_payout
from domain.surroundings import Surroundings


def _place(view: PayoutView) -> Cursor:
    return Cursor(view.payout.requested_at, view.payout.id)


class ListPayouts:
    """Show an admin the partner's pay-outs, newest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[PayoutView]:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            rows = await work.reports.payouts(
                enrolment_id=enrolment.id,
                in_progress_only=False,
                before=before,
                limit=PAGE_SIZE + 1,
            )
        return page_of(rows, PAGE_SIZE, _place)


class ListPayoutQueue:
    """Show staff the pay-outs that wait for them; support sees partners masked (A29)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[PayoutView]:
        """Return the page after the row at ``before``.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "payout.list", self._around.owners)
            rows = await work.reports.payouts(
                enrolment_id=None, in_progress_only=True, before=before, limit=PAGE_SIZE + 1
            )
        if not may(role, "partner.read_unmasked"):
            rows = [mask_payout(row) for row in rows]
        return page_of(rows, PAGE_SIZE, _place)
