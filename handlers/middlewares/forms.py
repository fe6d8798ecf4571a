"""The home of leaving a form by a command."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from handlers.middlewares.access import Handler
from handlers.ui.commands import command_in
from handlers.ui.forms import form_of, left_screen
from handlers.ui.replies import is_for_us
from handlers.ui.screen import answer


class FormMiddleware(BaseMiddleware):
    """Ends a form that waits for typed input when a command comes instead of the input.

    The person is told which one, with a button that leads back.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Forget the form, except for /cancel, which says what it cancels."""
        if isinstance(event, Message) and data.get("raw_state"):
            command = command_in(event.text or "")
            if command and command != "cancel" and await is_for_us(event, data["bot"]):
                await self._leave(event, command, data)
        return await handler(event, data)

    async def _leave(self, message: Message, command: str, data: dict[str, Any]) -> None:
        form = form_of(data["raw_state"])
        await data["state"].clear()
        data["raw_state"] = None
        # Whoever begins the same form once more knows what it left; a group has other readers.
        if form is not None and command != form.command and message.chat.type == "private":
            await answer(message, left_screen(data["language"], form))
