"""The home of the sending pace: so many messages a second for the whole bot."""

import asyncio
from collections.abc import Callable


class Pace:
    """Lets callers through at an even rate, with a small burst."""

    def __init__(self, per_second: float, now: Callable[[], float], burst: int = 5) -> None:
        """Allow so many a second; ``now`` is a clock that only goes forward, in seconds."""
        self._gap = 1 / per_second
        self._slack = burst * self._gap
        self._now = now
        self._next = now()

    async def __call__(self) -> None:
        """Wait for one's turn."""
        now = self._now()
        turn = max(self._next, now - self._slack)
        self._next = turn + self._gap
        if turn > now:
            await asyncio.sleep(turn - now)

    def pause(self, seconds: float) -> None:
        """Let nobody through for a while: Telegram asked for it."""
        self._next = max(self._next, self._now() + seconds)
