"""The home of signposts: a router is not asked about what none of its handlers can take.

aiogram asks each of some three hundred handlers in turn. Nearly all of them want one command, one
kind of button or one step of a form, so nearly all can be passed by at one look. Those that are
left are asked as aiogram asks them, in its order, with their filters and middlewares.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
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
Handler = Callable[[Any, dict[str, Any]], Awaitable[Any]]


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


@dataclass(frozen=True, slots=True)
class Way:
    """Where an update may be taken below a router.

    Attributes:
        handlers: The router's own, in order, each with the middlewares around it.
        below: Routers included in it, in order.
    """

    handlers: tuple[tuple[HandlerObject, Handler], ...]
    below: "tuple[Post, ...]"


class Post:
    """Stands at a router and knows for each kind of update which handlers may want it."""

    def __init__(self, router: Router) -> None:
        """Stand at a router, and at all that are included in it."""
        self._router = router
        self._below = tuple(Post(below) for below in router.sub_routers)
        self._own = {
            name: tuple((handler, _wish(handler)) for handler in router.observers[name].handlers)
            for name in _PROPAGATED
        }
        self._ways: dict[tuple[str, Sign], Way | None] = {}
        # A router that stood in another dispatcher before has a post of its own already.
        self._aiograms: Propagate = Router.propagate_event.__get__(router)
        router.propagate_event = self.propagate_event  # type: ignore[method-assign]

    def way(self, update_type: str, sign: Sign) -> Way | None:
        """Return where such an update may be taken; ``None`` for nowhere."""
        key = update_type, sign
        if key in self._ways:
            return self._ways[key]
        observer = self._router.observers[update_type]
        handlers = tuple(
            (handler, _wrapped(observer, handler))
            for handler, wish in self._own[update_type]
            if wish.allows(sign)
        )
        below = tuple(post for post in self._below if post.way(update_type, sign) is not None)
        found = Way(handlers, below) if handlers or below else None
        if len(self._ways) < SIGNS_MAX:
            self._ways[key] = found
        return found

    async def propagate_event(self, update_type: str, event: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Offer an update to whoever may want it, as aiogram's router offers it to all."""
        if update_type not in self._own:
            return await self._aiograms(update_type=update_type, event=event, **kwargs)
        way = self.way(update_type, _sign(event, kwargs.get("raw_state")))
        if way is None:
            return UNHANDLED
        observer = self._router.observers[update_type]
        if len(observer.outer_middleware):
            return await self._aiograms(update_type=update_type, event=event, **kwargs)
        kwargs["event_router"] = self._router
        passed, data = await observer.check_root_filters(event, **kwargs)
        if not passed:
            return UNHANDLED
        kwargs.update(data)
        response = await _offered(way, event, dict(kwargs))
        if response is REJECTED:
            return UNHANDLED
        for post in way.below if response is UNHANDLED else ():
            response = await post.propagate_event(update_type=update_type, event=event, **kwargs)
            if response is not UNHANDLED:
                break
        return response


async def _offered(way: Way, event: Any, kwargs: dict[str, Any]) -> Any:  # noqa: ANN401 - of any handler
    """Let the first handler that wants the event take it."""
    for handler, wrapped in way.handlers:
        kwargs["handler"] = handler
        wants, data = await handler.check(event, **kwargs)
        if not wants:
            continue
        kwargs.update(data)
        try:
            return await wrapped(event, kwargs)
        except SkipHandler:
            continue
    return UNHANDLED


def _wrapped(observer: TelegramEventObserver, handler: HandlerObject) -> Handler:
    middlewares = observer._resolve_middlewares()  # noqa: SLF001 - no other way
    return observer.outer_middleware.wrap_middlewares(middlewares, handler.call)


def put_signposts(dispatcher: Dispatcher) -> None:
    """Put a post at every router of the dispatcher; call it when all stand, with middlewares."""
    for router in dispatcher.sub_routers:
        Post(router)


def _sign(event: object, state: str | None) -> Sign:
    if isinstance(event, CallbackQuery):
        return Sign("", (event.data or "").split(SEPARATOR, maxsplit=1)[0], state)
    text = (event.text or event.caption or "") if isinstance(event, Message) else ""
    if not text.startswith("/"):
        return Sign("", "", state)
    word = text.split(maxsplit=1)[0]
    return Sign(word[1:].partition("@")[0].casefold(), "", state)


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
