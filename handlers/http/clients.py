"""The home of what the vendor's systems read about clients, their accounts, and events."""

from datetime import datetime

from aiohttp import web

from domain.entities.client import Referral
from domain.entities.event import EventRecord
from domain.entities.order import ClientOrder
from domain.entities.views import ClientView
from domain.money import Money
from domain.period import text_of
from handlers.http.cursors import shown_page, wanted_page
from handlers.http.doors import DOORS
from handlers.http.errors import error_of
from handlers.http.readers import name_in, not_there, reads


@reads
async def show_client(request: web.Request) -> dict[str, object]:
    """Show a client and whose it is."""
    doors = request.app[DOORS]
    found = await doors.report_client(name_in(request, "client_id"))
    if found is None:
        raise not_there("client_id")
    view, reason = found
    return shown_client(view, reason, now=doors.clock())


@reads
async def list_orders(request: web.Request) -> dict[str, object]:
    """List what a client has ordered."""
    doors = request.app[DOORS]
    page = await doors.report_client.orders(name_in(request, "client_id"), *wanted_page(request))
    if page is None:
        raise not_there("client_id")
    return shown_page(page, _shown_order)


def _shown_order(order: ClientOrder) -> dict[str, object]:
    return {
        "order_id": order.order_id,
        "kind": order.kind.value,
        "name": order.name,
        "status": order.status,
        "amount": str(Money(order.minor, order.currency)),
        "currency": order.currency,
        "created_at": text_of(order.created_at),
        "changed_at": text_of(order.changed_at),
    }


@reads
async def show_account(request: web.Request) -> dict[str, object]:
    """Show whose an account is, and whether the vendor's sales must leave it alone (R23)."""
    doors = request.app[DOORS]
    account_id = name_in(request, "account_id")
    found = await doors.report_client.of_account(account_id)
    if found is None:
        raise not_there("account_id")
    view, reason = found
    leading = next((row for row in view.referrals if _is_protected_by(view, row)), None)
    shown = shown_client(view, reason, now=doors.clock(), leading=leading)
    return {"account_id": account_id} | shown


def _is_protected_by(view: ClientView, referral: Referral) -> bool:
    return view.is_protected and referral.enrolment_id == view.protected_by


def shown_client(
    view: ClientView, reason: str | None, *, now: datetime, leading: Referral | None = None
) -> dict[str, object]:
    """Return a client as the API shows it.

    Args:
        view: The client.
        reason: Why it has no partner, or ``None``.
        now: The time by which it is active or not.
        leading: The referral whose fields stand in front; ``None`` takes the oldest one.
    """
    leading = leading or _oldest(view)
    shown: dict[str, object] = {
        "client_id": view.client.shown_id,
        "partner_code": _code_of(view, leading) if leading else None,
        "program": leading.program if leading else None,
        "status": _status(view, leading, now),
        "reason": reason,
        "protected": view.is_protected,
        "registered_at": text_of(view.client.registered_at),
        "earns_until": _until(leading) if leading else None,
    }
    if len(view.referrals) > 1:
        shown["referrals"] = [_shown_referral(view, row, now) for row in view.referrals]
    return shown


def _oldest(view: ClientView) -> Referral | None:
    """Return the oldest referral that somebody got, else the oldest decision of all."""
    got = [referral for referral in view.referrals if referral.enrolment_id is not None]
    return next(iter(got or view.referrals), None)


def _shown_referral(view: ClientView, referral: Referral, now: datetime) -> dict[str, object]:
    return {
        "partner_code": _code_of(view, referral),
        "program": referral.program,
        "status": _status(view, referral, now),
        "reason": referral.reason.value if referral.reason else None,
        "earns_until": _until(referral),
    }


def _code_of(view: ClientView, referral: Referral) -> str | None:
    return view.codes[view.referrals.index(referral)]


def _until(referral: Referral) -> str | None:
    return text_of(referral.earns_until) if referral.earns_until else None


def _status(view: ClientView, referral: Referral | None, now: datetime) -> str:
    """Return active, inactive when it earns no more (R10), or deleted (R16)."""
    if view.client.deleted_at is not None:
        return "deleted"
    until = referral.earns_until if referral else None
    return "inactive" if until is not None and until <= now else "active"


@reads
async def show_event(request: web.Request) -> dict[str, object]:
    """Show what came of an event."""
    record = await request.app[DOORS].look_up_event(name_in(request, "event_id"))
    if record is None:
        raise not_there("event_id")
    return shown_event(record)


def shown_event(record: EventRecord) -> dict[str, object]:
    """Return an event as the API shows it."""
    error = record.error
    return {
        "id": record.id,
        "type": record.kind,
        "status": record.status.value,
        "reason": record.reason,
        "error": error_of(error.code, error.field, error.message) if error else None,
        "waits_for": record.waits_for,
        "received_at": text_of(record.received_at),
        "applied_at": text_of(record.applied_at) if record.applied_at else None,
    }
