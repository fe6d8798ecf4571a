"""The home of applying a batch: each event judged by itself, in the order of own times (R8)."""

import heapq
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.entities.event import EventConflict, EventError, EventRecord, EventStatus
from domain.events.kept import ClientUpdated, OrderCreated, OrderUpdated
from domain.events.read import read_event
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
from domain.intake.erasing import ERASED, says_the_same, without_person
from domain.intake.facts import Facts
from domain.intake.invoicing import issue_invoice, update_invoice
from domain.intake.verdict import INTERNAL, Verdict, waits_for_staff
from domain.ports.tokens import ClickTokens
from domain.records import quick


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event as it came.

    Attributes:
        id: The sender's id.
        kind: Type, such as ``payment.succeeded``.
        data: The data as canonical JSON text.
        event: The same, typed.
        source: ``billing``, ``staff`` or ``import``.
        rerun: A parked event that staff run again.
    """

    id: str
    kind: str
    data: str
    event: Event
    source: str = "billing"
    rerun: bool = False

    @property
    def fact(self) -> str:
        """What it is about; of what may be said again and again, each event is its own."""
        fact = self.event.fact
        return f"{fact}{self.id}" if isinstance(self.event, ClientUpdated) else fact


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the sender of one event is told.

    Attributes:
        id: The sender's id.
        status: ``applied``, ``duplicate``, ``parked``, ``rejected`` or ``conflict``.
        reason: Why an applied event earned nothing or attributed nobody.
        error: Why it is parked or rejected.
        standing: What came of the event that a duplicate repeats; ``None`` for all others.
    """

    id: str
    status: str
    reason: str | None = None
    error: EventError | None = None
    standing: EventStatus | None = field(default=None, compare=False)


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
        answer = _identify(facts, incoming)
        first_answers.append(answer)
        if answer is None:
            heapq.heappush(queue, (incoming.event.at, position, incoming.id, incoming.event))
    position = len(batch)
    while queue:
        _, _, event_id, event = heapq.heappop(queue)
        verdict = _apply_one(facts, event, tokens)
        _settle(facts, event_id, verdict)
        for waiting_id in _released(facts, verdict):
            position += 1
            waiting = read_stored(facts.events[waiting_id])
            heapq.heappush(queue, (waiting.at, position, waiting_id, waiting))
    return [
        _at_the_end(facts, incoming, answer)
        for answer, incoming in zip(first_answers, batch, strict=True)
    ]


def _released(facts: Facts, verdict: Verdict) -> list[str]:
    """Return the ids of events that are parked and wait for what was applied."""
    waiting = [id_ for cause in verdict.releases for id_ in facts.parked.pop(cause, [])]
    return [id_ for id_ in waiting if facts.events[id_].status is EventStatus.PARKED]


def read_stored(record: EventRecord) -> Event:
    """Return the typed event of a stored record, as it was accepted."""
    return read_event(record.kind, json.loads(record.data), now=None)


def set_aside(facts: Facts, incoming: Incoming, reference: str) -> Answer:
    """Park an event that a defect of ours keeps from applying; staff run it again later.

    Args:
        facts: Events of this id and about this fact are loaded.
        incoming: The event.
        reference: Under which the log has the details.
    """
    answer = _identify(facts, incoming)
    if answer is None:
        message = f"kept for our staff, it need not be sent again; reference {reference}"
        _settle(facts, incoming.id, waits_for_staff(INTERNAL, None, message))
    return _at_the_end(facts, incoming, answer)


def _identify(facts: Facts, incoming: Incoming) -> Answer | None:
    """Return the answer to a repeated id or fact, or ``None`` for news, which is now known.

    A duplicate names the event that it repeats.
    """
    known = facts.events.get(incoming.id)
    if known is not None and not incoming.rerun:
        return _same_id(facts, incoming, known)
    fact = incoming.fact
    other = facts.events.get(facts.events_by_fact.get(fact, incoming.id))
    if other is not None and other.id != incoming.id and other.status is not EventStatus.REJECTED:
        if (other.waits_for or "").startswith("staff:"):
            _supersede(facts, other, incoming.id)
        elif says_the_same(other, incoming.kind, incoming.data):
            # The body of the first: what was erased from it does not come back by this one.
            _keep(facts, replace(incoming, data=other.data), status=EventStatus.DUPLICATE)
            return Answer(id=other.id, status="duplicate")
        else:
            _reject_conflicting_fact(facts, incoming)
            return _told(facts.events[incoming.id])
    _keep(facts, incoming)
    facts.events_by_fact[fact] = incoming.id
    return None


