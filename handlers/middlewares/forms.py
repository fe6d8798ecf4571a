"""The home of leaving a form by a command."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class FormMiddleware(BaseMiddleware):
    """Ends a form that waits for typed input when a command comes instead of the input."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Forget the form, except for /cancel, which says what it cancels."""
        is_command = isinstance(event, Message) and (event.text or "").startswith("/")
        if is_command and data.get("raw_state") and not _is_cancel(event):
            await data["state"].clear()
            data["raw_state"] = None
        return await handler(event, data)


def _is_cancel(event: TelegramObject) -> bool:
    return isinstance(event, Message) and (event.text or "").startswith("/cancel")
