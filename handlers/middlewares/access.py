"""The home of access: every handler declares who may use it; without that nothing starts."""

from collections.abc import Awaitable, Callable, Iterator
from enum import StrEnum
from typing import Any

from aiogram import BaseMiddleware, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.dispatcher.flags import get_flag
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject

from domain.entities.people import Caller
from domain.errors import NotAllowed

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
GUARDED = ("message", "callback_query", "inline_query")


class Allowed(StrEnum):
    """Who may use a handler; finer rights are read by the use case with the effect."""

    ANYONE = "anyone"
    """Any person in a private chat."""
    STAFF = "staff"
    """Active staff in the admin chat."""
    OWNER = "owner"
    """Owners of the config, in any group."""
    GROUP = "group"
    """Anybody in a group: an answer that tells nothing about anyone."""


def allow(who: Allowed) -> dict[str, Allowed]:
    """Return the flag that declares who may use a handler."""
    return {"allow": who}


class AccessMiddleware(BaseMiddleware):
    """Refuses before the handler whoever the handler does not declare."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Go on or refuse."""
        caller: Caller = data["caller"]
        allowed = get_flag(data, "allow")
        if allowed is Allowed.STAFF and (caller.staff_role is None or not caller.in_admin_chat):
            raise NotAllowed(right="staff")
        if allowed is Allowed.ANYONE and not _is_private(event):
            return None
        return await handler(event, data)


def _is_private(event: TelegramObject) -> bool:
    if isinstance(event, InlineQuery):
        # Its answer is seen by the person alone, whatever chat it is typed in.
        return True
    message = event.message if isinstance(event, CallbackQuery) else event
    return isinstance(message, Message) and message.chat.type == "private"


def check_declarations(router: Router) -> None:
    """Test that every handler declares who may use it.

    Raises:
        RuntimeError: one does not; it is named.
    """
    missing = [
        f"{router_name}: {handler.callback.__qualname__}"
        for router_name, handler in _handlers(router)
        if not isinstance(handler.flags.get("allow"), Allowed)
    ]
    if missing:
        raise RuntimeError(f"handlers without a declaration of access: {', '.join(missing)}")


def check_at_once(router: Router) -> None:
    """Let every filter be asked where it stands.

    The framework sends a filter that is no coroutine, such as each ``F.text``, to a thread. A
    filter only compares; an update that passes a score of them waited for a score of journeys.
    """
    for observer in _observers(router):
        # The filter of a whole router is kept by its observer, as one more handler.
        for handler in (observer._handler, *observer.handlers):  # noqa: SLF001 - no other way
            for each in handler.filters or ():
                if not each.awaitable:
                    each.callback = _at_once(each.callback)
                    each.awaitable = True


def _at_once(compare: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def compared(*args: object, **kwargs: object) -> Any:  # noqa: ANN401 - of any filter
        return compare(*args, **kwargs)

    return compared


def _observers(router: Router) -> Iterator[TelegramEventObserver]:
    for each in router.chain_tail:
        yield from each.observers.values()


def _handlers(router: Router) -> Iterator[tuple[str, HandlerObject]]:
    for each in router.chain_tail:
        for name in GUARDED:
            for handler in each.observers[name].handlers:
                yield each.name, handler