def _same_id(facts: Facts, incoming: Incoming, known: EventRecord) -> Answer:
    if says_the_same(known, incoming.kind, incoming.data):
        first_id = facts.events_by_fact.get(known.fact, known.id)
        is_copy = known.status is EventStatus.DUPLICATE
        return Answer(id=first_id if is_copy else known.id, status="duplicate")
    facts.conflicts.append(
        EventConflict(
            id=facts.new_id(),
            event_id=incoming.id,
            kind=incoming.kind,
            data=incoming.data,
            received_at=facts.now,
        )
    )
    facts.tell_staff("event_conflict", {"event_id": incoming.id, "event_type": incoming.kind})
    error = EventError(
        code="conflict", field="id", message="this id was used for another type or other data"
    )
    return Answer(id=incoming.id, status="conflict", error=error)


def _supersede(facts: Facts, other: EventRecord, by: str) -> None:
    error = EventError.replaced(by)
    facts.set_event(other, status=EventStatus.REJECTED, error=error, waits_for=None)


def _reject_conflicting_fact(facts: Facts, incoming: Incoming) -> None:
    error = EventError(
        code="conflict", field=None, message="the same fact was reported before with other data"
    )
    _keep(facts, incoming, status=EventStatus.REJECTED, error=error)
    facts.tell_staff(
        "event_rejected",
        {"event_id": incoming.id, "event_type": incoming.kind, "code": "conflict"},
    )


def _keep(
    facts: Facts,
    incoming: Incoming,
    *,
    status: EventStatus = EventStatus.PARKED,
    error: EventError | None = None,
) -> None:
    if incoming.rerun:
        return
    record = EventRecord(
        id=incoming.id,
        kind=incoming.kind,
        data=incoming.data,
        fact=incoming.fact,
        at=incoming.event.at,
        source=incoming.source,
        received_at=facts.now,
        status=status,
        error=error,
    )
    facts.events.add(incoming.id, record)


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


def _settle(facts: Facts, event_id: str, verdict: Verdict) -> None:
    """Write down what came of the event, and tell staff what only people can mend."""
    is_applied = verdict.status is EventStatus.APPLIED
    standing = facts.events[event_id]
    before = standing.error
    is_erased = verdict.reason == ERASED
    record = facts.set_event(
        standing,
        data=without_person(standing.data) if is_erased else standing.data,
        status=verdict.status,
        reason=verdict.reason,
        error=verdict.error,
        waits_for=verdict.waits_for,
        applied_at=facts.now if is_applied else None,
    )
    if verdict.waits_for is not None:
        facts.parked[verdict.waits_for].append(event_id)
    is_for_staff = (verdict.waits_for or "").startswith("staff:")
    is_told = before is not None and before == verdict.error
    is_news = is_for_staff or verdict.status is EventStatus.REJECTED
    if verdict.error is not None and is_news and not is_told:
        facts.tell_staff(
            "event_parked" if is_for_staff else "event_rejected",
            {"event_id": event_id, "event_type": record.kind, "code": verdict.error.code},
        )


def _at_the_end(facts: Facts, incoming: Incoming, answer: Answer | None) -> Answer:
    """Return what the sender is told when all is applied; a repeat, what came of the first."""
    if answer is None:
        return _told(facts.events[incoming.id])
    if answer.status == "duplicate":
        first = facts.events[answer.id]
        return replace(_told(first), id=incoming.id, status="duplicate", standing=first.status)
    return answer


def _told(record: EventRecord) -> Answer:
    return Answer(
        id=record.id, status=record.status.value, reason=record.reason, error=record.error
    )
