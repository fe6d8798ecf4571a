"""The home of what the vendor's systems read about partners and clients."""

from dataclasses import dataclass, replace

from domain.entities.client import Referral
from domain.entities.invoice import InvoiceView
from domain.entities.order import ClientOrder
from domain.entities.page import Page, page_of
from domain.entities.payout import PayoutStatus
from domain.entities.views import (
    ClientView,
    CommissionView,
    Cursor,
    Entitlement,
    PartnerOverview,
    PayoutView,
)
from domain.intake.attributing import shown_reason
from domain.intake.holds import release_holds
from domain.ports.work import Work
from domain.rules.entitlements import entitlement_of
from domain.surroundings import Surroundings

GAVE_BACK = (PayoutStatus.REJECTED, PayoutStatus.CANCELLED, PayoutStatus.RETURNED)
"""Pay-outs whose money went back: they consume nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerClient:
    """A client in the list of the partner that got it.

    Attributes:
        view: The client.
        referral: What was decided in the partner's program.
    """

    view: ClientView
    referral: Referral


class ReportPartner:
    """Read a partner by a code; holds that have ended are released first (R14)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def overview(self, code: str) -> PartnerOverview | None:
        """Return the partner with figures and balance, ``None`` for an unknown code."""
        enrolment_id = await self._enrolment_id(code)
        if enrolment_id is None:
            return None
        await release_holds(self._around, enrolment_id)
        async with self._around.open_work.read() as work:
            return await work.reports.overview(code)

    async def commissions(
        self, code: str, before: Cursor | None, limit: int
    ) -> Page[CommissionView] | None:
        """Return a page of commissions, ``None`` for an unknown code."""
        enrolment_id = await self._enrolment_id(code)
        if enrolment_id is None:
            return None
        await release_holds(self._around, enrolment_id)
        async with self._around.open_work.read() as work:
            rows = await work.reports.commissions(enrolment_id, before=before, limit=limit + 1)
            page = page_of(rows, limit, _place_of_commission)
            ended = await _gave_back(work, page)
        rows = [
            replace(row, consumed=tuple(part for part in row.consumed if part[0] not in ended))
            for row in page.rows
        ]
        return replace(page, rows=rows)

    async def payouts(
        self, code: str, before: Cursor | None, limit: int
    ) -> Page[PayoutView] | None:
        """Return a page of pay-outs, ``None`` for an unknown code."""
        enrolment_id = await self._enrolment_id(code)
        if enrolment_id is None:
            return None
        async with self._around.open_work.read() as work:
            rows = await work.reports.payouts(
                enrolment_id=enrolment_id, in_progress_only=False, before=before, limit=limit + 1
            )
        return page_of(rows, limit, _place_of_payout)

    async def clients(
        self, code: str, before: Cursor | None, limit: int
    ) -> Page[PartnerClient] | None:
        """Return a page of clients, ``None`` for an unknown code."""
        enrolment_id = await self._enrolment_id(code)
        if enrolment_id is None:
            return None
        async with self._around.open_work.read() as work:
            views = await work.reports.clients(enrolment_id, before=before, limit=limit + 1)
        rows = [
            PartnerClient(view=view, referral=referral)
            for view in views
            for referral in view.referrals
            if referral.enrolment_id == enrolment_id
        ]
        return page_of(rows, limit, _place_of_client)

    async def entitlements(self, code: str) -> tuple[Entitlement, ...] | None:
        """Return what the partner may use free now (R25), ``None`` for an unknown code."""
        async with self._around.open_work.read() as work:
            found = await work.partners.by_code(code.lower())
        if found is None:
            return None
        partner, enrolment = found
        program = self._around.programs.get(enrolment.program)
        given = entitlement_of(program, enrolment, partner)
        return (given,) if given else ()

    async def invoices(
        self, code: str, before: Cursor | None, limit: int
    ) -> Page[InvoiceView] | None:
        """Return a page of invoices, the newest change first, ``None`` for an unknown code."""
        enrolment_id = await self._enrolment_id(code)
        if enrolment_id is None:
            return None
        async with self._around.open_work.read() as work:
            (enrolment,) = await work.enrolments.by_ids([enrolment_id])
            rows = await work.invoices.page_of(
                enrolment_id, enrolment.program, before=before, limit=limit + 1
            )
        return page_of(rows, limit, lambda row: Cursor(row.invoice.changed_at, row.invoice.id))

    async def _enrolment_id(self, code: str) -> int | None:
        async with self._around.open_work.read() as work:
            found = await work.enrolments.by_codes([code.lower()])
        return next(iter(found.values()), None)


async def _gave_back(work: Work, page: Page[CommissionView]) -> set[int]:
    """Return which of the pay-outs that the rows name have given their money back."""
    named = {payout_id for row in page.rows for payout_id, _ in row.consumed}
    payouts = [await work.payouts.get(payout_id, enrolment_ids=None) for payout_id in named]
    return {payout.id for payout in payouts if payout and payout.status in GAVE_BACK}


def _place_of_commission(row: CommissionView) -> Cursor:
    return Cursor(row.commission.created_at, row.commission.id)


def _place_of_payout(row: PayoutView) -> Cursor:
    return Cursor(row.payout.requested_at, row.payout.id)


def _place_of_client(row: PartnerClient) -> Cursor:
    return Cursor(row.referral.registered_at, row.referral.id)


class ReportClient:
    """Read a client by any id it is known by, or by one of its accounts."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, client_id: str) -> tuple[ClientView, str | None] | None:
        """Return the client and why it has no partner; ``None`` for an unknown id."""
        async with self._around.open_work.read() as work:
            view = await work.reports.client(client_id)
        return _with_reason(view)

    async def orders(
        self, client_id: str, before: Cursor | None, limit: int
    ) -> Page[ClientOrder] | None:
        """Return a page of a client's orders, ``None`` for an unknown client."""
        async with self._around.open_work.read() as work:
            found = await work.clients.ids([client_id])
            if client_id not in found:
                return None
            rows = await work.orders.of_client(found[client_id], before=before, limit=limit + 1)
        return page_of(rows, limit, lambda row: Cursor(row.created_at, row.id))

    async def of_account(self, account_id: str) -> tuple[ClientView, str | None] | None:
        """Return the client of an account, as above; ``None`` for an unknown account."""
        async with self._around.open_work.read() as work:
            accounts = await work.clients.accounts([account_id])
            clients = await work.clients.by_ids([account.client_id for account in accounts])
            view = await work.reports.client(clients[0].shown_id) if clients else None
        return _with_reason(view)


def _with_reason(view: ClientView | None) -> tuple[ClientView, str | None] | None:
    return (view, shown_reason(view.client, view.referrals)) if view else None
