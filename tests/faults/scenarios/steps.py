"""Each money operation, struck at each of its writes, syncs and messages (F03, F11, F12)."""

import asyncio
import copy
import random
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.ground import SQLITE, Ground
from tests.faults.load import ASK_AGAIN
from tests.faults.outcome import Outcome, compare, outcome_of
from tests.faults.process import Process, until
from tests.faults.row import Row
from tests.faults.scenarios.lives import LIVES, Life
from tests.faults.scenarios.operations import (
    OPEN,
    PATIENCE_SECONDS,
    Operation,
    Preparation,
)
from tests.faults.strace import Traced, traced
from tests.faults.world import OK, Answer, Vendor

LIVES_AT_ONCE = 3
OUTAGE_SECONDS = 0.2
POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Strike:
    """One way to strike an operation.

    Attributes:
        call: Of the system.
        fault: What strace does to it.
        is_deadly: If the process dies of it.
        follows: ``+`` when every later call fails too.
    """

    call: str
    fault: str
    is_deadly: bool
    follows: str = ""

    def at(self, number: int) -> str:
        """Return what strace is told."""
        return f"{self.call}:{self.fault}:when={number}{self.follows}"


KILL_AT_WRITE = Strike("pwrite64", "signal=KILL", is_deadly=True)
KILL_AT_SYNC = Strike("fdatasync", "signal=KILL", is_deadly=True)
KILL_AT_MESSAGE = Strike("sendto", "signal=KILL", is_deadly=True)
DISK_FULL = Strike("pwrite64", "error=ENOSPC", is_deadly=False, follows="+")
WRITE_FAILS = Strike("pwrite64", "error=EIO", is_deadly=False)
SYNC_FAILS = Strike("fdatasync", "error=EIO", is_deadly=False, follows="+")


KINDS = {
    "kill at a call": (KILL_AT_WRITE, KILL_AT_SYNC, KILL_AT_MESSAGE),
    "disk full (ENOSPC)": (DISK_FULL,),
    "disk fails (EIO)": (WRITE_FAILS, SYNC_FAILS),
}


