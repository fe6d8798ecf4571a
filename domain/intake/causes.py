"""The home of causes: what other events may wait for that an event brings."""

from domain.entities.payment import RefundKind
from domain.events.kept import OrderCreated
from domain.events.types import (
    AccountCreated,
    ClientRegistered,
    Event,
    InvoiceIssued,
    PaymentRefunded,
    PaymentSucceeded,
    ServiceChanged,
)

OF_CHARGEBACK = "chargeback:"
"""What a chargeback that was won waits for when it is reported first: one of its payment."""


def causes_of(event: Event) -> tuple[str, ...]:
    """Return what other events may wait for that this one brings.

    An event with a pinned account makes its client known.
    """
    match event:
        case ClientRegistered() | AccountCreated():
            client = f"client:{event.client_id}"
            return (client, f"account:{event.account_id}") if event.account_id else (client,)
        case PaymentSucceeded():
            payment = f"payment:{event.payment_id}"
            return (payment, f"client:{event.client_id}") if event.account_id else (payment,)
        case PaymentRefunded(kind=RefundKind.CHARGEBACK):
            return (f"{OF_CHARGEBACK}{event.payment_id}",)
        case ServiceChanged():
            return f"service:{event.service_id}", f"client:{event.client_id}"
        case InvoiceIssued():
            return (f"invoice:{event.invoice_id}",)
        case OrderCreated():
            return (f"order:{event.order_id}",)
        case _:
            return ()
