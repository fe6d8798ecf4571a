"""The home of keeping a defect of ours to the event that meets it.

A set is applied in one transaction. When something unexpected raises, the set is halved until the
event is alone; it is set aside for staff, durable and with a reference, and its neighbours apply.
An outage is no defect: it goes to the caller, who tells everybody to come again.
"""

from collections.abc import Sequence

from domain.ids import encode
from domain.intake.apply import Answer, Incoming, apply_batch, set_aside
from domain.intake.causes import causes_of
from domain.intake.holds import new_facts
from domain.intake.load import load_facts
from domain.intake.mapping import again
from domain.intake.save import save_facts
from domain.surroundings import Surroundings

REFERENCE_LENGTH = 8

Batches = Sequence[Sequence[Incoming]]


async def apply_isolated(
    around: Surroundings, batches: Batches, *, dry_run: bool = False, is_quiet: bool = False
) -> list[list[Answer]]:
    """Apply the batches of several requests; return the answers of each, in its order.

    A batch that had to be halved applies like smaller batches sent one after the other.

    Args:
        around: What to work in.
        batches: The events of each request.
        dry_run: Tell what would happen and store nothing.
        is_quiet: Owe nobody a notice.
    """
    try:
        return await _together(around, batches, dry_run=dry_run, is_quiet=is_quiet)
    except around.outages:
        raise
    except Exception as error:  # noqa: BLE001 - any defect of ours; it is noted where it is alone
        filled = [batch for batch in batches if batch]
        if len(filled) == 1 and len(filled[0]) == 1:
            alone = await _alone(around, filled[0][0], error, dry_run=dry_run)
            return [[alone] if batch else [] for batch in batches]

    async def halved(some: Batches) -> list[list[Answer]]:
        return await apply_isolated(around, some, dry_run=dry_run, is_quiet=is_quiet)

    if len(batches) > 1:
        middle = len(batches) // 2
        first = await halved(batches[:middle])
        return first + await halved(batches[middle:])
    [batch] = batches
    middle = len(batch) // 2
    [left] = await halved([batch[:middle]])
    [right] = await halved([batch[middle:]])
    return [left + right]


async def _together(
    around: Surroundings,
    batches: Batches,
    *,
    dry_run: bool,
    releases: bool = True,
    is_quiet: bool = False,
) -> list[list[Answer]]:
    """Apply all of it in one transaction, with what it releases."""
    everything = [incoming for batch in batches for incoming in batch]
    if not everything:
        return [[] for _ in batches]
    async with around.open_work() as work:
        facts = new_facts(around)
        await load_facts(facts, work, everything, around.tokens, releases=releases)
        answers = [apply_batch(facts, batch, around.tokens) for batch in batches]
        if is_quiet:
            facts.notices.clear()
        if not dry_run:
            await save_facts(facts, work)
            await work.commit()
    return answers


async def _alone(
    around: Surroundings, incoming: Incoming, error: Exception, *, dry_run: bool
) -> Answer:
    """Apply one event without what waits for it, and then that, each by itself."""
    causes = causes_of(incoming.event)
    if not causes:
        return await _set_aside(around, incoming, error, dry_run=dry_run)
    try:
        [[answer]] = await _together(around, [[incoming]], dry_run=dry_run, releases=False)
    except around.outages:
        raise
    except Exception as own:  # noqa: BLE001 - the defect is the event's own
        return await _set_aside(around, incoming, own, dry_run=dry_run)
    if not dry_run:
        await _release_each(around, causes)
    return answer


async def _release_each(around: Surroundings, causes: Sequence[str]) -> None:
    async with around.open_work.read() as work:
        waiting = await work.events.parked_for(causes)
    for record in sorted(waiting, key=lambda row: (row.at, row.id)):
        await apply_isolated(around, [[again(record)]])


async def _set_aside(
    around: Surroundings, incoming: Incoming, error: Exception, *, dry_run: bool
) -> Answer:
    """Keep the event for staff, who run it again when the defect is mended."""
    reference = encode(around.new_id())[-REFERENCE_LENGTH:]
    around.note_defect(reference, error)
    async with around.open_work() as work:
        facts = new_facts(around)
        known = await work.events.by_id_or_fact([incoming.id], [incoming.fact])
        facts.load_events(known)
        facts.load_facts_of(known)
        answer = set_aside(facts, incoming, reference)
        if not dry_run:
            await save_facts(facts, work)
            await work.commit()
    return answer
