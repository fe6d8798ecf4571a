"""The home of mapping a category that a program has no rate for, and of dropping an event."""

from dataclasses import dataclass

from domain.access import require_staff
from domain.entities.category import CategoryMapping
from domain.entities.event import EventError, EventRecord, EventStatus
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.events.types import PaymentSucceeded
from domain.intake.apply import Answer, apply_batch
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load import load_facts
from domain.intake.mapping import FOR_CATEGORY, Gap, again, mappable
from domain.intake.save import save_facts
from domain.intake.settling import read_stored, settle
from domain.intake.verdict import applied
from domain.ports.work import Work
from domain.surroundings import Surroundings

RERUN_MAX = 500
"""Events that are run again with one mapping; the rest is run again one by one."""
DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What a mapping did.

    Attributes:
        answer: What came of the event now.
        category: What was mapped, "" for a payment without category.
        counts_as: What it counts as from now on.
        applied: How many parked events took effect by it, this one included.
    """

    answer: Answer
    category: str
    counts_as: str
    applied: int


class MapCategory:
    """Let a category count as another one, for good, and run what waited for it again (R7).

    What was earned before stays as it is; the mapping is audited.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, event_id: str, counts_as: str) -> Mapped:
        """Return what came of it.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: the event waits for no category, or the program has no such category.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "event.rerun", self._around.owners)
            gap = await self._gap(work, event_id, counts_as)
            now = self._around.clock()
            mapping = CategoryMapping(
                program=gap.program, category=gap.category, counts_as=counts_as
            )
            await work.categories.put(mapping, by=caller.person.id, at=now)
            answers = await self._rerun(work, event_id)
            applied = sum(answer.status == "applied" for answer in answers.values())
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=role.value,
                action="category_mapped",
                subject=f"program:{gap.program}",
                details={
                    "category": gap.category,
                    "counts_as": counts_as,
                    "event": event_id,
                    "applied": applied,
                },
            )
            await work.commit()
        return Mapped(
            answer=answers[event_id],
            category=gap.category,
            counts_as=counts_as,
            applied=applied,
        )

    async def _gap(self, work: Work, event_id: str, counts_as: str) -> Gap:
        record = await work.reports.event(event_id)
        gap = await mappable(self._around, work, record) if record else None
        if gap is None or counts_as not in gap.choices:
            raise NotFound(event=event_id)
        return gap

    async def _rerun(self, work: Work, event_id: str) -> dict[str, Answer]:
        waiting = list(await work.events.parked_for([FOR_CATEGORY]))
        waiting.sort(key=lambda row: (row.id != event_id, row.at, row.id))
        batch = [again(record) for record in waiting[:RERUN_MAX]]
        facts = new_facts(self._around)
        await load_facts(facts, work, batch, self._around.tokens)
        answers = apply_batch(facts, batch, self._around.tokens)
        await save_facts(facts, work)
        return {answer.id: answer for answer in answers}


class DropEvent:
    """Let staff decide that a parked event never takes effect; it is kept and audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, event_id: str) -> None:
        """Reject it for good.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no such event is parked.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "event.rerun", self._around.owners)
            record = await work.reports.event(event_id)
            if record is None or record.status is not EventStatus.PARKED:
                raise NotFound(event=event_id)
            facts = new_facts(self._around)
            facts.load_events([record])
            await _drop(facts, work, record)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action="event_dropped",
                subject=f"event:{event_id}",
                details={"waited_for": record.waits_for, "error": _code(record.error)},
            )
            await work.commit()


async def _drop(facts: Facts, work: Work, record: EventRecord) -> None:
    """Reject the event; a payment that is stored stays what it is, and earns nothing for good."""
    event = read_stored(record)
    ids = [event.payment_id] if isinstance(event, PaymentSucceeded) else []
    for payment in await work.payments.by_payment_ids(ids) if ids else ():
        settle(facts, record.id, applied(payment.reason.value if payment.reason else None))
        return
    error = EventError(
        code=DROPPED, field=None, message="the vendor's staff decided not to apply it"
    )
    facts.set_event(record, status=EventStatus.REJECTED, error=error, waits_for=None)


def _code(error: EventError | None) -> str | None:
    return error.code if error else None
