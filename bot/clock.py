"""The home of the system clock: the only place that asks it."""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return now, aware and in UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Return seconds of a clock that only goes forward."""
    return time.monotonic()
