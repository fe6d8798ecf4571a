"""The home of new ids: whole numbers that grow with time and differ between processes."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

OVERLAP = timedelta(hours=1)
"""How far the clocks of replicas may be apart, and how long a unit of work may take."""
_EPOCH_MS = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp() * 1000)
_SEQUENCE_BITS = 12
_NODE_BITS = 10


def first_id_after(at: datetime) -> int:
    """Return an id below all that any replica makes from an instant on."""
    milliseconds = int((at - OVERLAP).timestamp() * 1000) - _EPOCH_MS
    return max(milliseconds, 0) << (_NODE_BITS + _SEQUENCE_BITS)


class IdMaker:
    """Makes ids of 41 bits of milliseconds, 10 of a random node, 12 of a sequence.

    An id is above all that this process made before, also when the clock steps back.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Take the time from ``clock``."""
        self._clock = clock
        self._node = secrets.randbits(_NODE_BITS)
        self._last_ms = 0
        self._sequence = 0

    def __call__(self) -> int:
        """Return a new id."""
        now_ms = int(self._clock().timestamp() * 1000) - _EPOCH_MS
        if now_ms > self._last_ms:
            self._last_ms, self._sequence = now_ms, 0
        else:
            self._sequence += 1
            if self._sequence >> _SEQUENCE_BITS:
                self._last_ms, self._sequence = self._last_ms + 1, 0
        high = self._last_ms << (_NODE_BITS + _SEQUENCE_BITS)
        return high | self._node << _SEQUENCE_BITS | self._sequence
