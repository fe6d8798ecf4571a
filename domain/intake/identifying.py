"""The home of telling news from what is known: repeated ids, repeated facts, corrections."""

from dataclasses import replace

from domain.entities.event import EventConflict, EventError, EventRecord, EventStatus
from domain.intake.catching_up import may_replace
from domain.intake.erasing import says_the_same
from domain.intake.facts import Facts
from domain.intake.incoming import Answer, Incoming, told


def identify(facts: Facts, incoming: Incoming) -> Answer | None:
    """Return the answer to a repeated id or fact, or ``None`` for news, which is now known.

    A duplicate names the event that it repeats.
    """
    known = facts.events.get(incoming.id)
    if known is not None and not incoming.rerun:
        return _same_id(facts, incoming, known)
    fact = incoming.fact
    other = facts.events.get(facts.events_by_fact.get(fact, incoming.id))
    if other is not None and other.id != incoming.id and other.status is not EventStatus.REJECTED:
        if (other.waits_for or "").startswith("staff:") and may_replace(facts, other, incoming):
            _supersede(facts, other, incoming.id)
        elif says_the_same(other, incoming.kind, incoming.data):
            # The body of the first: what was erased from it does not come back by this one.
            _keep(facts, replace(incoming, data=other.data), status=EventStatus.DUPLICATE)
            return Answer(id=other.id, status="duplicate")
        else:
            _reject_conflicting_fact(facts, incoming)
            return told(facts.events[incoming.id])
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
