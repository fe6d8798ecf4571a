"""The home of the limit on how fast one person may speak."""

from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.middlewares.access import Handler
from handlers.rates import Rates
from handlers.ui.language import Language
from handlers.ui.screen import acknowledge


class ThrottleMiddleware(BaseMiddleware):
    """Lets a person speak so often in a while; the first one over is told, the rest is dropped.

    Money never depends on it: two presses of one button are one effect by the database.
    """

    def __init__(self, *, updates: int, seconds: int) -> None:
        """Allow so many updates in so many seconds."""
        self._rates = Rates()
        self._limit = f"{updates}/{seconds} seconds"
        self._told = f"1/{seconds} seconds"

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Go on while the person is within the limit."""
        person_id = str(data["caller"].person.id)
        if self._rates.allows(self._limit, "update", person_id):
            return await handler(event, data)
        if self._rates.allows(self._told, "told", person_id):
            language: Language = data["language"]
            text = language.say("That was very fast. Please wait a few seconds and go on.")
            if isinstance(event, CallbackQuery):
                await acknowledge(event, text)
            elif isinstance(event, Message):
                await event.answer(text)
        return None
