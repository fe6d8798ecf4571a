"""The home of reading tables to take out, page by page."""

from collections.abc import Sequence

from domain.access import own_place
from domain.entities.exports import EXPORT_PAGE_SIZE, ExportKind, ExportPage, ExportRow
from domain.entities.filters import Choice, Wanted
from domain.entities.people import Caller
from domain.entities.views import CommissionView, Cursor, PaymentRow, ReferralRow
from domain.intake.holds import release_holds
from domain.ports.work import Work
from domain.rules.masking import mask_commission, mask_payment, mask_referral
from domain.rules.narrowing import chosen_days, wanted_by
from domain.surroundings import Surroundings


class ReadOwnExport:
    """Let an admin take out its partner's registrations, payments, commissions and pay-outs.

    - Rights are read with every page: who loses them meanwhile gets no more (A56).
    - Who may not see personal data takes the clients out masked.
    - Holds that have ended are released before commissions are read (R14).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller) -> None:
        """Test if the person may take anything out.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            await own_place(work, caller)

    async def __call__(
        self, caller: Caller, kind: ExportKind, period: str, before: Cursor | None = None
    ) -> ExportPage:
        """Return the page after the row at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            BadPeriod: the period names no days.
        """
        if kind is ExportKind.COMMISSIONS and before is None:
            async with self._around.open_work.read() as work:
                place = await own_place(work, caller)
            await release_holds(self._around, place.enrolment.id)
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            is_masked = place.hides_clients(mask_clients=self._around.mask_clients)
            page = await _read(self._around, work, (kind, period), place.enrolment.id, before)
        if not is_masked:
            return page
        return ExportPage(
            kind=kind,
            rows=[_masked(row) for row in page.rows],
            following=page.following,
            days=page.days,
            reached=page.reached,
        )


async def _read(
    around: Surroundings,
    work: Work,
    what: tuple[ExportKind, str],
    enrolment_id: int,
    before: Cursor | None,
) -> ExportPage:
    kind, period = what
    now = around.clock()
    wanted = wanted_by(Choice(period=period), now=now, zone=around.zone)
    rows = await _rows(work, kind, enrolment_id, before, wanted)
    shown = rows[:EXPORT_PAGE_SIZE]
    last = _place_of(shown[-1]) if shown else None
    return ExportPage(
        kind=kind,
        rows=shown,
        following=last if len(rows) > EXPORT_PAGE_SIZE else None,
        days=chosen_days(period, now=now, zone=around.zone),
        reached=last.at if last else None,
    )


async def _rows(
    work: Work,
    kind: ExportKind,
    enrolment_id: int,
    before: Cursor | None,
    wanted: Wanted,
) -> Sequence[ExportRow]:
    limit, reports = EXPORT_PAGE_SIZE + 1, work.reports
    match kind:
        case ExportKind.REGISTRATIONS:
            return await reports.referrals(enrolment_id, before=before, limit=limit, wanted=wanted)
        case ExportKind.PAYMENTS:
            return await reports.payments(enrolment_id, before=before, limit=limit, wanted=wanted)
        case ExportKind.COMMISSIONS:
            return await reports.commissions(
                enrolment_id, before=before, limit=limit, wanted=wanted
            )
        case ExportKind.PAYOUTS:
            return await reports.payouts(
                enrolment_id=enrolment_id,
                in_progress_only=False,
                before=before,
                limit=limit,
                wanted=wanted,
            )


def _place_of(row: ExportRow) -> Cursor:
    if isinstance(row, ReferralRow):
        return Cursor(row.registered_at, row.id)
    if isinstance(row, PaymentRow):
        return Cursor(row.paid_at, row.id)
    if isinstance(row, CommissionView):
        return Cursor(row.commission.created_at, row.commission.id)
    return Cursor(row.payout.requested_at, row.payout.id)


def _masked(row: ExportRow) -> ExportRow:
    if isinstance(row, ReferralRow):
        return mask_referral(row)
    if isinstance(row, PaymentRow):
        return mask_payment(row)
    if isinstance(row, CommissionView):
        return mask_commission(row)
    return row
