"""The home of rates: how often somebody did something since a window began."""

import time
from collections.abc import Callable

from limits import RateLimitItem, parse

KEYS_MAX = 200_000
"""Counters kept at once; an attacker with more addresses only resets them."""


class _Window:
    """What one sender did since its window began."""

    __slots__ = ("count", "ends_at")

    def __init__(self, ends_at: float) -> None:
        self.count = 0
        self.ends_at = ends_at


class Rates:
    """Counts by kind and sender, each kind with its own limit.

    Limits are written as the ``limits`` library writes them; its own stores start a thread or a
    task per count and walk all counters each time, so the windows are kept here.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing counted."""
        self._clock = clock
        self._windows: dict[tuple[str, str], _Window] = {}
        self._items: dict[str, RateLimitItem] = {}

    def __len__(self) -> int:
        """Return how many windows are kept."""
        return len(self._windows)

    def allows(self, limit: str, kind: str, who: str) -> bool:
        """Count something and tell if it was not one too many."""
        return self.counted(limit, kind, who) is None

    def counted(self, limit: str, kind: str, who: str) -> float | None:
        """Count something and return the seconds to wait where it was one too many.

        Args:
            limit: Such as ``600/minute``.
            kind: What is counted.
            who: The sender.
        """
        item = self._items.get(limit) or self._item(limit)
        now = self._clock()
        window = self._windows.get((kind, who))
        if window is None or window.ends_at <= now:
            self._make_room(now)
            window = self._windows[kind, who] = _Window(now + item.get_expiry())
        window.count += 1
        return window.ends_at - now if window.count > item.amount else None

    def _item(self, limit: str) -> RateLimitItem:
        if limit not in self._items:
            self._items[limit] = parse(limit)
        return self._items[limit]

    def _make_room(self, now: float) -> None:
        if len(self._windows) >= KEYS_MAX:
            self._windows = {key: row for key, row in self._windows.items() if row.ends_at > now}
        if len(self._windows) >= KEYS_MAX:
            self._windows.clear()
