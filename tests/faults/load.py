"""Billing and people at work while the product, or what it stands on, is struck down."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.simulator.state.messages import Message
from tests.faults.people import Human, new_human, spot_of
from tests.faults.process import Process
from tests.faults.story import Story
from tests.faults.world import OK, Answer, Json, Vendor

REQUESTS_AT_ONCE = 16
ASK_AGAIN = (0, 503)
"""No answer, or that nothing is possible now: the same is asked again."""
LOOKED_UP_MAX = 60
REPEATED = 5
Ask = Callable[[str], Awaitable[Answer]]
Step = Callable[[], Awaitable[None]]


class Serving:
    """The one process that serves a vendor; it is killed and started again and again."""

    def __init__(self, vendor: Vendor, chance: random.Random) -> None:
        self._vendor = vendor
        self._chance = chance
        self._process: Process | None = None
        self._url = ""
        self._is_up = asyncio.Event()
        self.kills = 0
        self.restart_seconds: list[float] = []
        self.unanswered = 0

    async def human(self, name: str) -> Human:
        """Make a person who uses the bot."""
        return await new_human(self._vendor.sim, self._vendor.simulator, name)

    async def url(self) -> str:
        """Return where the product is reached now; wait while it is nowhere."""
        await self._is_up.wait()
        return self._url

    async def start(self) -> None:
        began = time.monotonic()
        self._process = self._vendor.start()
        self._url = await self._process.listens()
        self.restart_seconds.append(time.monotonic() - began)
        self._is_up.set()

    async def kill(self) -> None:
        assert self._process is not None
        self._is_up.clear()
        await self._process.kill()
        self.kills += 1

    async def kill_and_start(self, *, more: int = 0) -> None:
        """Kill it, kill so many of its successors while they are starting, and start another."""
        await self.kill()
        for _ in range(more):
            self._process = self._vendor.start()
            await asyncio.sleep(self._chance.uniform(0, 0.4))
            await self.kill()
        await self.start()

    async def stop(self) -> int:
        """Stop it politely and return the exit code."""
        assert self._process is not None
        self._is_up.clear()
        return await self._process.stop()

    async def answer(self, ask: Ask) -> Answer:
        """Ask until there is an answer, at whichever process serves then."""
        while True:
            answer = await ask(await self.url())
            if answer.status not in ASK_AGAIN:
                return answer
            self.unanswered += 1
            await asyncio.sleep(0.01)


@dataclass
class Figures:
    """What came of it.

    Attributes:
        acknowledged: Events answered with 200, in that order.
        looked_up: Acknowledged events that were looked for after the next strike.
        lost: Those of them that were not there.
        repeated: Acknowledged events that were sent again.
        doubled: Those of them that were not known as repetitions.
        met: Strikes that met a request under way.
    """

    acknowledged: list[str] = field(default_factory=list)
    looked_up: int = 0
    lost: list[str] = field(default_factory=list)
    repeated: int = 0
    doubled: list[str] = field(default_factory=list)
    met: int = 0


class Load:
    """Requests of billing and steps of people, each tried until it is answered."""

    def __init__(
        self, vendor: Vendor, story: Story, chance: random.Random, serving: Serving
    ) -> None:
        self._vendor = vendor
        self._story = story
        self._chance = chance
        self._serving = serving
        self.figures = Figures()
        self._under_way = 0
        self.seconds = 0.0

    async def run(
        self,
        requests: Sequence[list[Json]],
        walks: Sequence[Sequence[Step]],
        strikes: Sequence[Step],
    ) -> None:
        """Send all requests and walk all walks, and strike at as many moments in between."""
        began = time.monotonic()
        points = sorted(self._chance.sample(range(1, len(requests)), len(strikes)))
        strike_at = dict(zip(points, strikes, strict=True))
        slots = asyncio.Semaphore(REQUESTS_AT_ONCE)
        tickets = asyncio.Semaphore(0)
        released, steps = 0, sum(map(len, walks))
        async with asyncio.TaskGroup() as group:
            for walk in walks:
                group.create_task(_walk(walk, tickets))
            for number, request in enumerate(requests, start=1):
                if number in strike_at:
                    await asyncio.sleep(self._chance.uniform(0, 0.03))
                    self.figures.met += self._under_way > 0
                    await strike_at[number]()
                    known = self.figures.acknowledged[-LOOKED_UP_MAX:]
                    group.create_task(self._look_back(known))
                await slots.acquire()
                task = group.create_task(self._deliver(request))
                task.add_done_callback(lambda _: slots.release())
                for _ in range(steps * number // len(requests) - released):
                    tickets.release()
                released = steps * number // len(requests)
        self.seconds = time.monotonic() - began

    async def _deliver(self, events: list[Json]) -> None:
        """Send one request until it is acknowledged."""
        self._under_way += 1
        try:
            await self._acknowledged(events)
        finally:
            self._under_way -= 1

    async def _acknowledged(self, events: list[Json]) -> None:
        billing = self._vendor.billing

        async def send(url: str) -> Answer:
            if len(events) == 1:
                return await billing.send(url, events[0])
            return await billing.send_batch(url, events)

        answer = await self._serving.answer(send)
        assert answer.status == OK, answer
        results = answer.body["results"] if len(events) > 1 else [answer.body]
        for event, result in zip(events, results, strict=True):
            assert result["status"] in {"applied", "parked", "duplicate"}, result
            self.figures.acknowledged.append(event["id"])

    async def _look_back(self, event_ids: Sequence[str]) -> None:
        """After a strike, find what was acknowledged before it, and report some of it again."""
        billing, figures = self._vendor.billing, self.figures
        for event_id in event_ids:
            path = f"/api/v1/events/{event_id}"
            answer = await self._serving.answer(lambda url, path=path: billing.get(url, path))
            figures.looked_up += 1
            if answer.status != OK:
                figures.lost.append(f"{event_id}: {answer}")
        for event_id in self._chance.sample(event_ids, min(REPEATED, len(event_ids))):
            event = self._story.events[event_id]
            answer = await self._serving.answer(lambda url, event=event: billing.send(url, event))
            figures.repeated += 1
            if answer.body["status"] != "duplicate":
                figures.doubled.append(event_id)


async def _walk(steps: Sequence[Step], tickets: asyncio.Semaphore) -> None:
    for step in steps:
        await tickets.acquire()
        await step()


def client_walk(human: Human, code: str) -> list[Step]:
    """Open a partner's link, share the contact, look at what is stored."""

    async def open_link() -> None:
        await human.opens(f"r_{code}")
        await human.is_answered(lambda message: "keyboard" in (message.reply_markup or {}))

    async def register() -> None:
        await human.shares_contact()
        await human.is_answered(lambda m: "remove_keyboard" in (m.reply_markup or {}))

    async def look() -> None:
        await human.says("/my")
        await human.is_answered()

    return [open_link, register, look]


def partner_walk(human: Human, amount: str) -> list[Step]:
    """Look at the balance in three ways and withdraw an amount, twice."""

    def shows_balance(message: Message) -> bool:
        # A notice may come first; whoever went on then would ask two things at once, and updates
        # that are misdelivered come in any order.
        return "Earned in all" in (message.text or "")

    async def type_balance() -> None:
        await human.says("/balance")
        await human.is_answered(shows_balance)

    async def open_menu() -> None:
        await human.says("/menu")
        await human.finds_button("o:balance")

    async def press_balance() -> None:
        await human.presses("o:balance")
        await human.is_answered(shows_balance)

    async def ask() -> None:
        await human.says(f"/withdraw {amount}")
        await human.finds_button("w:cancel")

    async def name_account() -> None:
        await human.says(f"DE89 3704 0044 0532 0130 00, {human.id}")
        await human.finds_button("w:confirm")

    async def confirm() -> None:
        await human.presses("w:confirm")
        await human.is_answered(lambda message: spot_of(message, "o:payouts") is not None)

    withdraw = [ask, name_account, confirm]
    return [type_balance, open_menu, press_balance, *withdraw, type_balance, *withdraw]
