"""The home of signposts: a router is not asked about what none of its handlers can take.

aiogram asks each of some three hundred handlers in turn. Nearly all of them want one command, one
kind of button or one step of a form, so whole routers can be passed by at one look. Which handler
takes an update stays aiogram's decision, in aiogram's order.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

ANY_STATE = "*"
SEPARATOR = ":"
SIGNS_MAX = 10_000
"""Of different updates that are remembered: words after a slash are anybody's choice."""
_PROPAGATED = ("message", "callback_query")

Propagate = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Sign:
    """What an update is recognised by.

    Attributes:
        command: Without slash and the bot's name; empty for other texts.
        button: The kind of the button that was pressed; empty for a message.
        state: The step of the person's form.
    """

    command: str
    button: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a handler takes; ``None`` where it may take anything."""

    commands: frozenset[str] | None
    buttons: frozenset[str] | None
    states: frozenset[str | None] | None

    def allows(self, sign: Sign) -> bool:
        """Test if the handler may want the update."""
        return (
            (self.commands is None or sign.command in self.commands)
            and (self.buttons is None or sign.button in self.buttons)
            and (self.states is None or sign.state in self.states)
        )


def put_signposts(dispatcher: Dispatcher) -> None:
    """Let every router of the dispatcher pass by what it cannot take; call it when all stand."""
    for router in dispatcher.sub_routers:
        for below in router.chain_tail:
            wishes = {name: tuple(_wishes(below, name)) for name in _PROPAGATED}
            # A router that stood in another dispatcher before has a post of its own already.
            propagate = Router.propagate_event.__get__(below)
            below.propagate_event = _guarded(propagate, wishes)  # type: ignore[method-assign, assignment]


def _guarded(propagate: Propagate, wishes: dict[str, tuple[Wish, ...]]) -> Propagate:
    known: dict[tuple[str, Sign], bool] = {}

    async def propagate_event(update_type: str, event: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        wanted = wishes.get(update_type)
        if wanted is not None:
            sign = _sign(event, kwargs.get("raw_state"))
            found = known.get((update_type, sign))
            if found is None:
                found = any(wish.allows(sign) for wish in wanted)
                if len(known) < SIGNS_MAX:
                    known[update_type, sign] = found
            if not found:
                return UNHANDLED
        return await propagate(update_type=update_type, event=event, **kwargs)

    return propagate_event


def _sign(event: object, state: str | None) -> Sign:
    if isinstance(event, CallbackQuery):
        return Sign("", (event.data or "").split(SEPARATOR, maxsplit=1)[0], state)
    text = (event.text or event.caption or "") if isinstance(event, Message) else ""
    if not text.startswith("/"):
        return Sign("", "", state)
    word = text.split(maxsplit=1)[0]
    return Sign(word[1:].partition("@")[0].casefold(), "", state)


def _wishes(router: Router, update_type: str) -> Iterable[Wish]:
    for below in router.chain_tail:
        for handler in below.observers[update_type].handlers:
            yield _wish(handler)


def _wish(handler: HandlerObject) -> Wish:
    wish: dict[str, frozenset[Any] | None] = {"commands": None, "buttons": None, "states": None}
    for one in handler.filters or ():
        match one.callback:
            case Command() as command:
                wish["commands"] = _commands(command)
            case CallbackQueryFilter() as pressed:
                if pressed.callback_data.__separator__ == SEPARATOR:
                    wish["buttons"] = frozenset({pressed.callback_data.__prefix__})
            case State() as step:
                wish["states"] = _states([step])
            case StateFilter() as steps:
                wish["states"] = _states(steps.states)
            case _:
                continue
    return Wish(**wish)


def _commands(command: Command) -> frozenset[str] | None:
    names = command.commands
    if command.prefix != "/" or not all(isinstance(name, str) for name in names):
        return None
    return frozenset(str(name).casefold() for name in names)


def _states(steps: Iterable[object]) -> frozenset[str | None] | None:
    found: set[str | None] = set()
    for step in steps:
        name = step.state if isinstance(step, State) else step
        if name == ANY_STATE or not (name is None or isinstance(name, str)):
            return None
        found.add(name)
    return frozenset(found)
