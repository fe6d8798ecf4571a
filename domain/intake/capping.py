"""The home of caps: what a client or a month has brought so far, and what room that leaves."""

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.entities.payment import Payment
from domain.events.types import ClickRecorded, ClientRegistered, Event, PaymentSucceeded
from domain.intake.facts import Facts
from domain.period import add_months
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rules.shares import room_of


async def load_earned(facts: Facts, work: Work, events: Sequence[Event]) -> None:
    """Load what may limit the payments at hand; nothing is asked where no program has a cap."""
    capped = {
        key: [terms for terms in (program, *program.versions) if _is_capped(terms)]
        for key, program in facts.programs.items()
    }
    ids = [row.id for row in facts.enrolments.values() if capped.get(row.program)]
    earning = PaymentSucceeded | ClickRecorded | ClientRegistered
    if not ids or not any(isinstance(event, earning) for event in events):
        return
    facts.capped.update(ids)
    clients = [client.id for client in facts.clients.values()]
    by_client = await work.payments.earned_by_clients(ids, clients)
    for id_ in ids:
        for client_id in clients:
            facts.earned[id_, _client(client_id)] = by_client.get((id_, client_id), 0)
    paid = [event.paid_at for event in events if isinstance(event, PaymentSucceeded)]
    paid += [payment.paid_at for payment in facts.payments.values()]
    for start in sorted({_month_start(at) for at in paid}):
        found = await work.payments.earned_between(ids, start, add_months(start, 1))
        for id_ in ids:
            facts.earned[id_, _month(start)] = found.get(id_, 0)


def room_left(facts: Facts, terms: Program, payment: Payment) -> int | None:
    """Return the most that a payment may earn by the caps of its terms, ``None`` for any sum.

    What refunds took back makes room again, for payments that arrive afterwards.
    """
    if terms.payment_cap is None and not _is_capped(terms):
        return None
    return room_of(
        (terms.payment_cap, 0),
        (terms.client_cap, _earned(facts, payment, _client(payment.client_id))),
        (terms.month_cap, _earned(facts, payment, _month(payment.paid_at))),
    )


def note_earned(facts: Facts, payment: Payment, minor: int) -> None:
    """Count what a payment has earned or, below zero, what was taken back of it."""
    if payment.enrolment_id not in facts.capped:
        return
    for about in (_client(payment.client_id), _month(payment.paid_at)):
        key = (payment.enrolment_id or 0, about)
        facts.earned[key] = facts.earned.get(key, 0) + minor


def _is_capped(terms: Program) -> bool:
    return terms.client_cap is not None or terms.month_cap is not None


def _earned(facts: Facts, payment: Payment, about: str) -> int:
    return facts.earned.get((payment.enrolment_id or 0, about), 0)


def _client(client_id: int) -> str:
    return f"client:{client_id}"


def _month(at: datetime) -> str:
    return f"month:{at.astimezone(UTC):%Y-%m}"


def _month_start(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
