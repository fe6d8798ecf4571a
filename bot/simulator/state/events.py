"""The home of what happened, in order, for whoever watches the world."""

from collections import deque
from collections.abc import Callable

from bot.simulator.wire import Json

KEPT_MAX = 20_000
Listener = Callable[[Json], None]


class EventLog:
    """Numbered events; the number of a message is that of its last change."""

    def __init__(self) -> None:
        """Start at zero."""
        self.last_seq = 0
        self._events: deque[Json] = deque(maxlen=KEPT_MAX)
        self._listeners: list[Listener] = []

    def next_seq(self) -> int:
        """Take the number for an event that is being made."""
        self.last_seq += 1
        return self.last_seq

    def publish(self, kind: str, chat_id: int | None, seq: int, view: Json) -> None:
        """Keep an event and tell everybody who listens."""
        event = {**view, "seq": seq, "kind": kind, "chat_id": chat_id}
        self._events.append(event)
        for listener in tuple(self._listeners):
            listener(event)

    def after(self, seq: int) -> list[Json]:
        """List the events younger than a number."""
        return [event for event in self._events if event["seq"] > seq]

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on every event, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
