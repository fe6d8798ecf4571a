"""The home of rate limits: how often one address or token may ask."""

import math
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from handlers.http.errors import Refused, too_many

KEYS_MAX = 200_000
"""Counters kept at once; an attacker with more addresses only resets them."""


class Counters(Storage):
    """Counters in this process, without the timer threads of the library's own store."""

    STORAGE_SCHEME = ["counters"]  # noqa: RUF012 - the library's own declaration

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start with nothing counted."""
        super().__init__()
        self._clock = clock
        self._counts: dict[str, list[float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """No outage is possible here."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count once more and return the count of the current window."""
        now = self._clock()
        entry = self._counts.get(key)
        if entry is None or entry[1] <= now:
            self._make_room(now)
            entry = self._counts[key] = [0, now + expiry]
        entry[0] += amount
        return int(entry[0])

    def _make_room(self, now: float) -> None:
        if len(self._counts) >= KEYS_MAX:
            self._counts = {key: row for key, row in self._counts.items() if row[1] > now}
        if len(self._counts) >= KEYS_MAX:
            self._counts.clear()

    def get(self, key: str) -> int:
        """Return the count of the current window."""
        entry = self._counts.get(key)
        return int(entry[0]) if entry and entry[1] > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the current window ends."""
        entry = self._counts.get(key)
        return entry[1] if entry else self._clock()

    def check(self) -> bool:
        """Return that the store works."""
        return True

    def reset(self) -> int | None:
        """Forget everything."""
        known = len(self._counts)
        self._counts.clear()
        return known

    def clear(self, key: str) -> None:
        """Forget one counter."""
        self._counts.pop(key, None)


class Throttle:
    """Counts requests per address or token, each kind with its own limit."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start with nothing counted."""
        self._clock = clock
        self._limiter = FixedWindowRateLimiter(Counters(clock))
        self._items: dict[str, RateLimitItem] = {}

    def count(self, limit: str, kind: str, who: str) -> None:
        """Count a request.

        Raises:
            Refused: 429, it was one too many.
        """
        item = self._item(limit)
        if not self._limiter.hit(item, kind, who):
            raise self._refusal(item, kind, who)

    def require(self, limit: str, kind: str, who: str) -> None:
        """Count nothing, but refuse who has used up the limit.

        Raises:
            Refused: 429, there were too many.
        """
        item = self._item(limit)
        if not self._limiter.test(item, kind, who):
            raise self._refusal(item, kind, who)

    def _item(self, limit: str) -> RateLimitItem:
        item = self._items.get(limit)
        if item is None:
            item = self._items[limit] = parse(limit)
        return item

    def _refusal(self, item: RateLimitItem, kind: str, who: str) -> Refused:
        ends = self._limiter.get_window_stats(item, kind, who).reset_time
        return too_many(max(1, math.ceil(ends - self._clock())))


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
