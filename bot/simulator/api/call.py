"""The home of one call of the Bot API and the table of methods."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.simulator.api.arguments import Arguments
from bot.simulator.state.world import World
from bot.simulator.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A method being called."""

    world: World
    method: str
    """The name as the documentation spells it."""
    arguments: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A result that comes with a description, as those of setWebhook do."""

    result: object
    description: str


Result = Json | list[Json] | str | int | bool | Described
Handler = Callable[[Call], Awaitable[Result] | Result]
