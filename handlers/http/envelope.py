"""The home of envelopes: ``{"type", "timestamp", "data"}`` in, an event to report out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.events.fields import FieldProblem, FieldReader, MalformedEvent
from domain.events.read import read_event
from domain.usecases.events.record import Malformed, ReportedEvent
from handlers.http.event_schemas import ignored_fields
from handlers.http.json_body import PROBLEMS_MAX, content_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One event as it was sent.

    Attributes:
        id: The sender's id, "" where a batch names none.
        kind: The type as sent, "" where there is none.
        reported: The event, or ``None`` when its envelope is wrong.
        problems: Every wrong field where the envelope is wrong.
        ignored: Fields that nobody reads; a hint at misspelt names.
    """

    id: str
    kind: str
    reported: ReportedEvent | None
    problems: tuple[FieldProblem, ...]
    ignored: tuple[str, ...]

    @property
    def malformed(self) -> Malformed:
        """What is told of a wrong envelope."""
        return Malformed(id=self.id, problems=self.problems)


def read_envelope(
    value: Mapping[str, object], *, event_id: str | None, is_escaped: bool, now: datetime
) -> Envelope:
    """Return what was sent, with everything that is wrong in it.

    Args:
        value: The envelope.
        event_id: The id in the header; ``None`` in a batch, where each envelope has its own.
        is_escaped: Whether the bytes that the envelope came in have escapes.
        now: Our time; an envelope from the future is refused.
    """
    problems: list[FieldProblem] = []
    fields = FieldReader(value, problems)
    if event_id is None:
        event_id = fields.required_identifier("id")
    kind = fields.required_text("type")
    fields.instant("timestamp", now=now)
    data = fields.raw("data", required=True)
    if data is not None and not isinstance(data, dict):
        fields.wrong("data", "must be an object")
    known = {problem.field for problem in problems}
    content = content_problems(value, is_escaped=is_escaped)
    problems += [problem for problem in content if problem.field not in known]
    if not isinstance(data, dict):
        return _wrong(event_id, kind, problems)
    if problems:
        return _wrong(event_id, kind, problems + _data_problems(kind, data, problems, now))
    if value.get("id") == event_id:
        fields.seen.add("id")
    unread = [name for name in value if name not in fields.seen]
    return Envelope(
        id=event_id,
        kind=kind,
        reported=ReportedEvent(id=event_id, kind=kind, data=data),
        problems=(),
        ignored=(*unread, *ignored_fields(kind, data))[:PROBLEMS_MAX],
    )


def not_an_object() -> Envelope:
    """Return the envelope of something in a batch that is no object."""
    return _wrong("", "", [FieldProblem("", "must be an object")])


def _wrong(event_id: str, kind: str, problems: list[FieldProblem]) -> Envelope:
    return Envelope(
        id=event_id,
        kind=kind,
        reported=None,
        problems=tuple(problems[:PROBLEMS_MAX]),
        ignored=(),
    )


def _data_problems(
    kind: str, data: Mapping[str, object], found: list[FieldProblem], now: datetime
) -> list[FieldProblem]:
    """Return what is wrong inside ``data`` too, so that one answer names everything."""
    known = {problem.field for problem in found}
    if not kind:
        return []
    try:
        read_event(kind, data, now=now)
    except MalformedEvent as refusal:
        return [problem for problem in refusal.problems if problem.field not in known]
    return []
