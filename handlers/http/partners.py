"""The home of what the vendor's systems read about a partner."""

from aiohttp import web

from domain.entities.views import CommissionView, Entitlement, PartnerOverview, PayoutView
from domain.ids import encode
from domain.money import Money, Rate
from domain.period import text_of
from domain.usecases.partners.report import PartnerClient
from handlers.http.clients import shown_client
from handlers.http.cursors import shown_page, wanted_page
from handlers.http.doors import DOORS
from handlers.http.readers import name_in, not_there, reads

FIGURES = (
    "accrued",
    "held",
    "payable",
    "reserved",
    "paid",
    "converted",
    "retained",
    "clawed_back",
    "adjusted",
)


@reads
async def show_partner(request: web.Request) -> dict[str, object]:
    """Show a partner with its figures and balance."""
    overview = await request.app[DOORS].report_partner.overview(name_in(request, "code"))
    if overview is None:
        raise not_there("code")
    return _shown_partner(overview)


def _shown_partner(overview: PartnerOverview) -> dict[str, object]:
    enrolment, totals, sheet = overview.enrolment, overview.totals, overview.sheet
    form = overview.partner.legal_form
    balance: dict[str, object] = {"currency": sheet.currency}
    for name in FIGURES:
        balance[name] = str(Money(getattr(sheet, name), sheet.currency))
    return {
        "code": enrolment.code,
        "program": enrolment.program,
        "status": enrolment.status.value,
        "legal_form": form.value if form else None,
        "tier": enrolment.tier,
        "counts": {
            "clicks": totals.clicks,
            "starts": totals.starts,
            "registrations": totals.registrations,
            "paying_clients": enrolment.paying_clients,
            "active_clients": enrolment.active_clients,
        },
        "balance": balance,
    }


@reads
async def list_commissions(request: web.Request) -> dict[str, object]:
    """List a partner's commissions."""
    page = await request.app[DOORS].report_partner.commissions(
        name_in(request, "code"), *wanted_page(request)
    )
    if page is None:
        raise not_there("code")
    return shown_page(page, _shown_commission)


def _shown_commission(view: CommissionView) -> dict[str, object]:
    commission = view.commission
    return {
        "commission_id": encode(commission.id),
        "payment_id": view.payment_id,
        "client_id": view.client_id,
        "amount": str(Money(commission.minor, commission.currency)),
        "currency": commission.currency,
        "base": str(Money(view.base_minor, view.base_currency)),
        "base_currency": view.base_currency,
        "rate": str(commission.rate),
        "tax": str(Rate(commission.tax_bps)),
        "basis": commission.basis.value,
        "tier": commission.tier,
        "category": commission.category,
        "settlement": commission.settlement,
        "status": commission.status,
        "held_until": text_of(commission.held_until),
        "clawed_back": str(Money(commission.clawed_back, commission.currency)),
        "consumed": [
            {"payout_id": encode(payout_id), "amount": str(Money(minor, commission.currency))}
            for payout_id, minor in view.consumed
        ]
        + [
            {
                "conversion_id": encode(conversion_id),
                "amount": str(Money(minor, commission.currency)),
            }
            for conversion_id, minor in view.converted
        ],
        "created_at": text_of(commission.created_at),
    }


@reads
async def list_payouts(request: web.Request) -> dict[str, object]:
    """List a partner's pay-outs."""
    page = await request.app[DOORS].report_partner.payouts(
        name_in(request, "code"), *wanted_page(request)
    )
    if page is None:
        raise not_there("code")
    return shown_page(page, _shown_payout)


def _shown_payout(view: PayoutView) -> dict[str, object]:
    payout = view.payout
    currency = payout.amount.currency
    return {
        "payout_id": encode(payout.id),
        "amount": str(payout.amount),
        "currency": currency,
        "status": payout.status.shown,
        "comment": payout.comment,
        "reason": payout.reason_code,
        "requested_at": text_of(payout.requested_at),
        "settled_at": text_of(payout.settled_at) if payout.settled_at else None,
        "commissions": [
            {
                "commission_id": encode(part.commission_id),
                "amount": str(Money(part.minor, currency)),
            }
            for part in view.parts
        ],
        "adjustments": [
            {
                "adjustment_id": encode(part.adjustment_id),
                "amount": str(Money(part.minor, currency)),
            }
            for part in view.adjustments
        ],
    }


@reads
async def list_entitlements(request: web.Request) -> dict[str, object]:
    """List what a partner may use free in its own account now (R25)."""
    wanted_page(request)
    given = await request.app[DOORS].report_partner.entitlements(name_in(request, "code"))
    if given is None:
        raise not_there("code")
    return {"items": [_shown_entitlement(row) for row in given], "next_cursor": None}


def _shown_entitlement(given: Entitlement) -> dict[str, object]:
    return {
        "program": given.program,
        "kind": "free_products",
        "account_id": given.account_id,
        "since": text_of(given.since) if given.since else None,
        "active_clients": given.active_clients,
    }


@reads
async def list_clients(request: web.Request) -> dict[str, object]:
    """List a partner's clients."""
    doors = request.app[DOORS]
    page = await doors.report_partner.clients(name_in(request, "code"), *wanted_page(request))
    if page is None:
        raise not_there("code")
    now = doors.clock()

    def show(row: PartnerClient) -> dict[str, object]:
        return shown_client(row.view, None, now=now, leading=row.referral)

    return shown_page(page, show)
