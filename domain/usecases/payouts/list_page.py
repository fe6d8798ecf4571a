"""The home of lists of pay-outs: a partner's own, and the queue of staff."""

from domain.access import own_enrolment, require_staff
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.payout import IN_PROGRESS, PayoutStatus
from domain.entities.people import Caller
from domain.entities.views import Cursor, PayoutView
from domain.errors import NotFound
from domain.ids import ALPHABET, decode
from domain.rights import may
from domain.rules.masking import mask_payout
from domain.rules.payouts import as_staff_see
from domain.surroundings import Surroundings

NUMBER_LENGTH = (3, 12)
"""How many signs of the end of an id make a number that is worth a look."""


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
    """Show staff the pay-outs that wait for them, those first that wait longest.

    Support sees partners masked (A29).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self,
        caller: Caller,
        after: Cursor | None = None,
        *,
        status: PayoutStatus | None = None,
    ) -> Page[PayoutView]:
        """Return the page after the row at ``after``.

        Args:
            caller: Who asks.
            after: The last row that was shown.
            status: Requested or approved only; ``None`` for both.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        statuses = IN_PROGRESS if status is None else (status,)
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "payout.list", self._around.owners)
            rows = await work.reports.payout_queue(statuses, after=after, limit=PAGE_SIZE + 1)
        if not may(role, "partner.read_unmasked"):
            rows = [mask_payout(row) for row in rows]
        return page_of(rows, PAGE_SIZE, _place)


class FindPayout:
    """Find a pay-out by the number that partners and staff tell each other."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, number: str) -> PayoutView:
        """Return the newest pay-out with this number.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is none.
        """
        number = number.strip().lower()
        rest = decode(number)
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "payout.list", self._around.owners)
            modulus = len(ALPHABET) ** len(number)
            least, most = NUMBER_LENGTH
            is_number = rest is not None and least <= len(number) <= most
            rows = await work.reports.payouts_numbered(rest or 0, modulus) if is_number else []
        if not rows:
            raise NotFound(number=number)
        above, now = self._around.second_person_above, self._around.clock()
        view = as_staff_see(rows[0], above=above, now=now, programs=self._around.programs)
        return view if may(role, "partner.read_unmasked") else mask_payout(view)
