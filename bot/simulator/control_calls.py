"""The home of what the actors need of a client, so that neither imports the other."""

from typing import Any, Protocol

from aiohttp import FormData

from bot.simulator.wire import Json


class SimulatorError(Exception):
    """The control API refused a call; the text is its sentence."""


class ControlCalls(Protocol):
    """The part of the client that people and groups speak through."""

    async def call(
        self,
        method: str,
        path: str,
        body: Json | FormData | None = None,
        *,
        query: dict[str, Any] | None = None,
    ) -> Json:
        """Call the control API and give its answer."""
        ...

    async def messages(self, chat_id: int, *, after: int = 0) -> list[Json]:
        """List the views of a chat's messages that changed after a number."""
        ...

    async def callback(self, query_id: str) -> Json:
        """Show what the bot answered to a press."""
        ...
