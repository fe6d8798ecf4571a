"""The home of turning what a person chose into what is read."""

from datetime import datetime, tzinfo

from domain.entities.days import Days, days_of
from domain.entities.filters import Choice, Wanted

ALL_TIME = "all"
SEARCH_LENGTH_MAX = 100


def chosen_days(period: str, *, now: datetime, zone: tzinfo) -> Days | None:
    """Return the days of a period, ``None`` for all time.

    Raises:
        BadPeriod: it names no days.
    """
    if period == ALL_TIME:
        return None
    today = now.astimezone(zone).date()
    return days_of(period, today, since=today)


def wanted_by(choice: Choice, *, now: datetime, zone: tzinfo, is_masked: bool = False) -> Wanted:
    """Return what the choice narrows a list down to.

    Raises:
        BadPeriod: the period names no days.
    """
    days = chosen_days(choice.period, now=now, zone=zone)
    since, until = days.instants(zone) if days else (None, None)
    return Wanted(
        since=since,
        until=until,
        standing=choice.standing,
        now=now,
        search=choice.search.strip()[:SEARCH_LENGTH_MAX],
        is_exact=is_masked,
    )
