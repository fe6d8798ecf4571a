"""The home of what becomes of a stored event: read again, and settled by a verdict."""

import json

from domain.entities.event import EventRecord, EventStatus
from domain.events.read import read_event
from domain.events.types import Event
from domain.intake.erasing import ERASED, without_person
from domain.intake.facts import Facts
from domain.intake.verdict import Verdict


def read_stored(record: EventRecord) -> Event:
    """Return the typed event of a stored record, as it was accepted."""
    return read_event(record.kind, json.loads(record.data), now=None)


def settle(facts: Facts, event_id: str, verdict: Verdict) -> None:
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
