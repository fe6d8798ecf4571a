"""Several replicas behind a balancer, and what may be done to one of them."""

import asyncio
import random
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.load import ASK_AGAIN, Ask, Serving
from tests.faults.people import Human
from tests.faults.process import GUARD_SECONDS, Process, until
from tests.faults.replicas import Replicas, start_replicas
from tests.faults.world import OK, Answer, Json, Vendor

RETRY_SECONDS = 0.05
PATIENCE_SECONDS = 30.0
"""After so long without an answer the balancer asks another replica."""
MISSING_OUTSIDE = 1
"""Exit code of a start that may succeed later."""


@dataclass
class Balanced(Replicas):
    """Replicas of which any is asked, and another when that one refuses.

    One that was asked to stop is asked on until it refuses: how soon a balancer looks at readiness
    again is not for the product to say.

    Attributes:
        chance: Random choices.
        patience_seconds: How long one of them is waited for.
        repeated: The share of updates that are delivered twice, side by side.
        repeats: How many were.
        down: Those that nobody is sent to.
        stopping: Those that were asked to stop.
        taken_late: Answers of those that were asked to stop.
        codes: Exit codes of those that were asked to stop, other than 0, with what they printed.
        kills: How many were killed.
        restarts: How many were stopped politely.
        freezes: How many were frozen for a while.
        restart_seconds: How long each start took.
    """

    chance: random.Random = field(default_factory=random.Random)
    patience_seconds: float = PATIENCE_SECONDS
    repeated: float = 0.0
    repeats: int = 0
    down: set[int] = field(default_factory=set)
    stopping: set[int] = field(default_factory=set)
    taken_late: int = 0
    codes: list[str] = field(default_factory=list)
    kills: int = 0
    restarts: int = 0
    freezes: int = 0
    restart_seconds: list[float] = field(default_factory=list)
    _turns: dict[int, asyncio.Lock] = field(default_factory=dict)

    def somewhere(self) -> int | None:
        """Return one of the replicas that are up, ``None`` while there is none."""
        up = [number for number in range(len(self.processes)) if number not in self.down]
        return self.chance.choice(up) if up else None

    async def answer(self, ask: Ask) -> Answer:
        """Ask one after another until there is an answer."""
        while True:
            number = self.somewhere()
            if number is not None:
                answer = await self._ask(number, ask)
                if answer.status not in ASK_AGAIN:
                    return answer
            await asyncio.sleep(RETRY_SECONDS)

    async def _ask(self, number: int, ask: Ask) -> Answer:
        url = self.urls[number]
        try:
            async with asyncio.timeout(self.patience_seconds):
                answer = await ask(url)
        except TimeoutError:
            answer = Answer(0)
        is_stopping = number in self.stopping and url == self.urls[number]
        if answer.status in ASK_AGAIN:
            self.refused += 1
            if is_stopping:
                self.down.add(number)
        else:
            self.taken_late += is_stopping
        return answer

    async def deliver_until_taken(self, update: Json, to: int = 0) -> None:
        """Deliver an update until one of them has taken it, some updates twice at once."""
        del to

        async def deliver(url: str) -> Answer:
            return Answer(await self.vendor.billing.telegram(url, update))

        times = 1 + (self.chance.random() < self.repeated)
        self.repeats += times - 1
        answers = await asyncio.gather(*(self.answer(deliver) for _ in range(times)))
        assert {answer.status for answer in answers} == {OK}, answers

    async def restart(self, number: int, *, politely: bool, down_seconds: float = 0.0) -> None:
        """Stop or kill a replica and start another in its place."""
        async with self._turns.setdefault(number, asyncio.Lock()):
            process = self.processes[number]
            if politely:
                self.stopping.add(number)
                code = await process.stop()
                self.restarts += 1
                self.codes += [f"exit code {code}: {process.output}"] if code else []
            else:
                await process.kill()
                self.kills += 1
            self.down.add(number)
            await asyncio.sleep(down_seconds)
            began = time.monotonic()
            self.processes[number], self.urls[number] = await self._started()
            self.restart_seconds.append(time.monotonic() - began)
            self.stopping.discard(number)
            self.down.discard(number)

    async def _started(self) -> tuple[Process, str]:
        """Start one; again if something outside is missing, as a supervisor does."""
        while True:
            process = self.vendor.start()
            try:
                return process, await process.ready()
            except AssertionError:
                if process.poll() != MISSING_OUTSIDE:
                    raise

    async def leader(self) -> int:
        """Return which of them leads, as it says itself."""
        found: list[int] = []

        async def leads() -> bool:
            for number, url in enumerate(self.urls):
                answer = await self.vendor.billing.get(url, "/readyz")
                if isinstance(answer.body, dict) and answer.body["details"]["leads"]:
                    found.append(number)
            return bool(found)

        await until(leads, within_seconds=GUARD_SECONDS)
        return found[-1]

    async def freeze(self, number: int, seconds: float) -> None:
        """Let a replica stand still for a while."""
        process = self.processes[number]
        self.freezes += 1
        process.sends(signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            process.sends(signal.SIGCONT)


class Several(Serving):
    """Several replicas that serve a vendor by webhook; the same load works as with one process."""

    def __init__(self, vendor: Vendor, chance: random.Random, number: int) -> None:
        super().__init__(vendor, chance)
        self._number = number
        self.replicas = Balanced(vendor, [], [], chance=chance)
        self.restart_seconds = self.replicas.restart_seconds

    async def human(self, name: str) -> Human:
        """Make a person whose updates go to the balancer."""
        return await self.replicas.person(name)

    async def url(self) -> str:
        """Return where one of them is reached now."""
        while True:
            number = self.replicas.somewhere()
            if number is not None:
                return self.replicas.urls[number]
            await asyncio.sleep(RETRY_SECONDS)

    async def start(self) -> None:
        started = await start_replicas(self._vendor, self._number)
        self.replicas.processes[:], self.replicas.urls[:] = started.processes, started.urls

    async def stop(self) -> int:
        """Stop all of them politely, side by side; return the first exit code that is not 0."""
        codes = await asyncio.gather(*(one.stop() for one in self.replicas.processes))
        return next(filter(None, codes), 0)

    async def answer(self, ask: Ask) -> Answer:
        """Ask until one of them answers."""
        before = self.replicas.refused
        answer = await self.replicas.answer(ask)
        self.unanswered += self.replicas.refused - before
        return answer

    async def kill_one(self) -> None:
        """Kill one of them, and start another in its place beside what goes on."""
        number = self._chance.randrange(self._number)
        self.kills += 1
        await self.replicas.restart(number, politely=False)


def outputs(processes: Sequence[Process]) -> str:
    """Return what all of them have printed."""
    return "\n".join(process.output for process in processes)
