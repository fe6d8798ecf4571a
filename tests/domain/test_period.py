"""Time: calendar months that clip, windows in whole seconds, no naive instants (R1, R10)."""

import calendar
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import add_months, require_utc, text_of, whole_seconds, window_holds
from tests.domain.builders import instant, many


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-05-10", 0, "2026-05-10"),
        ("2026-03-01 10:20:30.123456", 12, "2027-03-01 10:20:30.123456"),
        ("2026-01-31 23:59:59.999999", 1, "2026-02-28 23:59:59.999999"),
        ("1999-12-31", 2, "2000-02-29"),
        ("2099-12-31", 2, "2100-02-28"),
    ],
)
def test_calendar_months_later_the_end_of_a_month_clips(start: str, months: int, end: str) -> None:
    assert add_months(instant(start), months) == instant(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # in UTC it is already April, or still January
        ("2026-03-31T23:30:00-02:00", "2026-05-01T01:30:00+00:00"),
        ("2026-02-01T01:00:00+02:00", "2026-02-28T23:00:00+00:00"),
        ("2026-10-25T03:30:00+03:00", "2026-11-25T00:30:00+00:00"),
    ],
)
def test_months_are_counted_in_utc(start: str, end: str) -> None:
    assert add_months(instant(start), 1) == instant(end)
    assert add_months(instant(start), 1).utcoffset() == timedelta(0)


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "Europe/Moscow", "America/New_York"])
def test_the_last_microsecond_of_a_month_does_not_depend_on_the_zone_it_is_told_in(
    zone: str,
) -> None:
    start = instant("2026-03-31 23:59:59.999999")

    assert add_months(start.astimezone(ZoneInfo(zone)), 1) == instant("2026-04-30 23:59:59.999999")


def test_the_doubled_hour_is_two_instants() -> None:
    first = datetime(2026, 10, 25, 3, 30, tzinfo=ZoneInfo("Europe/Kyiv"))

    assert add_months(first, 1) + timedelta(hours=1) == add_months(first.replace(fold=1), 1)


instants = st.datetimes(
    min_value=instant("1970-01-01").replace(tzinfo=None),
    max_value=instant("2200-01-01").replace(tzinfo=None),
    timezones=st.just(UTC),
)
months = st.integers(0, 1_200)


@given(instants, months)
@many
def test_the_end_lies_so_many_months_on_at_the_same_day_or_the_last(
    start: datetime, later: int
) -> None:
    end = add_months(start, later)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == later
    assert end.day == min(start.day, calendar.monthrange(end.year, end.month)[1])
    assert end.time() == start.time()


@given(instants, st.timedeltas(timedelta(0), timedelta(days=800)), months)
@many
def test_who_registers_later_never_ends_earlier(
    start: datetime, after: timedelta, later: int
) -> None:
    assert add_months(start, later) <= add_months(start + after, later)


@given(instants, months, st.integers(1, 60))
@many
def test_more_months_end_later(start: datetime, later: int, more: int) -> None:
    assert add_months(start, later) < add_months(start, later + more)


@pytest.mark.parametrize("function", [require_utc, text_of, lambda at: add_months(at, 1)])
def test_a_naive_instant_is_refused(function: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="time zone"):
        function(instant("2026-01-01").replace(tzinfo=None))


CLICK = "2026-03-01 10:00:00"
WINDOW = [
    ("2026-03-01 09:59:59", False),
    ("2026-03-01 09:59:59.999999", False),
    ("2026-03-01 10:00:00", True),
    ("2026-03-04 10:00:00", True),
    ("2026-03-08 09:59:59", True),
    ("2026-03-08 10:00:00", True),
    ("2026-03-08 10:00:00.900000", True),
    ("2026-03-08 10:00:00.999999", True),
    ("2026-03-08 10:00:01", False),
    ("2026-03-08 23:59:59", False),
]


@pytest.mark.parametrize("fraction", ["", ".1", ".900000", ".999999"])
@pytest.mark.parametrize(("registered_at", "holds"), WINDOW)
def test_a_window_of_seven_days_ends_with_its_last_whole_second(
    registered_at: str, holds: bool, fraction: str
) -> None:
    assert window_holds(instant(CLICK + fraction), instant(registered_at), 7) is holds


def test_a_window_counts_hours_not_calendar_days() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")  # the clock goes forward on 29 March 2026
    click = datetime(2026, 3, 25, 10, 0, tzinfo=kyiv).astimezone(UTC)

    assert window_holds(click, datetime(2026, 4, 1, 11, 0, tzinfo=kyiv), 7)
    assert not window_holds(click, datetime(2026, 4, 1, 11, 0, 1, tzinfo=kyiv), 7)


def test_without_a_window_only_what_was_before_the_click_is_out() -> None:
    assert window_holds(instant(CLICK), instant("2096-03-01"), None)
    assert not window_holds(instant(CLICK), instant("2026-03-01 09:59:59"), None)


@given(instants, st.timedeltas(timedelta(days=-2), timedelta(days=40)), st.integers(1, 30))
@many
def test_a_window_holds_for_exactly_its_whole_seconds(
    click: datetime, after: timedelta, days: int
) -> None:
    passed = int((click + after).timestamp()) - int(click.timestamp())

    assert window_holds(click, click + after, days) is (0 <= passed <= days * 86_400)


def test_fractions_of_a_second_are_cut_off_not_rounded() -> None:
    assert whole_seconds(instant("2026-03-01 10:00:00.999999")) == instant("2026-03-01 10:00:00")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 11, 21, 10, 0, tzinfo=UTC), "2026-11-21T10:00:00Z"),
        (datetime(2026, 11, 21, 10, 0, 0, 500_000, tzinfo=UTC), "2026-11-21T10:00:00.500000Z"),
        (datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))), "2025-12-31T23:00:00Z"),
    ],
)
def test_an_instant_is_written_in_utc(at: datetime, text: str) -> None:
    assert text_of(at) == text
