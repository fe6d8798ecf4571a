"""Money operations, each with the database as it stands just before it."""

import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.simulator.actors import GroupActor, PersonActor
from tests.faults.people import join, new_human
from tests.faults.process import HURRY, SKEW, Process, until
from tests.faults.story import Story
from tests.faults.world import OK, Json, Vendor

PATIENCE_SECONDS = 60.0
"""Guards against hanging."""
OPEN = (
    "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)"
    " + (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
)
DAY_SECONDS = 86_400
Act = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Operation:
    """One thing that moves money; exactly one of the four ways to ask for it is given.

    Attributes:
        name: What it is.
        before: The database just before it.
        events: What billing reports for it.
        update: What a person does for it.
        command: What an operator types for it, while nothing serves.
        jobs: Which jobs do it.
        done: A query that finds something true once they have.
        days_later: When they do it.
    """

    name: str
    before: Path
    events: Sequence[Json] = ()
    update: Json | None = None
    command: Sequence[str] = ()
    jobs: str = ""
    done: str = ""
    days_later: int = 0

    @property
    def environ(self) -> dict[str, str]:
        """Return what the process that does it is told besides."""
        if not self.jobs:
            return {}
        return {SKEW: str(self.days_later * DAY_SECONDS), HURRY: self.jobs}


@dataclass(frozen=True)
class Player:
    """A person who acts in one chat and waits as long as a slow machine needs.

    Attributes:
        actor: The person.
        chat: The admin chat, ``None`` for the private one.
    """

    actor: PersonActor
    chat: GroupActor | None = None

    async def types(self, text: str, told: str = "") -> None:
        """Type something; wait for what is told then."""
        await self.actor.sends(text, chat=self.chat)
        if told:
            await self.sees(told)

    async def presses(self, label: str, told: str = "") -> None:
        """Press a button; wait for what is told then."""
        await self.actor.presses(label, chat=self.chat, timeout_seconds=PATIENCE_SECONDS)
        if told:
            await self.sees(told)

    async def replies(self, question: str, text: str) -> None:
        """Reply to what the bot asks."""
        await self.actor.replies(await self.sees(question), text, chat=self.chat)

    async def sees(self, text: str) -> Json:
        """Wait for something new of the bot."""
        return await self.actor.sees(text, chat=self.chat, timeout=PATIENCE_SECONDS)


@dataclass
class Preparation:
    """Brings a vendor to the state before each operation, by what people see.

    Attributes:
        vendor: Whose.
        code: Of the partner.
        done: The operations that were kept.
    """

    vendor: Vendor
    code: str = ""
    done: list[Operation] = field(default_factory=list)
    _process: Process | None = None
    _url: str = ""

    @property
    def owner(self) -> Player:
        """The owner in the admin chat."""
        return Player(self.vendor.owner, self.vendor.staff)

    async def partner(self, name: str) -> Player:
        """Let a person become a partner."""
        human = await new_human(self.vendor.sim, self.vendor.simulator, name)
        self.code = await join(human, self.vendor.database)
        return Player(human.actor)

    async def start(self, environ: Mapping[str, str] | None = None) -> None:
        """Start the product."""
        self._process = self.vendor.start(environ=environ)
        self._url = await self._process.ready()

    async def stop(self) -> None:
        """Stop the product when all is settled."""
        await self.settle()
        assert self._process is not None
        assert await self._process.stop() == 0

    async def end(self) -> list[Operation]:
        """Stop the product; return the operations."""
        await self._keep("nothing")
        return self.done

    async def _keep(self, name: str) -> Path:
        """Stop the product and keep its database."""
        assert self._process is not None
        await self.settle()
        assert await self._process.stop() == 0
        path = self.vendor.folder / f"before {name}.db"
        shutil.copyfile(self.vendor.folder / "partner.db", path)
        return path

    async def events(self, name: str, story: Story, *, goes_on: bool = False) -> None:
        """Keep an operation that billing reports; do it if the story goes on with it."""
        events = list(story.events.values())
        self.done.append(Operation(name, await self._keep(name), events=events))
        await self.start()
        if goes_on:
            await self.report(story)

    async def act(self, name: str, act: Act, *, goes_on: bool = True) -> None:
        """Keep an operation that a person does; do it if the story goes on with it."""
        before = await self._keep(name)
        world = self.vendor.simulator.world
        world.updates.clear()
        await act()
        [waiting] = world.updates.alive()
        update = {key: value for key, value in waiting.body.items() if key != "update_id"}
        self.done.append(Operation(name, before, update=update))
        if not goes_on:
            world.updates.clear()
        await self.start()

    async def rings(self, jobs: str, seen: str) -> None:
        """Let jobs ring until a query finds something true."""
        await self.settle()
        assert self._process is not None
        assert await self._process.stop() == 0
        await self.start({HURRY: jobs})
        await until(lambda: self.vendor.database.value(seen), within_seconds=PATIENCE_SECONDS)

    async def job(self, name: str, jobs: str, done: str, *, days_later: int) -> None:
        """Keep an operation that jobs do when so many days have passed."""
        before = await self._keep(name)
        self.done.append(Operation(name, before, jobs=jobs, done=done, days_later=days_later))
        await self.start()

    async def command(self, name: str, *command: str) -> None:
        """Keep an operation that an operator types."""
        self.done.append(Operation(name, await self._keep(name), command=command))
        await self.start()

    async def report(self, story: Story) -> None:
        """Have events applied."""
        answer = await self.vendor.billing.send_batch(self._url, list(story.events.values()))
        assert answer.status == OK, answer
        assert {told["status"] for told in answer.body["results"]} == {"applied"}, answer

    async def settle(self) -> None:
        """Wait until everything is handled and told."""

        async def is_settled() -> bool:
            waiting = self.vendor.updates_waiting()
            return not waiting and not await self.vendor.database.value(OPEN)

        await until(is_settled, within_seconds=PATIENCE_SECONDS)
