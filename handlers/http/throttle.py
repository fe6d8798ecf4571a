"""The home of rate limits: how often one address or token may ask."""

import math
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse

from handlers.http.errors import too_many

KEYS_MAX = 200_000
"""Counters kept at once; an attacker with more addresses only resets them."""


class _Window:
    """Requests of one sender since its window began."""

    __slots__ = ("count", "ends_at")

    def __init__(self, ends_at: float) -> None:
        self.count = 0
        self.ends_at = ends_at


class Throttle:
    """Counts requests per address or token, each kind with its own limit.

    Limits are written as the ``limits`` library writes them; its own stores start a thread or a
    task per request and walk all counters each time, so the windows are kept here.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing counted."""
        self._clock = clock
        self._windows: dict[tuple[str, str], _Window] = {}
        self._items: dict[str, RateLimitItem] = {}

    def __len__(self) -> int:
        """Return how many windows are kept."""
        return len(self._windows)

    def count(self, limit: str, kind: str, who: str) -> None:
        """Count a request.

        Args:
            limit: Such as ``600/minute``.
            kind: What is counted.
            who: The sender.

        Raises:
            Refused: 429, it was one too many.
        """
        wait = self._counted(limit, kind, who)
        if wait is not None:
            raise too_many(math.ceil(wait))

    def allows(self, limit: str, kind: str, who: str) -> bool:
        """Count something and tell if it was not one too many."""
        return self._counted(limit, kind, who) is None

    def _counted(self, limit: str, kind: str, who: str) -> float | None:
        """Count, and return the seconds to wait where it was one too many."""
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


def group_of(address: str) -> str:
    """Return what one sender may vary: an IPv4 address, the /64 of an IPv6 one."""
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return parsed.packed[:8].hex()
