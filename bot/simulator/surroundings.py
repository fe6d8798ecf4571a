"""The home of what people act on: groups, and presses that wait for an answer."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from bot.simulator.control_calls import ControlCalls
from bot.simulator.wire import Json

PATIENCE_SECONDS = 15.0
POLL_SECONDS = 0.01


class Somebody(Protocol):
    """Anybody who has an id."""

    @property
    def id(self) -> int:
        """The user id."""
        ...


class GroupActor:
    """A group of the simulated world."""

    def __init__(self, client: ControlCalls, view: Json) -> None:
        """Wrap the control API's view of a group."""
        self._client = client
        self.view = view

    @property
    def id(self) -> int:
        """The chat id; it changes with an upgrade."""
        return int(self.view["id"])

    async def changes(self, **fields: object) -> Json:
        """Change members, rights, title; see ``PATCH /sim/groups``."""
        self.view = await self._client.call("PATCH", f"groups/{self.id}", dict(fields))
        return self.view

    async def upgrades(self) -> int:
        """Turn into a supergroup; give the new id, which this object then has too."""
        await self.changes(upgrade=True)
        return self.id

    async def kicks_bot(self) -> None:
        """Remove the bot."""
        await self.changes(kick_bot=True)

    async def sets(self, person: Somebody, *, status: str, is_anonymous: bool = False) -> None:
        """Make somebody an administrator, a member, somebody who left and so on."""
        entry = {"person_id": person.id, "status": status, "is_anonymous": is_anonymous}
        await self.changes(members=[entry])

    async def messages(self, *, after: int = 0) -> list[Json]:
        """List the group's messages, oldest first."""
        return await self._client.messages(self.id, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A press of an inline button, whose answer comes with ``answer``, or of a reply keyboard."""

    client: ControlCalls
    query_id: str | None = None
    message: Json | None = None
    """What a button of the reply keyboard sent."""

    async def answer(self, *, timeout_seconds: float = PATIENCE_SECONDS) -> Json:
        """Wait for the bot's answer and give it: ``text``, ``show_alert``, ``url``.

        Raises:
            AssertionError: The bot did not answer in time, or need not: the button only typed.
        """
        if self.query_id is None:
            raise AssertionError("a button of the reply keyboard is not answered")
        deadline = asyncio.get_running_loop().time() + timeout_seconds
        while not (view := await self.client.callback(self.query_id))["answered"]:
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"the press {self.query_id} was not answered")
            await asyncio.sleep(POLL_SECONDS)
        return view
