"""People who use the bot while it is killed: each acts, and goes on when the bot has answered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.simulator import Simulator
from bot.simulator.actors import PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.state.messages import Message
from tests.faults.database import Database
from tests.faults.world import Json

PATIENCE_SECONDS = 180.0
POLL_SECONDS = 0.02
Test = Callable[[Message], bool]


@dataclass
class Human:
    """A person who waits for what the bot shows, and knows buttons by what they mean.

    Attributes:
        sim: Where the person acts.
        simulator: Where the person looks.
        actor: The person.
        typed: Messages that the person sent, each of them one update.
        pressed: Buttons that the person pressed, each of them one update.
    """

    sim: SimulatorClient
    simulator: Simulator
    actor: PersonActor
    typed: int = 0
    pressed: int = 0
    _since: int = field(default=0)

    @property
    def id(self) -> int:
        """Return the user id, which is that of the private chat too."""
        return self.actor.id

    def messages(self) -> list[Message]:
        """Return what the bot has written and not deleted, by the time of its last change."""
        world = self.simulator.world
        mine = [
            message
            for message in world.messages.of_chat(self.id)
            if message.sender_id == world.bot.id and not message.is_deleted
        ]
        return sorted(mine, key=lambda message: message.seq)

    def texts(self) -> list[str]:
        """Return the bot's messages as texts."""
        return [message.text or "" for message in self.messages()]

    async def opens(self, payload: str | None = None) -> None:
        """Open the bot by a link."""
        self._sent(await self.actor.opens(payload))

    async def says(self, text: str) -> None:
        """Type a text."""
        self._sent(await self.actor.sends(text))

    async def shares_contact(self) -> None:
        """Share the own phone number."""
        self._sent(await self.actor.shares_contact())

    async def presses(self, data: str) -> None:
        """Press the newest button whose value begins so."""
        message, row, column = await self._button(data)
        body = {"from": self.id, "message_id": message.message_id, "row": row, "column": column}
        view = await self.sim.call("POST", f"chats/{self.id}/press", body)
        self.pressed += 1
        self._since = int(view["seq"])

    def _sent(self, view: Json) -> None:
        self.typed += 1
        self._since = int(view["seq"])

    async def is_answered(self, test: Test = lambda _message: True) -> Message:
        """Wait until the bot has written something new that passes the test."""
        return await self._sees(lambda m: m.seq > self._since and test(m))

    async def finds_button(self, data: str) -> None:
        """Wait until the bot has written something new with such a button.

        One that a repeated answer left behind belongs to a form that has ended.
        """
        await self.is_answered(lambda message: spot_of(message, data) is not None)

    async def _button(self, data: str) -> tuple[Message, int, int]:
        await self._sees(lambda message: spot_of(message, data) is not None)
        return self.spot(data)

    def spot(self, data: str) -> tuple[Message, int, int]:
        """Return the newest message with such a button, its row and its column."""
        for message in reversed(self.messages()):
            spot = spot_of(message, data)
            if spot is not None:
                return message, *spot
        raise AssertionError(f"no button {data}: {self.texts()}")

    def looks_from_now(self) -> None:
        """Take only what comes from now on for an answer."""
        self._since = self.simulator.world.events.last_seq

    async def _sees(self, test: Test) -> Message:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            for message in reversed(self.messages()):
                if test(message):
                    return message
            if time.monotonic() > deadline:
                name = self.actor.view["first_name"]
                raise AssertionError(f"{name} ({self.id}) got no answer; so far: {self.texts()}")
            await asyncio.sleep(POLL_SECONDS)


def spot_of(message: Message, data: str) -> tuple[int, int] | None:
    """Return row and column of the button whose value begins so."""
    for row, buttons in enumerate(message.inline_keyboard or []):
        for column, button in enumerate(buttons):
            if str(button.get("callback_data", "")).startswith(data):
                return row, column
    return None


async def new_human(sim: SimulatorClient, simulator: Simulator, name: str) -> Human:
    """Make a person who speaks English."""
    return Human(sim, simulator, await sim.person(name, language_code="en"))


async def join(human: Human, database: Database) -> str:
    """Let somebody become a partner with its own account named; return the referral code."""
    await human.opens()
    await human.presses("o:join")
    await human.presses("a:")
    # One person's updates are handled in order: the question is open when this comes.
    await human.says(f"crm-{human.id}")
    await human.is_answered(lambda message: f"crm-{human.id}" in (message.text or ""))
    return str(
        await database.value(
            "SELECT e.code FROM enrolments e JOIN members m ON m.partner_id = e.partner_id "
            "WHERE m.person_id = :person",
            person=human.id,
        )
    )
