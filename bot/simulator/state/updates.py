"""The home of the update queue and its true offset rules."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from aiogram.types import Update

from bot.simulator.botapi import update_kinds
from bot.simulator.clock import Clock
from bot.simulator.wire import Json

FIRST_UPDATE_ID = 731_400_001
QueueKey = tuple[str, int]
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_BATCH_MAX = 100


def default_kinds() -> frozenset[str]:
    """List what a bot gets that never asked for particular kinds."""
    return frozenset(update_kinds()) - NOT_BY_DEFAULT


@dataclass(slots=True, kw_only=True, eq=False)
class Pending:
    """An update that the bot has not confirmed."""

    update_id: int
    body: Json
    key: QueueKey
    expires_at: float
    is_raw: bool = False
    is_delivered: bool = False
    repeats: int = 0

    @property
    def outlives_confirmation(self) -> bool:
        """Test for a raw update that nobody has seen: a test wants it delivered once."""
        return self.is_raw and not self.is_delivered

    def comes_again(self) -> bool:
        """Test if it is to be delivered again although it was confirmed, and count that."""
        if not self.repeats or not self.is_delivered:
            return self.outlives_confirmation
        self.repeats -= 1
        return True


class UpdateQueue:
    """The bot's updates in the order of their making."""

    def __init__(self, *, clock: Clock) -> None:
        """Start empty, with the default kinds allowed."""
        self._clock = clock
        self._pending: list[Pending] = []
        self._next_id = FIRST_UPDATE_ID
        self._listeners: list[Callable[[], None]] = []
        self.allowed = default_kinds()
        self.was_narrowed = False
        self._repeats = 0
        self._shuffling: random.Random | None = None

    def misdeliver(self, *, repeats: int, shuffle: bool, seed: int) -> None:
        """Let updates come again, or in any order, as Telegram may."""
        self._repeats = repeats
        # Not for secrets: a test wants the same order again.
        self._shuffling = random.Random(seed) if shuffle else None  # noqa: S311

    def add(self, kind: str, payload: Json, *, key: QueueKey, expires_at: float) -> int | None:
        """Make an update, unless the bot did not ask for this kind; give its id."""
        if kind not in self.allowed:
            return None
        body = {"update_id": self._next_id, kind: payload}
        Update.model_validate(body)
        self._append(Pending(update_id=self._next_id, body=body, key=key, expires_at=expires_at))
        return self._next_id - 1

    def add_raw(self, body: Json, *, key: QueueKey, expires_at: float) -> int:
        """Take an update as it is: its id may repeat an old one or come out of order."""
        body = {"update_id": self._next_id, **body}
        update_id = Update.model_validate(body).update_id
        self._append(
            Pending(update_id=update_id, body=body, key=key, expires_at=expires_at, is_raw=True)
        )
        return update_id

    def narrow(self, kinds: frozenset[str] | None) -> None:
        """Set the allowed kinds; ``None`` or nothing known means the default."""
        known = (kinds or frozenset()) & frozenset(update_kinds())
        self.was_narrowed = bool(known)
        self.allowed = known or default_kinds()

    def confirm(self, offset: int) -> None:
        """Forget what the offset confirms.

        A positive offset confirms all smaller ids. A negative one keeps the last ``-offset``
        updates and forgets the rest. Zero confirms nothing.
        """
        if offset < 0:
            self._pending = self.alive()[offset:]
        elif offset > 0:
            self._pending = [
                update
                for update in self._pending
                if update.update_id >= offset or update.comes_again()
            ]

    def alive(self) -> list[Pending]:
        """List what waits and has not expired."""
        now = self._clock()
        self._pending = [update for update in self._pending if update.expires_at > now]
        return self._pending

    def batch(self, limit: int) -> list[Json]:
        """Hand out the oldest updates; they stay until confirmed."""
        chosen = self.alive()[: min(limit, _BATCH_MAX)]
        for update in chosen:
            update.is_delivered = True
        if self._shuffling is not None:
            self._shuffling.shuffle(chosen)
        return [update.body for update in chosen]

    def head(self, key: QueueKey) -> Pending | None:
        """Return what a webhook gets next of a queue."""
        waiting = [update for update in self.alive() if update.key == key]
        if self._shuffling is not None and waiting:
            return self._shuffling.choice(waiting)
        return waiting[0] if waiting else None

    def drop(self, update: Pending) -> None:
        """Forget one update, which nobody will get any more."""
        if update in self._pending:
            self._pending.remove(update)

    def taken(self, update: Pending) -> None:
        """Forget an update that a webhook has taken, unless it is to come again."""
        if not update.comes_again():
            self.drop(update)

    def clear(self) -> None:
        """Forget everything that waits."""
        self._pending = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever an update comes in."""
        self._listeners.append(listener)

    def _append(self, update: Pending) -> None:
        update.repeats = self._repeats
        self._pending.append(update)
        self._next_id = max(self._next_id, update.update_id + 1)
        for listener in self._listeners:
            listener()
