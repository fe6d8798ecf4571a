"""The home of forms in progress: aiogram's FSM storage over our database survives restarts."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import DEFAULT_DESTINY, BaseStorage, StateType, StorageKey

from storage.work import SqlOpenWork

HANDLED_UPDATE: ContextVar[int | None] = ContextVar("handled update", default=None)
"""Id of the update that is being handled: a form remembers which one changed it."""


def _name(key: StorageKey) -> str:
    # A destiny is a second memory of the same person in the same chat, such as a last input.
    beside = "" if key.destiny == DEFAULT_DESTINY else f":{key.destiny}"
    return f"{key.bot_id}:{key.chat_id}:{key.user_id}{beside}"


class ConversationStorage(BaseStorage):
    """Keeps states and data of forms, encrypted."""

    def __init__(self, open_work: SqlOpenWork, clock: Callable[[], datetime]) -> None:
        """Keep them in this database."""
        self._open_work = open_work
        self._clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep the state; the data stays."""
        text = state.state if isinstance(state, State) else state
        async with self._open_work(books=False) as work:
            _, data = await work.conversations.get(_name(key))
            await work.conversations.put(
                _name(key), text, data, update_id=HANDLED_UPDATE.get(), at=self._clock()
            )
            await work.commit()

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state."""
        async with self._open_work.read() as work:
            state, _ = await work.conversations.get(_name(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the data; the state stays."""
        async with self._open_work(books=False) as work:
            state, _ = await work.conversations.get(_name(key))
            await work.conversations.put(
                _name(key), state, dict(data), update_id=HANDLED_UPDATE.get(), at=self._clock()
            )
            await work.commit()

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data."""
        async with self._open_work.read() as work:
            _, data = await work.conversations.get(_name(key))
        return data

    async def close(self) -> None:
        """Close nothing: the database is closed by whoever opened it."""
