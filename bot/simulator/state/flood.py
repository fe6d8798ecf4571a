"""The home of the flood limits, an approximation of Telegram's unpublished ones."""

import math
from collections import deque

from bot.simulator.settings import Settings

_MINUTE_SECONDS = 60.0
_LONG_TEXT_CHARACTERS = 500


class FloodLimits:
    """Counts messages: overall, by chat, by group and minute."""

    def __init__(self, *, settings: Settings) -> None:
        """Start with every allowance full."""
        self._settings = settings
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._allowance: dict[int, tuple[float, float]] = {}

    def ask(self, chat_id: int, *, is_group: bool, length: int, now: float) -> int | None:
        """Count a message; give the seconds to wait if it is one too many.

        A refused message costs nothing. A text over 500 characters costs two.
        """
        if not self._settings.flood_limits:
            return None
        cost = 2 if length > _LONG_TEXT_CHARACTERS else 1
        group = self._groups.setdefault(chat_id, deque()) if is_group else deque[float]()
        waits = (
            _window_wait(self._overall, self._settings.overall_per_second, 1.0, now),
            _window_wait(group, self._settings.group_per_minute, _MINUTE_SECONDS, now),
            self._chat_wait(chat_id, cost, now),
        )
        longest = max(waits)
        if longest > 0:
            return max(1, math.ceil(longest))
        self._overall.append(now)
        group.append(now)
        left, at = self._allowance[chat_id]
        self._allowance[chat_id] = (left - cost, at)
        return None

    def _chat_wait(self, chat_id: int, cost: int, now: float) -> float:
        burst = float(self._settings.chat_burst)
        left, at = self._allowance.get(chat_id, (burst, now))
        left = min(burst, left + (now - at))
        self._allowance[chat_id] = (left, now)
        return max(0.0, cost - left)


def _window_wait(times: deque[float], most: int, window_seconds: float, now: float) -> float:
    while times and times[0] <= now - window_seconds:
        times.popleft()
    return times[0] + window_seconds - now if len(times) >= most else 0.0
