"""The home of time rules: calendar months, windows in whole seconds, aware UTC, zones by name."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OFFSET_HOURS_MAX = 14
_OFFSET = re.compile(r"UTC([+-])(\d{2}):([0-5]\d)")


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


@lru_cache(maxsize=1024)
def zone_of(name: str) -> tzinfo | None:
    """Return a time zone by its IANA name or as ``UTC+03:00``, ``None`` for what is neither."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        sign, hours, minutes = offset.groups()
        delta = timedelta(hours=int(hours), minutes=int(minutes))
        if delta > timedelta(hours=OFFSET_HOURS_MAX):
            return None
        return timezone(-delta if sign == "-" else delta, name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    Attributes:
        year: Such as 2026.
        number: 1-12.
    """

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as ``2026-11``."""
        return f"{self.year:04}-{self.number:02}"

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """Return the month written as ``2026-11``, ``None`` for what is none."""
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) else None

    @classmethod
    def of(cls, at: datetime, zone: tzinfo) -> "Month":
        """Return the month of an instant in a time zone."""
        local = at.astimezone(zone)
        return cls(local.year, local.month)

    def plus(self, months: int) -> "Month":
        """Return the month so many later."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return its first instant and the first one after it, in UTC."""
        following = self.plus(1)
        start = datetime(self.year, self.number, 1, tzinfo=zone)
        end = datetime(following.year, following.number, 1, tzinfo=zone)
        return start.astimezone(UTC), end.astimezone(UTC)
