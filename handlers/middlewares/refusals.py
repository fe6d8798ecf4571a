"""The home of turning refusals into words for whoever was refused."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.errors import DomainError, NotAllowed, NotFound
from domain.usecases.staff.record_denial import RecordDenial
from handlers.ui.refusals import refusal_screen
from handlers.ui.screen import Screen, acknowledge, answer

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class RefusalMiddleware(BaseMiddleware):
    """Answers a refusal with its words; bugs and outages pass on to be tried again."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Go on, and word what is refused."""
        try:
            return await handler(event, data)
        except DomainError as refusal:
            if (right := _denied_right(event, refusal)) is not None:
                record: RecordDenial = data["record_denial"]
                await record(data["caller"], right=right, asked=_asked(event))
            screen = refusal_screen(data["language"], refusal)
            if isinstance(event, Message):
                await answer(event, screen)
            elif isinstance(event, CallbackQuery):
                await _answer_press(event, screen)
        return None


def _denied_right(event: TelegramObject, refusal: DomainError) -> str | None:
    """Return which right was missing, ``None`` for a refusal that is no denial.

    A button leads to what its reader may see, so one that leads to nothing was made up: "not
    yours" and "not there" look the same, and both are kept.
    """
    if isinstance(refusal, NotAllowed):
        return str(refusal.facts.get("right", "unknown"))
    is_made_up = isinstance(event, CallbackQuery) and type(refusal) is NotFound
    return "object" if is_made_up else None


def _asked(event: TelegramObject) -> str:
    """Return the command's word or the button's value, and nothing else that was typed."""
    if isinstance(event, CallbackQuery):
        return event.data or ""
    text = (event.text or "") if isinstance(event, Message) else ""
    return text.split(maxsplit=1)[0] if text.startswith("/") else "typed text"


async def _answer_press(query: CallbackQuery, screen: Screen) -> None:
    """Answer a press by a pop-up in a group, and by a message where buttons can follow."""
    message = query.message
    if isinstance(message, Message) and message.chat.type == "private":
        await acknowledge(query)
        await answer(message, screen)
        return
    await acknowledge(query, screen.text, alert=True)
