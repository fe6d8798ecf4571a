"""The home of applying a batch: each event judged by itself, in the order of own times (R8)."""

import heapq
from collections.abc import Sequence
from dataclasses import replace

from domain.entities.event import EventStatus
from domain.events.kept import ClientUpdated, OrderCreated, OrderUpdated
from domain.events.types import (
    AccountCreated,
    ClickRecorded,
    ClientDeleted,
    ClientRegistered,
    Event,
    InvoiceIssued,
    InvoiceUpdated,
    PaymentRefunded,
    PaymentSucceeded,
    ServiceChanged,
)
from domain.intake.apply_clients import (
    create_account,
    delete_client,
    record_click,
    register_client,
)
from domain.intake.apply_kept import keep
from domain.intake.apply_payments import record_payment, record_refund
from domain.intake.apply_services import change_service
from domain.intake.causes import OF_CHARGEBACK, causes_of
from domain.intake.facts import Facts
from domain.intake.identifying import identify
from domain.intake.incoming import Answer, Incoming, told
from domain.intake.invoicing import issue_invoice, update_invoice
from domain.intake.settling import read_stored, settle
from domain.intake.verdict import INTERNAL, Verdict, waits_for_staff
from domain.ports.tokens import ClickTokens

__all__ = ["Answer", "Incoming", "apply_batch", "set_aside"]


def apply_batch(facts: Facts, batch: Sequence[Incoming], tokens: ClickTokens) -> list[Answer]:
    """Apply the events of one request and all parked ones that they release.

    Ids and facts are judged in the order of the request; then the events apply by their own time,
    then position, together with what they release. An answer tells the status at the end.

    Args:
        facts: The loaded picture; it is changed.
        batch: The events of one request, in its order.
        tokens: Reads the redirect's signed tokens.
    """
    queue: list[tuple[object, int, str, Event]] = []
    first_answers: list[Answer | None] = []
    for position, incoming in enumerate(batch):
        answer = identify(facts, incoming)
        first_answers.append(answer)
        if answer is None:
            heapq.heappush(queue, (incoming.event.at, position, incoming.id, incoming.event))
    position = len(batch)
    freed = _left_behind(facts, batch, first_answers)
    while queue or freed:
        for waiting_id in freed:
            position += 1
            waiting = read_stored(facts.events[waiting_id])
            heapq.heappush(queue, (waiting.at, position, waiting_id, waiting))
        _, _, event_id, event = heapq.heappop(queue)
        verdict = _apply_one(facts, event, tokens)
        settle(facts, event_id, verdict)
        freed = _released(facts, verdict.releases, event)
    return [
        _at_the_end(facts, incoming, answer)
        for answer, incoming in zip(first_answers, batch, strict=True)
    ]


def _left_behind(
    facts: Facts, batch: Sequence[Incoming], answers: Sequence[Answer | None]
) -> list[str]:
    """Return what still waits for an applied event that is repeated.

    A crash between two transactions may have left it so.
    """
    return [
        waiting_id
        for incoming, answer in zip(batch, answers, strict=True)
        if answer is not None
        and answer.status == "duplicate"
        and facts.events[answer.id].status is EventStatus.APPLIED
        for waiting_id in _released(facts, causes_of(incoming.event), incoming.event)
    ]


def _released(facts: Facts, causes: Sequence[str], event: Event) -> list[str]:
    """Return the ids of events that are parked and wait for what was applied.

    Whoever waits for a chargeback came after it by its own time, or waits for another one.
    """
    freed: list[str] = []
    for cause in causes:
        waiting = [facts.events[id_] for id_ in facts.parked.pop(cause, [])]
        still = [row for row in waiting if row.status is EventStatus.PARKED]
        stays = cause.startswith(OF_CHARGEBACK)
        freed += [row.id for row in still if not stays or row.at >= event.at]
        left = [row.id for row in still if stays and row.at < event.at]
        if left:
            facts.parked[cause] = left
    return freed


def set_aside(facts: Facts, incoming: Incoming, reference: str) -> Answer:
    """Park an event that a defect of ours keeps from applying; staff run it again later.

    Args:
        facts: Events of this id and about this fact are loaded.
        incoming: The event.
        reference: Under which the log has the details.
    """
    answer = identify(facts, incoming)
    if answer is None:
        message = f"kept for our staff, it need not be sent again; reference {reference}"
        settle(facts, incoming.id, waits_for_staff(INTERNAL, None, message))
    return _at_the_end(facts, incoming, answer)


def _apply_one(  # noqa: C901, PLR0911 - a type a line
    facts: Facts, event: Event, tokens: ClickTokens
) -> Verdict:
    match event:
        case ClickRecorded():
            return record_click(facts, event)
        case ClientRegistered():
            return register_client(facts, event, tokens)
        case AccountCreated():
            return create_account(facts, event)
        case ClientDeleted():
            return delete_client(facts, event)
        case PaymentSucceeded():
            return record_payment(facts, event)
        case PaymentRefunded():
            return record_refund(facts, event)
        case ServiceChanged():
            return change_service(facts, event)
        case InvoiceIssued():
            return issue_invoice(facts, event)
        case InvoiceUpdated():
            return update_invoice(facts, event)
        case ClientUpdated() | OrderCreated() | OrderUpdated():
            return keep(facts, event)


def _at_the_end(facts: Facts, incoming: Incoming, answer: Answer | None) -> Answer:
    """Return what the sender is told when all is applied; a repeat, what came of the first."""
    if answer is None:
        return told(facts.events[incoming.id])
    if answer.status == "duplicate":
        first = facts.events[answer.id]
        return replace(told(first), id=incoming.id, status="duplicate", standing=first.status)
    return answer
