"""The home of ending holds: held commissions become payable when their time has come (R14)."""

from domain.intake.earning import release_due
from domain.intake.facts import Facts
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.surroundings import Surroundings

BATCH_SIZE = 500


def new_facts(around: Surroundings) -> Facts:
    """Return an empty picture for a set that is decided now."""
    return Facts(
        now=around.clock(),
        programs=around.programs,
        zone=around.zone,
        new_id=around.new_id,
        tells_vendor=around.open_work.tells_vendor,
    )


async def release_holds(around: Surroundings, enrolment_id: int | None = None) -> int:
    """Release every hold that has ended, of one enrolment or of all; return how many.

    One short transaction per batch, none at all where nothing is due. Programs are not asked: what
    is held stays so until its own instant, also when the terms have no hold any more.
    """
    ids = None if enrolment_id is None else [enrolment_id]
    released = 0
    while True:
        async with around.open_work.read() as work:
            due = await work.payments.hold_ended(ids, now=around.clock(), limit=1)
        if not due:
            return released
        async with around.open_work() as work:
            released += await _release_batch(around, work, ids)
            await work.commit()


async def release_in(around: Surroundings, work: Work, ids: list[int]) -> None:
    """Release all that has ended of these enrolments inside the caller's transaction.

    What is decided next is decided on their whole balance (R14).
    """
    while await _release_batch(around, work, ids) == BATCH_SIZE:
        pass


async def _release_batch(around: Surroundings, work: Work, ids: list[int] | None) -> int:
    facts = new_facts(around)
    due = await work.payments.hold_ended(ids, now=facts.now, limit=BATCH_SIZE)
    if due:
        await load_enrolments(facts, work, {commission.enrolment_id for commission in due})
    for commission in due:
        facts.commissions.load((commission.payment_id, commission.line), commission)
        release_due(facts, commission)
    await save_facts(facts, work)
    return len(due)
