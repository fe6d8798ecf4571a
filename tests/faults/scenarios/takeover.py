"""What a replica held is taken over: when it is killed, and when it stands still (F02, F07)."""

import asyncio
import re
import signal
import statistics
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from itertools import groupby

from storage.work import BOOKS_LOCK
from tests.faults.balancer import Balanced
from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.people import join
from tests.faults.process import GUARD_SECONDS, Process, until
from tests.faults.replicas import DirectHuman, Replicas, start_replicas
from tests.faults.row import Row
from tests.faults.scenarios.contests import REPLICAS
from tests.faults.story import Story
from tests.faults.world import OK, Json

DEATHS_FEW, DEATHS_MANY = 2, 40
SILENCES_MANY = 10
A_SILENCE_OF = 20
"""So many strikes of a long run have one silence of each kind."""
FROZEN_SECONDS, FROZEN_LONG_SECONDS = 20.0, 40.0
"""Shorter and longer than the server lets a transaction lie idle."""
ANSWER_SECONDS = 5.0
UNITS = 100
ASKED = re.compile(r"(\d+) paying client")
_NUMBER = re.compile(r"this is replica (\d+)")
_LEADS = re.compile(r"replica \d+ leads")
_IN_BOOKS = (
    "SELECT COUNT(*) FROM pg_locks b JOIN pg_stat_activity a ON a.pid = b.pid"
    " WHERE b.locktype = 'advisory' AND b.granted AND a.wait_event_type = 'Lock'"
    " AND (CAST(b.classid AS bigint) << 32) + CAST(b.objid AS bigint) = :books"
)


@dataclass
class Watch:
    """Replicas, what they are given, and how long it took until another had it.

    Attributes:
        replicas: Behind a balancer.
        boss: A partner.
        code: Its code.
        story: What billing has reported.
        row: What was found.
        seconds: By what was taken over.
    """

    replicas: Balanced
    boss: DirectHuman
    code: str
    row: Row
    story: Story = field(default_factory=Story)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    _asked: int = 0

    def noted(self, what: str, began: float) -> None:
        """Keep how long something took."""
        self.seconds.setdefault(what, []).append(time.monotonic() - began)

    async def hands_full(self, number: int) -> DirectHuman:
        """Give a replica three updates of a new person; it is in the middle of the first."""
        self._asked += 1
        human = await self.replicas.person(f"Ann {self._asked}")
        sim = self.replicas.vendor.sim
        await sim.misbehaves("late", "sendMessage", seconds=ANSWER_SECONDS, chat_id=human.id)
        for line in (1, 2, 3):
            assert await self.replicas.deliver(_line(human, line), to=number) == OK

        async def is_begun() -> bool:
            return bool(human.messages())

        await until(is_begun, within_seconds=GUARD_SECONDS, every_seconds=0.02)
        return human

    async def until_lane_moves(self, human: DirectHuman, holder: int) -> None:
        """Wait until nothing of a person is in the hands of a replica."""
        held = "SELECT COUNT(*) FROM lanes WHERE speaker = :speaker AND holder = :holder"

        async def has_moved() -> bool:
            return not await self.replicas.vendor.database.value(
                held, speaker=str(human.id), holder=holder
            )

        await until(has_moved, within_seconds=GUARD_SECONDS, every_seconds=0.05)

    async def until_others_lead(self, before: dict[int, int]) -> None:
        """Wait until one of them has begun to lead once more than before."""

        async def lead() -> bool:
            now = {number: self.leads(number) for number in before}
            return now != before

        await until(lead, within_seconds=GUARD_SECONDS, every_seconds=0.05)

    def leads(self, number: int) -> int:
        """Return how often a replica has begun to lead."""
        return len(_LEADS.findall(self.replicas.processes[number].output))

    def payment(self) -> Json:
        """Return the next payment of the boss's client."""
        self.story.next_payment(self.code, UNITS)
        return list(self.story.events.values())[-1]

    async def paid(self, event: Json, but: int) -> None:
        """Report a payment to any but one of them, until it is acknowledged."""
        others = [url for number, url in enumerate(self.replicas.urls) if number != but]
        answer = None
        while answer is None or answer.status != OK:
            url = self.replicas.chance.choice(others)
            answer = await self.replicas.vendor.billing.send(url, event)

    def expect_order(self, human: DirectHuman, lines: int) -> None:
        """Each line was answered in its order; the one that was begun may be answered twice."""
        asked = [int(found[1]) for text in human.texts() if (found := ASKED.search(text))]
        if [number for number, _ in groupby(asked)] != list(range(1, lines + 1)):
            self.row.wrong = f"{human.id} was answered in the order {asked}"
        self.row.expect(
            f"answers to {human.id}", min(len(asked), lines + 1), max(len(asked), lines)
        )
        self.row.sent += lines
        self.row.acknowledged += lines


def _line(human: DirectHuman, number: int) -> Json:
    return human.text(f"/calc {number} 1000")


def _number_of(process: Process) -> int:
    return int(_NUMBER.findall(process.output)[-1])


