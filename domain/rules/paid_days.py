"""The home of the bank's date of a pay-out: what was typed, and which days are possible (R18)."""

import re
from datetime import date, datetime, time, tzinfo

from domain.entities.payout import Payout
from domain.errors import DomainError
from domain.period import require_utc

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})(?:[./-]([0-9]{4}|[0-9]{2}))?\.?", re.ASCII)
_CENTURY = 2000
_SHORT_YEAR_MAX = 99


class BadPaidDay(DomainError):
    """No money can have been sent on that day, or the text is no day."""

    code = "bad_paid_day"


def read_day(text: str, *, earliest: date, latest: date) -> date:
    """Return a typed day: ``2026-11-21``, ``21.11.2026``, ``21.11.26``, or ``21.11``.

    A day without a year is the last one of that name.

    Raises:
        BadPaidDay: the text is no day.
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY_FIRST.fullmatch(text):
            return _day_first(int(match[1]), int(match[2]), match[3], latest)
    except ValueError:
        pass
    raise BadPaidDay(text=text[:40], earliest=earliest, latest=latest)


def _day_first(day: int, month: int, year_text: str | None, today: date) -> date:
    if year_text is None:
        found = date(today.year, month, day)
        return found if found <= today else date(today.year - 1, month, day)
    year = int(year_text)
    return date(year + _CENTURY if year <= _SHORT_YEAR_MAX else year, month, day)


def first_day(payout: Payout, *, zone: tzinfo) -> date:
    """Return the first day on which the money can have been sent: that of the request."""
    return payout.requested_at.astimezone(zone).date()


def check_day(day: date, *, earliest: date, latest: date) -> None:
    """Test that money can have been sent on the day: since it was asked for, and until today.

    Raises:
        BadPaidDay: the facts say which days are possible.
    """
    if not earliest <= day <= latest:
        raise BadPaidDay(text=day.isoformat(), earliest=earliest, latest=latest)


def sent_at(payout: Payout, day: date, *, now: datetime, zone: tzinfo) -> datetime:
    """Return the instant that stands for the day: now for today, else its noon."""
    if day >= now.astimezone(zone).date():
        return now
    noon = require_utc(datetime.combine(day, time(12), zone))
    return max(noon, payout.requested_at)
