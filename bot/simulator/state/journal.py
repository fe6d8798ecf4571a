"""The home of the record of Bot API calls."""

from collections import deque

from bot.simulator.wire import Json

KEPT_MAX = 20_000


class Journal:
    """What the bot asked and what it was told."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: deque[Json] = deque(maxlen=KEPT_MAX)
        self._last = 0

    def add(self, method: str, params: Json, *, status: int, description: str | None) -> None:
        """Write one call down; status 0 means that nobody got an answer."""
        self._last += 1
        self._entries.append(
            {
                "seq": self._last,
                "method": method,
                "params": params,
                "status": status,
                "ok": 0 < status < 400,  # noqa: PLR2004 - HTTP's border
                "description": description,
            }
        )

    def read(self, *, method: str | None, chat_id: str | None, after: int) -> list[Json]:
        """List calls, oldest first."""
        return [
            entry
            for entry in self._entries
            if entry["seq"] > after
            and (method is None or entry["method"].lower() == method.lower())
            and (chat_id is None or str(entry["params"].get("chat_id")) == chat_id)
        ]
