"""The home of time rules: calendar months, windows in whole seconds, aware UTC only."""

import calendar
from datetime import UTC, datetime, timedelta


def require_utc(at: datetime) -> datetime:
    """Return the instant in UTC.

    Raises:
        ValueError: the instant is naive.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


def add_months(at: datetime, months: int) -> datetime:
    """Return the same moment so many calendar months later, in UTC; month ends clip (R10)."""
    at = require_utc(at)
    year, month_index = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month_index + 1)[1])
    return at.replace(year=year, month=month_index + 1, day=day)


def whole_seconds(at: datetime) -> datetime:
    """Return the instant with its fraction of a second cut off (R1)."""
    return at.replace(microsecond=0)


def window_holds(first_click: datetime, registered_at: datetime, window_days: int | None) -> bool:
    """Test if a registration falls into the window of a first click, last second included (R1).

    Args:
        first_click: The visitor's first click on this partner's link.
        registered_at: When the client registered.
        window_days: Length in days of 24 hours; ``None`` means no limit.
    """
    first, registered = whole_seconds(first_click), whole_seconds(registered_at)
    if registered < first:
        return False
    return window_days is None or registered <= first + timedelta(days=window_days)


def text_of(at: datetime) -> str:
    """Return the instant as RFC 3339 in UTC, such as ``2026-11-21T10:00:00Z``."""
    return require_utc(at).isoformat().replace("+00:00", "Z")
