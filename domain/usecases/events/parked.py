"""The home of running an event again after people mended what kept it from applying."""

from domain.access import require_staff
from domain.entities.people import Caller
from domain.errors import DomainError, NotFound
from domain.ids import encode
from domain.intake.apply import Answer, apply_batch
from domain.intake.holds import new_facts
from domain.intake.isolating import REFERENCE_LENGTH
from domain.intake.load import load_facts
from domain.intake.mapping import again
from domain.intake.save import save_facts
from domain.surroundings import Surroundings


class EventStillFails(DomainError):
    """A defect of ours keeps the event from applying; the log has it under the reference."""

    code = "event_still_fails"


class EventReplaced(DomainError):
    """Another event about the same fact took effect instead; the fact says which."""

    code = "event_replaced"


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
            EventReplaced: another one took effect instead.
            EventStillFails: the defect that kept it from applying is not mended.
        """
        try:
            return await self._run(caller, event_id)
        except self._around.outages:
            raise
        except DomainError:
            raise
        except Exception as error:
            reference = encode(self._around.new_id())[-REFERENCE_LENGTH:]
            self._around.note_defect(reference, error)
            raise EventStillFails(event=event_id, reference=reference) from error

    async def _run(self, caller: Caller, event_id: str) -> Answer:
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "event.rerun", self._around.owners)
            record = await work.reports.event(event_id)
            by = record.error.replaced_by if record and record.error else None
            if by is not None:
                raise EventReplaced(event=event_id, by=by)
            if record is None or not (record.waits_for or "").startswith("staff:"):
                raise NotFound(event=event_id)
            incoming = again(record)
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