@dataclass
class Striking:
    """Strikes the operations of one life.

    Attributes:
        vendor: On whom they are done.
        chance: Random choices.
        points: At how many calls of a kind to strike; each is struck at once at most.
        rows: What was found, by the kind of strikes.
        calls: How many calls the operations make.
    """

    vendor: Vendor
    chance: random.Random
    points: int
    rows: dict[str, Row]
    calls: int = 0

    async def strike(self, operation: Operation) -> None:
        """Do it undisturbed, then strike it."""
        expected, counts = await self._undisturbed(operation)
        self.calls += sum(counts.values())
        for name in self._kinds():
            row = self.rows[name]
            began = time.monotonic()
            for strike, number in self._chosen(KINDS[name], counts):
                try:
                    await self._struck(operation, strike, number, expected, row)
                except AssertionError as error:  # the other strikes have their say, too
                    found = f"{operation.name} at {strike.at(number)}: {error}"
                    row.unanswered.append(f"{found}; {await self._left(operation)}")
                    self.vendor.processes.close()
            row.seconds += time.monotonic() - began

    def _kinds(self) -> list[str]:
        """Return which faults it gets: each, or in a short run a kill and one more."""
        [kill, *others] = KINDS
        return [kill, *(others if self.points else [self.chance.choice(others)])]

    def _chosen(
        self, strikes: Sequence[Strike], counts: Mapping[str, int]
    ) -> list[tuple[Strike, int]]:
        """Return where to strike: one random call of a kind, or so many of each, or all."""
        if not self.points:
            strikes = [self.chance.choice([one for one in strikes if counts.get(one.call)])]
        chosen: list[tuple[Strike, int]] = []
        for strike in strikes:
            calls = range(1, counts.get(strike.call, 0) + 1)
            some = self.chance.sample(calls, min(self.points or 1, len(calls)))
            chosen += [(strike, number) for number in sorted(some)]
        return chosen

    async def _undisturbed(self, operation: Operation) -> tuple[Outcome, dict[str, int]]:
        """Do an operation as it is meant; return what it leaves and the calls it takes."""
        process, url = await self._begin(operation)
        async with traced(process.pid, self._log) as trace:
            await self._do(operation, url)
            await self._over(operation, process)
            counts = trace.counts()
        if not operation.command:
            assert await process.stop() == 0
        return outcome_of(self.path), counts

    async def _struck(
        self, operation: Operation, strike: Strike, number: int, expected: Outcome, row: Row
    ) -> None:
        """Strike an operation once; afterwards all must be as if nothing had happened."""
        row.sent += 1
        inject = strike.at(number)
        process, url = await self._begin(operation)
        doing: asyncio.Task[None] | None = None
        async with traced(process.pid, self._log, inject) as trace:
            doing = asyncio.create_task(self._do(operation, url))
            await self._hit(operation, process, trace, doing)
            row.strikes += int(process.poll() is not None or trace.injected > 0)
            if not strike.is_deadly:
                await asyncio.sleep(OUTAGE_SECONDS)
        if process.poll() is not None and not strike.is_deadly and not operation.command:
            row.wrong = f"{operation.name} at {inject}: it did not live on: {process.output}"
        if process.poll() is None:
            await doing
            await self._over(operation, process)
        else:
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
        if operation.command or process.poll() is not None:
            process = await self._again(operation)
        # What is settled needs no polite end.
        await process.kill()
        row.acknowledged += 1
        compare(row, f"{operation.name} at {inject}", outcome_of(self.path), expected)
        await self.vendor.audit_here(row)

    async def _again(self, operation: Operation) -> Process:
        """Start anew: Telegram still has its update, billing asks again, the operator types."""
        process = self._start(operation)
        url = "" if operation.command else await process.ready()
        if operation.update is None:
            await self._do(operation, url)
        await self._over(operation, process)
        return process

    async def _hit(
        self, operation: Operation, process: Process, trace: Traced, doing: "asyncio.Task[None]"
    ) -> None:
        """Wait until the process is dead, a call was struck, or the operation is over."""
        while process.poll() is None and not trace.injected:
            if doing.done() and await self._is_over(operation):
                return
            await asyncio.sleep(POLL_SECONDS)

    async def _begin(self, operation: Operation) -> tuple[Process, str]:
        """Start the product, or the command, on the state just before the operation."""
        path = self.path
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        for leftover in self.vendor.folder.glob("*.importing"):
            leftover.unlink()
        shutil.copyfile(operation.before, path)
        self.vendor.simulator.world.updates.clear()
        process = self._start(operation)
        return process, "" if operation.command else await process.ready()

    def _start(self, operation: Operation) -> Process:
        return self.vendor.start(*operation.command, environ=operation.environ)

    async def _do(self, operation: Operation, url: str) -> None:
        """Ask for the operation: until it is answered, or once, and Telegram keeps the update."""
        if operation.update is not None:
            update = copy.deepcopy(operation.update)
            if "callback_query" in update:
                update["callback_query"]["id"] = str(time.monotonic_ns())
            await self.vendor.sim.update(update)
        elif operation.events:
            answer = Answer(0)
            while answer.status in ASK_AGAIN:
                answer = await self.vendor.billing.send_batch(url, operation.events)
                await asyncio.sleep(POLL_SECONDS)
            assert answer.status == OK, answer
            told = {one["status"] for one in answer.body["results"]}
            assert told <= {"applied", "duplicate"}, told

    async def _over(self, operation: Operation, process: Process) -> None:
        """Wait until everything is handled and told, or the command has ended."""
        if operation.command:
            await process.ended(within_seconds=PATIENCE_SECONDS)
            return

        async def is_over() -> bool:
            return await self._is_over(operation)

        await until(is_over, within_seconds=PATIENCE_SECONDS, every_seconds=POLL_SECONDS)

    async def _is_over(self, operation: Operation) -> bool:
        """Test if all is done, without the leases' minute."""
        if operation.command or self.vendor.updates_waiting():
            return False
        if operation.done and not await self.vendor.database.value(operation.done):
            return False
        await self.vendor.end_leases()
        return not await self.vendor.database.value(OPEN)

    async def _left(self, operation: Operation) -> str:
        """Tell what was not over."""
        database = self.vendor.database
        notices = "SELECT kind, attempts, error FROM notices WHERE sent_at IS NULL"
        told = {
            "updates in Telegram": self.vendor.updates_waiting(),
            "updates": await database.value("SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL"),
            "notices": await database.rows(notices),
            "done": operation.done and await database.value(operation.done),
        }
        return ", ".join(f"{name}: {value}" for name, value in told.items())

    @property
    def path(self) -> Path:
        """Return the SQLite file."""
        return self.vendor.folder / "partner.db"

    @property
    def _log(self) -> Path:
        return self.vendor.folder / "calls.strace"


async def strike_each_step(ground: Ground) -> list[Row]:
    """Strike each operation at its N-th write, sync or message: some of them, or every one."""
    rows = {name: ground.row(name) for name in KINDS}
    if ground.lacks_strace(*rows.values()):
        return list(rows.values())
    slots = asyncio.Semaphore(LIVES_AT_ONCE)
    lived = await asyncio.gather(*(_strike_life(ground, life, rows, slots) for life in LIVES))
    operations, calls = (sum(numbers) for numbers in zip(*lived, strict=True))
    for row in rows.values():
        row.note = f"{operations} operations, {calls} calls"
        row.must_have_struck()
    return list(rows.values())


async def _strike_life(
    ground: Ground, life: Life, rows: dict[str, Row], slots: asyncio.Semaphore
) -> tuple[int, int]:
    """Return how many operations a life has, and how many calls they make."""
    async with slots, ground.vendor(SQLITE, program=life.program) as vendor:
        made = Preparation(vendor)
        await made.start()
        await life.live(made)
        operations = await made.end()
        chance = random.Random(f"{life.live.__name__} {ground.seed}")  # noqa: S311
        striking = Striking(vendor, chance, ground.strikes, rows)
        for operation in operations:
            await striking.strike(operation)
    return len(operations), striking.calls
