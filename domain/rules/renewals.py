"""The home of the rules of renewals: which day ahead of a service's end it is (R45)."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from domain.entities.renewal import Renewal

SHOWN_DAYS = 60
"""How far ahead the list of renewals looks."""


def end_of_day(now: datetime, zone: tzinfo, days: int) -> datetime:
    """Return the first instant after the day that is so many days ahead."""
    day = now.astimezone(zone).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def reminder_of(days_ahead: Sequence[int], left: int) -> int | None:
    """Return the configured number of days whose time has come: the least that covers ``left``.

    Whatever could not be told earlier is told with the nearest one, not several times.
    """
    return min((days for days in days_ahead if left <= days), default=None)


def subject_of(renewal: Renewal, days: int) -> str:
    """Return what one reminder is about: this service, this end of it, so many days ahead."""
    return f"{days}:{int(renewal.renews_at.timestamp())}:{renewal.service_id}"
