"""The home of periods that people ask for: whole days of the configured time zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from domain.errors import DomainError

PRESETS: Final = ("today", "week", "month", "last", "all")
"""Today, the last seven days, this month so far, the month before, all time."""
EARLIEST: Final = date(2000, 1, 1)
YEARS_MAX: Final = 10
_DAY = timedelta(days=1)
_DATE = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<full>\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"|(?P<isomonth>\d{4}-\d{1,2})|(?P<month>\d{1,2}[./]\d{4})"
    r"|(?P<short>\d{1,2}[./]\d{1,2})|(?P<year>\d{4})",
    re.ASCII,
)


class BadPeriod(DomainError):
    """The text is no period of days that can be shown."""

    code = "bad_period"


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days from the first to the last, both included."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        """Yield each day."""
        day = self.first
        while day <= self.last:
            yield day
            day += _DAY

    @property
    def count(self) -> int:
        """How many days they are."""
        return (self.last - self.first).days + 1

    @property
    def is_month(self) -> bool:
        """Test if it is one whole calendar month."""
        return self.first.day == 1 and self == month_of(self.first)

    def before(self) -> "Days":
        """Return the days to compare with: a month with the month before, others with as many.

        A month that has only begun is compared with the same days of the month before.
        """
        if self.first.day == 1 and self.last <= month_of(self.first).last:
            earlier = month_of(self.first - _DAY)
            if self.is_month:
                return earlier
            return Days(earlier.first, min(earlier.last, earlier.first + (self.last - self.first)))
        return Days(self.first - _DAY * self.count, self.first - _DAY)

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the first instant of the days and the first one after them, in UTC."""
        begin = datetime.combine(self.first, time.min, tzinfo=zone)
        end = datetime.combine(self.last + _DAY, time.min, tzinfo=zone)
        return begin.astimezone(UTC), end.astimezone(UTC)

    def key(self) -> str:
        """Return the days as a short text that ``days_of`` reads."""
        return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"


def month_of(day: date) -> Days:
    """Return the calendar month of a day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Days(first, following - _DAY)


def days_of(period: str, today: date, *, since: date) -> Days:
    """Return the days that a preset or a key of days names.

    Args:
        period: One of ``PRESETS``, or what ``Days.key`` made.
        today: In the configured time zone.
        since: Where all time begins.

    Raises:
        BadPeriod: it names no days.
    """
    month = month_of(today)
    presets = {
        "today": Days(today, today),
        "week": Days(today - 6 * _DAY, today),
        "month": Days(month.first, today),
        "last": month_of(month.first - _DAY),
        "all": Days(min(since, today), today),
    }
    if period in presets:
        return presets[period]
    try:
        first, last = (date.fromisoformat(part) for part in period.split("-"))
    except ValueError:
        raise BadPeriod(text=period, problem="format") from None
    return _checked(Days(first, last), today, period)


def read_days(text: str, today: date) -> Days:
    """Read a typed period: a day, a month, a year, or two of these.

    Days are ``2026-11-21``, ``21.11.2026`` or ``21.11`` (the latest one that is not to come),
    months ``11.2026`` or ``2026-11``, years ``2026``.

    Raises:
        BadPeriod: it is none; the days are in the wrong order, all to come, or too many.
    """
    found = list(_DATE.finditer(text))
    between = _DATE.sub("", text)
    if len(found) not in (1, 2) or any(sign.isalnum() for sign in between):
        raise BadPeriod(text=text, problem="format")
    try:
        parts = [_days_in(match, today) for match in found]
    except ValueError:
        raise BadPeriod(text=text, problem="no_such_day") from None
    return _checked(Days(parts[0].first, parts[-1].last), today, text)


def _days_in(match: re.Match[str], today: date) -> Days:
    kind, numbers = match.lastgroup, [int(part) for part in re.split(r"[-./]", match[0])]
    if kind == "year":
        return Days(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
    if kind == "isomonth":
        return month_of(date(numbers[0], numbers[1], 1))
    if kind == "month":
        return month_of(date(numbers[1], numbers[0], 1))
    if kind == "iso":
        day = date(*numbers)
    elif kind == "full":
        day = date(*reversed(numbers))
    else:
        day = date(today.year, numbers[1], numbers[0])
        day = day.replace(year=today.year - 1) if day > today else day
    return Days(day, day)


def _checked(days: Days, today: date, text: str) -> Days:
    """Return the days up to today.

    Raises:
        BadPeriod: nothing is left of them, or they are too many.
    """
    if days.first > days.last:
        raise BadPeriod(text=text, problem="order")
    if days.first > today:
        raise BadPeriod(text=text, problem="to_come", today=today)
    if days.first < EARLIEST or days.count > 366 * YEARS_MAX:
        raise BadPeriod(text=text, problem="too_long", years=YEARS_MAX)
    return Days(days.first, min(days.last, today))