async def takeover(ground: Ground) -> Row:
    """Kill and freeze the replica that leads and holds a lane, and one that writes the books."""
    row = ground.row("taken over", POSTGRESQL)
    deaths = min(ground.strikes, DEATHS_MANY) or DEATHS_FEW
    silences = min(ground.strikes // A_SILENCE_OF, SILENCES_MANY) or 1
    async with ground.vendor(POSTGRESQL, mode="webhook") as vendor:
        started = await start_replicas(vendor, REPLICAS)
        replicas = Balanced(vendor, started.processes, started.urls, chance=ground.chance(row))
        boss = await replicas.person("Boss")
        watch = Watch(replicas, boss, await join(boss, vendor.database), row)
        watch.story.first_payment(watch.code, UNITS)
        for event in watch.story.events.values():
            await watch.paid(event, but=-1)
        for _ in range(deaths):
            await _death(watch)
        for _ in range(silences):
            await _silence(watch)
            long = (FROZEN_LONG_SECONDS,) if ground.strikes else ()
            for seconds in (FROZEN_SECONDS, *long):
                await _silence_in_books(watch, seconds)
        await replicas.all_handled()
        await _find(watch)
    told = (
        f"{what} {statistics.median(all_):.1f} s, {max(all_):.1f} s at most"
        for what, all_ in watch.seconds.items()
    )
    row.note = "; ".join(told)
    return row


async def _death(watch: Watch) -> None:
    """Kill the leader while it has a person's updates in its hands."""
    victim = await watch.replicas.leader()
    human = await watch.hands_full(victim)
    others = {n: watch.leads(n) for n in range(REPLICAS) if n != victim}
    number = _number_of(watch.replicas.processes[victim])
    await watch.replicas.processes[victim].kill()
    began = time.monotonic()
    await asyncio.gather(
        _timed(watch, "a lane after a kill", began, watch.until_lane_moves(human, number)),
        _timed(watch, "the lead after a kill", began, watch.until_others_lead(others)),
    )
    watch.row.strikes += 1
    await watch.replicas.restart(victim, politely=False)
    await watch.replicas.updates_handled()
    watch.expect_order(human, 3)


async def _silence(watch: Watch) -> None:
    """Freeze the leader with a person's updates in its hands, until others have all of it."""
    replicas = watch.replicas
    victim = await watch.replicas.leader()
    human = await watch.hands_full(victim)
    others = {n: watch.leads(n) for n in range(REPLICAS) if n != victim}
    process = replicas.processes[victim]
    number = _number_of(process)
    process.sends(signal.SIGSTOP)
    began = time.monotonic()
    event = watch.payment()
    watch.boss.looks_from_now()
    await watch.paid(event, but=victim)
    watch.noted("an event beside a silent leader", began)
    await Replicas.deliver_until_taken(replicas, _line(human, 4), to=victim + 1)
    await asyncio.gather(
        _timed(watch, "a lane after silence", began, watch.until_lane_moves(human, number)),
        _timed(watch, "the lead after silence", began, watch.until_others_lead(others)),
        _timed(watch, "a notice beside a silent leader", began, _is_told(watch)),
    )
    process.sends(signal.SIGCONT)
    watch.row.strikes += 1
    await _is_back(process, number)
    await replicas.updates_handled()
    watch.expect_order(human, 4)


async def _is_told(watch: Watch) -> None:
    await watch.boss.is_answered(lambda message: "You earned" in (message.text or ""))


async def _silence_in_books(watch: Watch, seconds: float) -> None:
    """Freeze one that is in the middle of writing the books, and let others write meanwhile."""
    replicas, database = watch.replicas, watch.replicas.vendor.database
    victim = replicas.chance.randrange(REPLICAS)
    process = replicas.processes[victim]
    number = _number_of(process)
    first, second = watch.payment(), watch.payment()

    async def is_in_books() -> bool:
        return bool(await database.value(_IN_BOOKS, books=BOOKS_LOCK))

    async with database.nobody_writes("postings"):
        asked = asyncio.ensure_future(replicas.vendor.billing.send(replicas.urls[victim], first))
        await until(is_in_books, within_seconds=GUARD_SECONDS, every_seconds=0.02)
        process.sends(signal.SIGSTOP)
    began = time.monotonic()
    thaw = asyncio.ensure_future(_thawed(process, seconds))
    what = f"an event beside a writer that is silent for {seconds:.0f} s"
    await _timed(watch, what, began, watch.paid(second, but=victim))
    await thaw
    await asked
    await _is_back(process, number)
    # Billing asks again, whatever it was told.
    await watch.paid(first, but=-1)
    watch.row.strikes += 1


async def _thawed(process: Process, seconds: float) -> None:
    await asyncio.sleep(seconds)
    process.sends(signal.SIGCONT)


async def _is_back(process: Process, number: int) -> None:
    """Wait until one that was taken for dead has noticed and has another number."""

    async def has_another() -> bool:
        return _number_of(process) != number

    await until(has_another, within_seconds=GUARD_SECONDS)


async def _timed(watch: Watch, what: str, began: float, work: Awaitable[None]) -> None:
    await work
    watch.noted(what, began)


async def _find(watch: Watch) -> None:
    """Each payment is there once, its partner was told of it, and no cent is over."""
    row, vendor = watch.row, watch.replicas.vendor
    payments = watch.story.of_kind("payment.succeeded")
    row.sent += len(watch.story.events)
    row.acknowledged += len(watch.story.events)
    [counts] = await vendor.database.rows(
        "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
        " (SELECT COUNT(*) FROM payments), (SELECT SUM(attempts) FROM inbox),"
        " (SELECT -balance FROM ledger_accounts WHERE kind = 'payable')"
    )
    expected = (len(watch.story.events), payments, 0, payments * UNITS * 10)
    for what, found, number in zip(
        ("events", "payments", "failures of handlers", "cents payable"),
        counts,
        expected,
        strict=True,
    ):
        row.expect(what, found, number)
    told = sum("You earned" in text for text in watch.boss.texts())
    if told < payments:
        row.unanswered.append(f"the partner was told of {told} of {payments} payments")
    for process in watch.replicas.processes:
        row.wrong = row.wrong or ("" if await process.stop() == 0 else process.output)
    await vendor.audit(row)
