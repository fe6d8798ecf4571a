"""The home of events that people must mend: listing and running them again."""

import json
from collections.abc import Sequence

from domain.access import require_staff
from domain.entities.event import EventRecord
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.apply import Answer, Incoming, apply_batch, read_stored
from domain.intake.holds import new_facts
from domain.intake.json_text import canonical
from domain.intake.load import load_facts
from domain.intake.save import save_facts
from domain.surroundings import Surroundings

PAGE_SIZE = 8


class ListParked:
    """Show staff the events that wait for them."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, after: str = "") -> Sequence[EventRecord]:
        """Return a page of them, one more row than fits tells that there are others.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "queue.read", self._around.owners)
            return await work.events.parked_for_staff(after=after, limit=PAGE_SIZE + 1)


class RerunEvent:
    """Apply a parked event again after people mended its cause; it is audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, event_id: str) -> Answer:
        """Return what came of it now.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: no such event is parked for staff.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "event.rerun", self._around.owners)
            record = await work.reports.event(event_id)
            if record is None or not (record.waits_for or "").startswith("staff:"):
                raise NotFound(event=event_id)
            incoming = Incoming(
                id=record.id,
                kind=record.kind,
                data=canonical(json.loads(record.data)),
                event=read_stored(record),
                source=record.source,
                rerun=True,
            )
            facts = new_facts(self._around)
            await load_facts(facts, work, [incoming], self._around.tokens)
            answer = apply_batch(facts, [incoming], self._around.tokens)[0]
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role=role.value,
                action="event_rerun",
                subject=f"event:{event_id}",
                details={"status": answer.status},
            )
            await work.commit()
        return answer
