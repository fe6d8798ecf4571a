"""Payments as billing reports them, and what the product answers."""

from domain.period import text_of
from domain.usecases.events.record import Answer, ReportedEvent
from tests.usecases.app import App


def payment_of(app: App, event_id: str, client: str = "ann", **more: object) -> ReportedEvent:
    """Build a payment of 100.00 USD, with other fields where they are named."""
    data = {
        "payment_id": f"of-{event_id}",
        "client_id": client,
        "amount": "100.00",
        "currency": "USD",
        "paid_at": text_of(app.now),
    }
    return ReportedEvent(id=event_id, kind="payment.succeeded", data=data | more)


async def answers_to(app: App, *events: ReportedEvent, dry_run: bool = False) -> list[Answer]:
    """Let billing report events in one request; return the answers to those that can be read."""
    (answers,) = await app.use.record_events([events], dry_run=dry_run)
    return [answer for answer in answers if isinstance(answer, Answer)]


async def known_of(app: App, event_id: str) -> Answer:
    """Return an event as its look-up answers."""
    event = await app.use.look_up_event(event_id)
    assert event
    return Answer(id=event.id, status=event.status.value, reason=event.reason, error=event.error)
