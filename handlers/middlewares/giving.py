"""Gives each handler the use cases that it names."""

from collections.abc import Mapping
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.types import TelegramObject

from handlers.middlewares.access import Handler


class GivingMiddleware(BaseMiddleware):
    """Adds to a handler's data what it has parameters for; middlewares find all by name.

    aiogram copies the data for each router and each filter that it asks; with some three hundred
    use cases in it, that would be a quarter of the work on an update.
    """

    def __init__(self, given: Mapping[str, object]) -> None:
        """Give these, by the names of parameters."""
        self._given = given

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        """Add and go on."""
        chosen: HandlerObject = data["handler"]
        data["use_cases"] = self._given
        for name in chosen.params & self._given.keys():
            data.setdefault(name, self._given[name])
        return await handler(event, data)
