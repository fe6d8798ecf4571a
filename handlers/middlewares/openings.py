"""The home of noticing which new screens a person has opened."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from domain.usecases.news.openings import KeepOpenings
from handlers.middlewares.access import Handler
from handlers.ui.callbacks import Open
from handlers.ui.commands import command_in
from handlers.ui.sections import is_new_screen

PREFIX = f"{Open.__prefix__}{Open.__separator__}"


class OpeningMiddleware(BaseMiddleware):
    """Keeps that a person opened a new screen, by its button or its command (R47)."""

    def __init__(self, openings: KeepOpenings) -> None:
        """Keep them there."""
        self._openings = openings

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Go on; what was refused was not opened."""
        result = await handler(event, data)
        screen = _screen_of(event)
        if screen and is_new_screen(screen):
            await self._openings.open(data["caller"], screen)
        return result


def _screen_of(event: TelegramObject) -> str:
    if isinstance(event, CallbackQuery):
        value = event.data or ""
        return value.removeprefix(PREFIX) if value.startswith(PREFIX) else ""
    return command_in(event.text or "") if isinstance(event, Message) else ""
