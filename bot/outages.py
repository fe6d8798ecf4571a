"""The home of what is no fault of an update: Telegram is away, and until when it is waited out."""

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

FIRST_PAUSE_SECONDS = 0.5
PAUSE_SECONDS_MAX = 30
OUTAGE_TRIES_MAX = 120
"""An hour of them: an update may also be what Telegram never takes."""
OUTAGES = (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
"""It is away, bans the bot, or does not know it."""
_DOUBLINGS_MAX = 9


def pause_after(error: Exception, tries: int) -> float:
    """Return how many seconds to wait after so many earlier tries."""
    pause: float = min(FIRST_PAUSE_SECONDS * 4.0 ** min(tries, _DOUBLINGS_MAX), PAUSE_SECONDS_MAX)
    return max(pause, error.retry_after) if isinstance(error, TelegramRetryAfter) else pause
