"""The home of the simulator's time: the one place that asks the system."""

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since 1970; tests hand in one that they can move."""


def system_clock() -> float:
    """Read the time of this machine, in seconds since 1970."""
    return time.time()


class MovableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, *, start: float = 1_790_000_000.0) -> None:
        """Stand at ``start`` (seconds since 1970)."""
        self.now = start

    def __call__(self) -> float:
        """Read the time."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Move forward by ``seconds``."""
        self.now += seconds
