"""Two processes on one database: one is frozen, their clocks differ, everything comes twice."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager

from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.people import join
from tests.faults.process import until
from tests.faults.replicas import HANDLED_SECONDS, DirectHuman, Replicas, start_replicas
from tests.faults.row import Row
from tests.faults.story import Story, tell_story

EVENTS, PARTNERS, TEXTS = 120, 3, 8
FREEZES_FEW, FREEZES_MANY = 3, 40
FROZEN_SECONDS = 1.0
SKEW_SECONDS = 240
"""Less than the five minutes that a signature of billing may be old."""
CLOCKS = "SELECT MIN(received_at) AS first, MAX(received_at) AS last FROM inbox"
LEASES_OVER = (
    "UPDATE notices SET due_at = 0 WHERE id IN (SELECT id FROM notices"
    " WHERE sent_at IS NULL AND dead_at IS NULL FOR UPDATE SKIP LOCKED)"
)
"""Past rows that a frozen process holds: whoever waited for those would never wake it."""


async def frozen(ground: Ground) -> Row:
    """F07: a process is stopped for a while and goes on, after the other took its work."""
    row = ground.row("frozen replica", POSTGRESQL)
    row.strikes = min(ground.strikes, FREEZES_MANY) or FREEZES_FEW
    async with _two(ground) as replicas:

        async def strike(chance: random.Random) -> None:
            for _ in range(row.strikes):
                await asyncio.sleep(chance.uniform(0.05, 0.3))
                victim = chance.choice(replicas.processes)
                victim.sends(signal.SIGSTOP)
                await asyncio.sleep(FROZEN_SECONDS)
                # What it had taken is free for the other, which a minute would do.
                await replicas.vendor.database.change(LEASES_OVER)
                await asyncio.sleep(FROZEN_SECONDS / 2)
                victim.sends(signal.SIGCONT)

        chance = ground.chance(row)
        await _load(row, replicas, chance, strike(chance))
    return row


async def skewed(ground: Ground) -> Row:
    """F20: the clock of one process is minutes before that of the other."""
    row = ground.row("clocks differ", POSTGRESQL)
    row.strikes = 2
    async with _two(ground, (SKEW_SECONDS, -SKEW_SECONDS)) as replicas:
        await _load(row, replicas, ground.chance(row), asyncio.sleep(0))
        [seen] = await replicas.vendor.database.rows(CLOCKS)
        # Either process stores some of the updates: their clocks must be as wrong as was meant.
        if seen.last - seen.first < 2 * SKEW_SECONDS * 1_000_000:
            row.wrong = "the clocks did not differ"
    row.note += f", {2 * SKEW_SECONDS} s apart"
    return row


@asynccontextmanager
async def _two(ground: Ground, skews: Sequence[int] = (0, 0)) -> AsyncIterator[Replicas]:
    async with ground.vendor(POSTGRESQL, mode="webhook") as vendor:
        yield await start_replicas(vendor, 2, skews)


async def _load(row: Row, replicas: Replicas, chance: random.Random, strike: object) -> None:
    """Report every event and deliver every update to both at once; each has one effect."""
    vendor = replicas.vendor
    people = [await replicas.person(f"Partner {number}") for number in range(PARTNERS)]
    codes = [await join(human, vendor.database) for human in people]
    story = tell_story(chance, codes, EVENTS)
    known = await vendor.database.value("SELECT COUNT(*) FROM inbox")
    updates = [human.text("/balance") for human in people for _ in range(TEXTS)]
    chance.shuffle(updates)
    slots = asyncio.Semaphore(8)
    done = asyncio.gather(
        strike,
        *(_one_of_few(slots, replicas.report_to_all(one)) for one in story.events.values()),
        *(_one_of_few(slots, replicas.deliver_to_all(update)) for update in updates),
    )
    await done
    row.sent = row.acknowledged = len(story.events) + len(updates)
    await _settled(replicas)
    await _find(row, replicas, story, people, len(updates) + known)
    for process in replicas.processes:
        assert await process.stop() == 0
    await vendor.audit(row)
    row.note = "each of them to both"


async def _one_of_few(slots: asyncio.Semaphore, work: Awaitable[None]) -> None:
    async with slots:
        await work


async def _settled(replicas: Replicas) -> None:
    """Wait until all is handled and told, without the leases' minute."""
    database = replicas.vendor.database
    owed = (
        "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)"
        " + (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
    )

    async def is_settled() -> bool:
        await database.change(LEASES_OVER)
        return not await database.value(owed)

    await until(is_settled, within_seconds=HANDLED_SECONDS, every_seconds=1.0)


async def _find(
    row: Row, replicas: Replicas, story: Story, people: Sequence[DirectHuman], updates: int
) -> None:
    [counts] = await replicas.vendor.database.rows(
        "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
        " (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM refunds),"
        " (SELECT COUNT(*) FROM inbox WHERE handled_at IS NOT NULL AND parked_at IS NULL)"
    )
    expected = {
        "applied events": len(story.events),
        "payments": story.of_kind("payment.succeeded"),
        "refunds": story.of_kind("payment.refunded"),
        "handled updates": updates,
    }
    for (what, number), count in zip(expected.items(), counts, strict=True):
        row.expect(what, count, number)
    paid = await replicas.vendor.database.rows(
        "SELECT e.code, a.balance FROM ledger_accounts a"
        " JOIN enrolments e ON e.id = a.enrolment_id WHERE a.kind = 'payable'"
    )
    owed = Counter(story.earned)
    owed.subtract(story.taken_back)
    for code, balance in paid:
        row.expect(f"payable of {code}, in cents", abs(balance), owed[code])
    for human in people:
        told = sum("Payable" in text for text in human.texts())
        if told < TEXTS:
            row.unanswered.append(f"{human.id}: {told} of {TEXTS} balances")
