"""The home of recording events: sets in, one transaction, each event with its own answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.events.fields import FieldProblem, MalformedEvent
from domain.events.read import read_event
from domain.intake.apply import Answer, Incoming
from domain.intake.isolating import apply_isolated
from domain.intake.json_text import canonical
from domain.records import quick
from domain.surroundings import Surroundings

__all__ = ["Answer", "Malformed", "RecordEvents", "ReportedEvent", "Result"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEvent:
    """An event as the outside sent it.

    Attributes:
        id: The sender's id.
        kind: Name of the type.
        data: The object under ``data``.
    """

    id: str
    kind: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """An event that cannot be read; nothing of it is stored and its id is not used up."""

    id: str
    problems: tuple[FieldProblem, ...]


Result = Answer | Malformed


class RecordEvents:
    """Apply reported events.

    - Several requests that waited together share one transaction and one durable commit; each
      keeps its own order and answers.
    - A success answer means that the effect is durable (a dry run says so and stores nothing).
    - One bad event never spoils its neighbours, not even one that a defect of ours meets.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self,
        batches: Sequence[Sequence[ReportedEvent]],
        *,
        source: str = "billing",
        dry_run: bool = False,
        is_quiet: bool = False,
    ) -> list[list[Result]]:
        """Return the answers of each request, in its order.

        Args:
            batches: The events of each request.
            source: ``billing``, ``staff`` or ``import``.
            dry_run: Tell what would happen and store nothing.
            is_quiet: Owe nobody a notice: years of history are no news.
        """
        now = self._around.clock()
        malformed: dict[tuple[int, int], Malformed] = {}
        incoming: list[list[Incoming]] = []
        for number, batch in enumerate(batches):
            read: list[Incoming] = []
            for position, reported in enumerate(batch):
                try:
                    event = read_event(reported.kind, reported.data, now=now)
                except MalformedEvent as refusal:
                    problem = Malformed(id=reported.id, problems=refusal.problems)
                    malformed[number, position] = problem
                    continue
                read.append(
                    Incoming(
                        id=reported.id,
                        kind=reported.kind,
                        data=canonical(reported.data),
                        event=event,
                        source=source,
                    )
                )
            incoming.append(read)
        answers = await apply_isolated(self._around, incoming, dry_run=dry_run, is_quiet=is_quiet)
        return [
            _merged(number, len(batch), malformed, answers[number])
            for number, batch in enumerate(batches)
        ]


def _merged(
    number: int,
    length: int,
    malformed: Mapping[tuple[int, int], Malformed],
    answers: Sequence[Answer],
) -> list[Result]:
    applied = iter(answers)
    return [malformed.get((number, position)) or next(applied) for position in range(length)]
