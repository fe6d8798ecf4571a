"""The home of "Why this sum?": how a commission, pay-out or conversion came to be."""

from collections.abc import Sequence
from dataclasses import replace

from domain.access import own_enrolment, require_staff
from domain.entities.people import Caller
from domain.entities.stories import CommissionStory, ConversionStory, PayoutStory, SpentRow
from domain.errors import NotFound
from domain.intake.holds import release_holds
from domain.ports.work import Work
from domain.rights import may
from domain.rules.masking import mask_name
from domain.surroundings import Surroundings


class ExplainSum:
    """Tell how a sum came to be: base, rate, tier of that day, terms, refunds, what consumed it.

    - An admin sees the sums of its own partner; what is not its own looks like what is not there.
    - Staff who may read partners see every sum, in the admin chat; clients' names masked where
      their role asks for it.
    - Holds that have ended are released before (R14).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def commission(self, caller: Caller, commission_id: int) -> CommissionStory:
        """Return the story of a commission.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person may not see it.
            NotFound: there is no such commission for the caller.
        """
        async with self._around.open_work.read() as work:
            ids, is_masked = await self._visible(work, caller)
            story = await work.reports.commission_story(commission_id, enrolment_ids=ids)
        if story is None:
            raise NotFound(commission=commission_id)
        if await release_holds(self._around, story.commission.enrolment_id):
            async with self._around.open_work.read() as work:
                story = await work.reports.commission_story(commission_id, enrolment_ids=ids)
        if story is None:
            raise NotFound(commission=commission_id)
        name = story.client_name
        return replace(story, client_name=mask_name(name) if is_masked else name)

    async def payment(self, caller: Caller, payment_id: int) -> CommissionStory:
        """Return the story of the first commission of a payment.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person may not see it.
            NotFound: the payment made no commission for the caller.
        """
        async with self._around.open_work.read() as work:
            commissions = await work.payments.commissions_of([payment_id])
        first = min(commissions, key=lambda row: row.line, default=None)
        if first is None:
            raise NotFound(payment_row=payment_id)
        return await self.commission(caller, first.id)

    async def payout(self, caller: Caller, payout_id: int) -> PayoutStory:
        """Return what a pay-out was made of.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person may not see it.
            NotFound: there is no such pay-out for the caller.
        """
        async with self._around.open_work.read() as work:
            ids, is_masked = await self._visible(work, caller)
            payout = await work.payouts.get(payout_id, enrolment_ids=ids)
            if payout is None:
                raise NotFound(payout=payout_id)
            rows = await work.reports.spent(await work.payouts.parts(payout_id))
        return PayoutStory(payout=payout, rows=_shown(rows, is_masked=is_masked))

    async def conversion(self, caller: Caller, conversion_id: int) -> ConversionStory:
        """Return what a conversion was made of, and what was taken back of its bonus.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person may not see it.
            NotFound: there is no such conversion for the caller.
        """
        async with self._around.open_work.read() as work:
            ids, is_masked = await self._visible(work, caller)
            story = await work.reports.conversion_story(conversion_id, enrolment_ids=ids)
        if story is None:
            raise NotFound(conversion=conversion_id)
        return replace(story, rows=_shown(story.rows, is_masked=is_masked))

    async def _visible(self, work: Work, caller: Caller) -> tuple[list[int] | None, bool]:
        """Return the enrolments whose sums the caller may see, ``None`` for all; and if masked."""
        if caller.in_admin_chat:
            role = await require_staff(work, caller, "partner.read", self._around.owners)
            return None, not may(role, "client.read_unmasked")
        enrolment = await own_enrolment(work, caller)
        own = await work.partners.enrolments_of(enrolment.partner_id)
        return [row.id for row in own], False


def _shown(rows: Sequence[SpentRow], *, is_masked: bool) -> tuple[SpentRow, ...]:
    if not is_masked:
        return tuple(rows)
    return tuple(
        replace(row, client_name=mask_name(row.client_name)) if row.client_name else row
        for row in rows
    )
