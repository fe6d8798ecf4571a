"""Periods that people ask for: presets, typed ones, and what each is compared with."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.days import PRESETS, BadPeriod, Days, days_of, read_days

TODAY = date(2026, 3, 22)
SINCE = date(2025, 6, 5)


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "shown", "compared"),
    [
        ("today", ("2026-03-22", "2026-03-22"), ("2026-03-21", "2026-03-21")),
        ("week", ("2026-03-16", "2026-03-22"), ("2026-03-09", "2026-03-15")),
        ("month", ("2026-03-01", "2026-03-22"), ("2026-02-01", "2026-02-22")),
        ("last", ("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31")),
        ("all", ("2025-06-05", "2026-03-22"), ("2024-08-18", "2025-06-04")),
        ("20260110-20260112", ("2026-01-10", "2026-01-12"), ("2026-01-07", "2026-01-09")),
        ("20260101-20261231", ("2026-01-01", "2026-03-22"), ("2025-10-12", "2025-12-31")),
    ],
)
def test_a_period_and_the_one_before(
    period: str, shown: tuple[str, str], compared: tuple[str, str]
) -> None:
    found = days_of(period, TODAY, since=SINCE)
    assert found == days(*shown)
    assert found.before() == days(*compared)


def test_a_long_month_that_has_begun_is_compared_with_the_whole_short_one() -> None:
    assert days("2026-03-01", "2026-03-30").before() == days("2026-02-01", "2026-02-28")
    assert days("2026-03-01", "2026-03-31").before() == days("2026-02-01", "2026-02-28")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-01 2026-03-15", "2026-03-01", "2026-03-15"),
        ("01.03.2026-15.03.2026", "2026-03-01", "2026-03-15"),
        ("1.3.2026 — 15/3/2026", "2026-03-01", "2026-03-15"),
        ("01.03–15.03", "2026-03-01", "2026-03-15"),
        ("25.12 - 05.01", "2025-12-25", "2026-01-05"),
        ("2026-03-10", "2026-03-10", "2026-03-10"),
        ("21.3", "2026-03-21", "2026-03-21"),
        ("02.2026", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("11.2025 - 01.2026", "2025-11-01", "2026-01-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-03-22"),
    ],
)
def test_a_period_can_be_typed(text: str, first: str, last: str) -> None:
    assert read_days(text, TODAY) == days(first, last)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "format"),
        ("soon", "format"),
        ("21 March", "format"),
        ("1.1.2026 2.1.2026 3.1.2026", "format"),
        ("31.02.2026", "no_such_day"),
        ("2026-13", "no_such_day"),
        ("0000", "no_such_day"),
        ("15.03.2026-01.03.2026", "order"),
        ("01.04.2026", "to_come"),
        ("2030", "to_come"),
        ("1999", "too_long"),
        ("01.01.2010-01.01.2026", "too_long"),
    ],
)
def test_what_is_no_period_is_refused(text: str, problem: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        read_days(text, TODAY)
    assert refused.value.facts["problem"] == problem


@pytest.mark.parametrize("period", ["", "x", "20260101", "2026-01-01", "20260230-20260301"])
def test_an_old_or_forged_button_names_no_days(period: str) -> None:
    with pytest.raises(BadPeriod):
        days_of(period, TODAY, since=SINCE)


@given(st.dates(date(2020, 1, 1), date(2026, 3, 22)), st.dates(date(2020, 1, 1), TODAY))
def test_the_days_before_end_where_the_days_begin(one: date, other: date) -> None:
    shown = Days(min(one, other), max(one, other))
    before = shown.before()
    assert before.last < shown.first
    assert before.count <= 31 or before.count == shown.count
    assert days_of(shown.key(), TODAY, since=SINCE) == shown
    assert len(list(shown)) == shown.count


def test_days_are_those_of_the_time_zone() -> None:
    sofia = ZoneInfo("Europe/Sofia")
    spring = days("2026-03-29", "2026-03-29").instants(sofia)
    assert spring == (
        datetime(2026, 3, 28, 22, tzinfo=UTC),
        datetime(2026, 3, 29, 21, tzinfo=UTC),
    )
    assert PRESETS[0] == "today"
