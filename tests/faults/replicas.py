"""Updates delivered straight to the webhooks of processes, as many and as often as one likes."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.simulator.state.messages import Message
from tests.faults.load import ASK_AGAIN
from tests.faults.people import Human
from tests.faults.process import Process, until
from tests.faults.world import OK, Json, Vendor

FIRST_UPDATE_ID = 5_000_001
HANDLED_SECONDS = 180.0

UPDATES_OPEN = "(SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)"
NOTICES_OPEN = "(SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"


@dataclass
class Replicas:
    """Processes that serve one database, with the updates that are delivered to them.

    Attributes:
        vendor: Whom they serve.
        processes: They.
        urls: Where each of them is reached.
        refused: Deliveries and reports that were not taken, and came again.
    """

    vendor: Vendor
    processes: list[Process]
    urls: list[str]
    refused: int = 0
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_UPDATE_ID))

    def update(self, kind: str, content: Json) -> Json:
        """Return a new update."""
        return {"update_id": next(self._ids), kind: content}

    async def deliver(self, update: Json, to: int = 0) -> int:
        """Deliver an update to one of the processes and return the HTTP status."""
        return await self.vendor.billing.telegram(self.urls[to % len(self.urls)], update)

    async def deliver_until_taken(self, update: Json, to: int = 0) -> None:
        """Deliver an update until the process has taken it, as Telegram does."""
        status = 0
        while status != OK:
            status = await self.deliver(update, to=to)
            self.refused += status != OK

    async def deliver_to_all(self, update: Json) -> None:
        """Deliver an update to every process at once, until each has taken it."""
        numbers = range(len(self.urls))
        await asyncio.gather(*(self.deliver_until_taken(update, to=n) for n in numbers))

    async def report_to_all(self, event: Json) -> None:
        """Report an event to every process at once, until each has answered."""

        async def to(url: str) -> None:
            while True:
                answer = await self.vendor.billing.send(url, event)
                if answer.status not in ASK_AGAIN:
                    break
                self.refused += 1
            assert answer.status == OK, answer

        await asyncio.gather(*map(to, self.urls))

    async def person(self, name: str) -> "DirectHuman":
        """Make a person whose updates go straight to the processes."""
        actor = await self.vendor.sim.person(name, language_code="en")
        self.vendor.simulator.world.people[actor.id].started = True
        return DirectHuman(self.vendor.sim, self.vendor.simulator, actor, replicas=self)

    async def updates_handled(self) -> None:
        """Wait until no update is open; what is owed to people may still be on its way."""
        await self._until_none(UPDATES_OPEN)

    async def all_handled(self) -> None:
        """Wait until no update is open and nothing is owed to anybody."""
        await self._until_none(f"{UPDATES_OPEN} + {NOTICES_OPEN}")

    async def _until_none(self, open_rows: str) -> None:
        async def is_done() -> bool:
            return not await self.vendor.database.value(f"SELECT {open_rows}")

        await until(is_done, within_seconds=HANDLED_SECONDS)


@dataclass
class DirectHuman(Human):
    """A person whose updates do not wait in Telegram.

    Attributes:
        replicas: Who gets them.
    """

    replicas: Replicas | None = None

    def text(self, text: str) -> Json:
        """Return the update of a typed text."""
        message = self._message(time.monotonic_ns() % 10**9, self._user()) | {"text": text}
        return self._replicas.update("message", message)

    def press(self, data: str) -> Json:
        """Return the update of a press of the newest button whose value begins so."""
        message, row, column = self.spot(data)
        button = (message.inline_keyboard or [])[row][column]
        return self._pressed(message, self._chat(), button["callback_data"])

    def press_of(self, data: str) -> Json:
        """Return the update of a press of a button with this value, if there is one or not."""
        return self._pressed(self.messages()[-1], self._chat(), data)

    def press_under(self, message: Message, data: str) -> Json:
        """Return the update of a press of a button with this value in the admin chat."""
        staff = self._replicas.vendor.staff
        return self._pressed(message, {"id": staff.id, "type": "group", "title": "Staff"}, data)

    def _pressed(self, message: Message, chat: Json, data: str) -> Json:
        world = self.simulator.world
        made = world.presses.new(
            chat_id=chat["id"], person_id=self.id, expires_at=world.now() + HANDLED_SECONDS
        )
        bot = {"id": world.bot.id, "is_bot": True, "first_name": world.bot.name}
        shown = self._message(message.message_id, bot)
        query = {
            "id": made.id,
            "from": self._user(),
            "message": shown | {"chat": chat, "text": message.text or ""},
            "chat_instance": "1",
            "data": data,
        }
        return self._replicas.update("callback_query", query)

    async def opens(self, payload: str | None = None) -> None:
        """Open the bot by a link."""
        await self.says(f"/start {payload or ''}".strip())

    async def says(self, text: str) -> None:
        """Type a text."""
        self.typed += 1
        await self.does(self.text(text))

    async def shares_contact(self) -> None:
        """Share the own phone number."""
        self.typed += 1
        name = self.actor.view["first_name"]
        contact = {"phone_number": f"+1555{self.id:07}"[:12], "first_name": name}
        message = self._message(time.monotonic_ns() % 10**9, self._user())
        message["contact"] = contact | {"user_id": self.id}
        await self.does(self._replicas.update("message", message))

    async def presses(self, data: str) -> None:
        """Press the newest button whose value begins so."""
        await self.finds_button(data)
        self.pressed += 1
        await self.does(self.press(data))

    async def does(self, update: Json) -> None:
        """Have an update delivered to one process after another."""
        self.looks_from_now()
        await self._replicas.deliver_until_taken(update, to=update["update_id"])

    @property
    def _replicas(self) -> Replicas:
        assert self.replicas is not None
        return self.replicas

    def _user(self) -> Json:
        name = self.actor.view["first_name"]
        return {"id": self.id, "is_bot": False, "first_name": name, "language_code": "en"}

    def _chat(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": self.actor.view["first_name"]}

    def _message(self, message_id: int, author: Json) -> Json:
        at = int(time.time())
        return {"message_id": message_id, "date": at, "chat": self._chat(), "from": author}


async def start_replicas(vendor: Vendor, number: int, skews: Sequence[int] = ()) -> Replicas:
    """Start so many processes and wait until each has met Telegram.

    Args:
        vendor: Whom they serve.
        number: How many.
        skews: By how many seconds the clock of each is wrong.
    """
    wrong = [*skews, *[0] * number][:number]
    processes = [vendor.start(skew_seconds=skew) for skew in wrong]
    urls = [await process.ready() for process in processes]
    return Replicas(vendor, processes, urls)


async def longest_waits(vendor: Vendor) -> str:
    """Tell how long an update and a notice waited at most, by the clock of the product."""
    [waits] = await vendor.database.rows(
        "SELECT (SELECT MAX(handled_at - received_at) FROM inbox),"
        " (SELECT MAX(sent_at - created_at) FROM notices)"
    )
    update, notice = ((wait or 0) / 1_000_000 for wait in waits)
    return f"an update waited {update:.0f} s at most, a notice {notice:.0f} s"
