"""The home of verdicts: what came of one event."""

from dataclasses import dataclass

from domain.entities.event import EventError, EventStatus
from domain.records import quick

INTERNAL = "internal"
"""The code of an event that a defect of ours keeps from applying."""


@quick
@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of applying one event.

    Attributes:
        status: Applied, parked or rejected.
        reason: Why an applied event earned nothing or attributed nobody.
        error: Why it is parked or rejected.
        waits_for: What a parked event waits for.
        releases: What waits for this event, such as ``client:42``; may be several causes.
    """

    status: EventStatus
    reason: str | None = None
    error: EventError | None = None
    waits_for: str | None = None
    releases: tuple[str, ...] = ()


def applied(reason: str | None = None, *, releases: tuple[str, ...] = ()) -> Verdict:
    """Return that the event took effect."""
    return Verdict(EventStatus.APPLIED, reason=reason, releases=releases)


def rejected(code: str, field: str | None, message: str) -> Verdict:
    """Return that the event can never take effect."""
    error = EventError(code=code, field=field, message=message)
    return Verdict(EventStatus.REJECTED, error=error)


def waits_for_client(client_id: str) -> Verdict:
    """Return that the event waits for its client."""
    error = EventError(
        code="client_unknown", field="data.client_id", message=f"waits for client {client_id}"
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"client:{client_id}")


def waits_for_account(account_id: str) -> Verdict:
    """Return that the event waits for an account of its client."""
    error = EventError(
        code="account_unknown", field="data.account_id", message=f"waits for account {account_id}"
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"account:{account_id}")


def waits_for_service(service_id: str) -> Verdict:
    """Return that the event waits for its service."""
    error = EventError(
        code="service_unknown", field="data.service_id", message=f"waits for service {service_id}"
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"service:{service_id}")


def waits_for_payment(payment_id: str) -> Verdict:
    """Return that the event waits for its payment."""
    error = EventError(
        code="payment_unknown", field="data.payment_id", message=f"waits for payment {payment_id}"
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"payment:{payment_id}")


def waits_for_chargeback(payment_id: str) -> Verdict:
    """Return that a chargeback that was won waits for the chargeback itself."""
    error = EventError(
        code="chargeback_unknown",
        field="data.payment_id",
        message=f"waits for a chargeback of payment {payment_id}",
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"chargeback:{payment_id}")


def wrong_exchange(currency: str) -> Verdict:
    """Return that a payment in the program's own currency names another rate than 1."""
    return rejected(
        "exchange_rate_not_one",
        "data.exchange_rate",
        f"must be 1 or absent: {currency} is the program's own currency",
    )


def waits_for_invoice(invoice_id: str) -> Verdict:
    """Return that the event waits for its invoice."""
    error = EventError(
        code="invoice_unknown", field="data.invoice_id", message=f"waits for invoice {invoice_id}"
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"invoice:{invoice_id}")


def waits_for_order(order_id: str) -> Verdict:
    """Return that the event waits for its order."""
    error = EventError(
        code="order_unknown", field="data.order_id", message=f"waits for order {order_id}"
    )
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"order:{order_id}")


def waits_for_staff(code: str, field: str | None, message: str) -> Verdict:
    """Return that people must mend something first; the fact may come again under a new id."""
    error = EventError(code=code, field=field, message=message)
    return Verdict(EventStatus.PARKED, error=error, waits_for=f"staff:{code}")
