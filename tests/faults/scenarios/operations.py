"""The money operations, each with the database as it stands just before."""

import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.simulator.actors import PersonActor
from tests.faults.people import join, new_human
from tests.faults.process import Process, until
from tests.faults.story import Story
from tests.faults.world import OK, Json, Vendor

PAYING = 5
"""One more paying client lifts the partner to the next tier."""
IBAN = "DE89 3704 0044 0532 0130 00"
Act = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Operation:
    """One thing that moves money.

    Attributes:
        name: What it is.
        before: The database just before it.
        events: What billing reports for it.
        update: What a person does for it.
    """

    name: str
    before: Path
    events: Sequence[Json] = ()
    update: Json | None = None


@dataclass
class _Preparation:
    """Brings a vendor to the state before each operation, by what people see."""

    vendor: Vendor
    code: str = ""
    story: Story = field(default_factory=Story)
    done: list[Operation] = field(default_factory=list)
    process: Process | None = None
    url: str = ""

    async def keep(self, name: str) -> Path:
        """Stop the product and keep its database."""
        assert self.process is not None
        await self.settle()
        assert await self.process.stop() == 0
        path = self.vendor.folder / f"before {name}.db"
        shutil.copyfile(self.vendor.folder / "partner.db", path)
        return path

    async def events(self, name: str, events: Sequence[Json]) -> None:
        """Keep an operation that billing reports."""
        before = await self.keep(name)
        self.done.append(Operation(name, before, events=events))
        await self.start()

    async def act(self, name: str, act: Act, *, goes_on: bool = False) -> None:
        """Keep an operation that a person does; do it really if the story goes on with it."""
        before = await self.keep(name)
        world = self.vendor.simulator.world
        world.updates.clear()
        await act()
        [waiting] = world.updates.alive()
        update = {key: value for key, value in waiting.body.items() if key != "update_id"}
        self.done.append(Operation(name, before, update=update))
        if not goes_on:
            world.updates.clear()
        await self.start()

    async def start(self) -> None:
        self.process = self.vendor.start()
        self.url = await self.process.ready()

    async def report(self, events: Sequence[Json]) -> None:
        """Have events applied."""
        answer = await self.vendor.billing.send_batch(self.url, events)
        assert answer.status == OK, answer
        assert {told["status"] for told in answer.body["results"]} == {"applied"}, answer

    async def settle(self) -> None:
        """Wait until everything is handled and told."""
        open_rows = (
            "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL)"
            " + (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
        )

        async def is_settled() -> bool:
            waiting = self.vendor.updates_waiting()
            return not waiting and not await self.vendor.database.value(open_rows)

        await until(is_settled, within_seconds=30)


async def prepare(vendor: Vendor) -> list[Operation]:
    """Return every operation, made by walking once through the life of a commission."""
    made = _Preparation(vendor)
    await made.start()
    human = await new_human(vendor.sim, vendor.simulator, "Ann")
    made.code = await join(human, vendor.database)
    await _tell_payments(made)
    await _withdraw(made, human.actor)
    await _move_by_staff(made)
    await made.keep("nothing")
    return made.done


async def _tell_payments(made: _Preparation) -> None:
    story = made.story
    for number in range(PAYING):
        story.tell_client(f"c-{number}", made.code, story.begin)
        story.tell_payment(f"c-{number}", f"p-{number}", 400, story.begin)
    await made.report(list(story.events.values()))
    more = Story(begin=story.begin)
    more.tell_client("c-new", made.code, story.begin)
    more.tell_payment("c-new", "p-new", 100, story.begin)
    await made.events("payment that crosses a tier", list(more.events.values()))
    more = Story(begin=story.begin)
    more.tell_payment("c-0", "p-more", 30, story.begin)
    more.tell_refund("p-0", 100, story.begin)
    await made.events("payment and refund", list(more.events.values()))


async def _withdraw(made: _Preparation, ann: PersonActor) -> None:
    await _ask_for_payout(ann)
    await made.act("withdrawal", lambda: ann.presses("Confirm"), goes_on=True)
    await ann.sees("is with the vendor")
    await ann.sends("/convert 50")
    await ann.sees("of credit")
    await made.act("conversion", lambda: ann.presses("✅"), goes_on=True)
    await ann.sees("of credit is yours")


async def _ask_for_payout(ann: PersonActor) -> None:
    await ann.sends("/withdraw 60")
    await ann.sees("Where should we send")
    await ann.sends(IBAN)
    await ann.sees("Please check")


async def _move_by_staff(made: _Preparation) -> None:
    owner, staff = made.vendor.owner, made.vendor.staff

    def press(label: str) -> Act:
        return lambda: owner.presses(label, chat=staff)

    await made.act("approval", press("Approve"), goes_on=True)
    await owner.sees("🔵 approved", chat=staff)
    await made.act("pay-out done", press("Done"), goes_on=True)
    await owner.sees("🟢 done", chat=staff)
    # A card that is brought up to date would take the question away.
    await made.settle()
    await press("The bank sent it back")()
    await press("receiving bank refused it")()
    await owner.sees("what should the partner be told?", chat=staff)
    await made.act("pay-out returned", press("Returned, without a note"), goes_on=True)
    await owner.sees("🟠 returned", chat=staff)
    await owner.sends(f"/adjust {made.code} -12.5 paid twice", chat=staff)
    await owner.sees("Correct this balance?", chat=staff)
    await made.act("adjustment", press("✅"), goes_on=True)
    await owner.sees("Balance corrected", chat=staff)
