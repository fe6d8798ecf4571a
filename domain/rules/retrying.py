"""The home of pauses between attempts: they grow, they end growing, they are spread."""

from datetime import timedelta

_SPREAD = 1_000
_PRIME = 7_919


def pause_after(attempts: int, *, first: timedelta, most: timedelta, salt: int = 0) -> timedelta:
    """Return how long to wait after so many failed attempts.

    The pause doubles up to ``most``; then up to a fifth is taken off, by ``salt`` and attempt, so
    that what failed together does not come again together.

    Args:
        attempts: Failed attempts so far, from 1.
        first: The pause after the first one.
        most: The longest pause.
        salt: Such as an id; 0 and no spread where there is only one.
    """
    pause = min(first * (1 << min(max(attempts, 1) - 1, 40)), most)
    share = (salt * _PRIME + attempts * salt) % _SPREAD
    return pause - pause * share / (5 * _SPREAD)
