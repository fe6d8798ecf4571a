"""Which period is paid on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programs.model import Program
from domain.rules.payout_schedule import PayoutPeriod, next_period, period_due
from tests.domain.builders import many, written


def program(schedule: str, day: int) -> Program:
    return written(
        f"""
        [program]
        key = "acme"
        currency = "EUR"
        [payout]
        minimum = "200.00"
        schedule = "{schedule}"
        day = {day}
        """
    )


@pytest.mark.parametrize(
    ("schedule", "day", "today", "due", "coming"),
    [
        ("monthly", 1, "2026-01-01", ("2025-12", "2026-01-01"), ("2026-01", "2026-02-01")),
        ("monthly", 5, "2026-01-04", ("2025-11", "2025-12-05"), ("2025-12", "2026-01-05")),
        ("monthly", 28, "2026-02-28", ("2026-01", "2026-02-28"), ("2026-02", "2026-03-28")),
        ("quarterly", 5, "2026-01-04", ("2025-Q3", "2025-10-05"), ("2025-Q4", "2026-01-05")),
        ("quarterly", 5, "2026-01-05", ("2025-Q4", "2026-01-05"), ("2026-Q1", "2026-04-05")),
        ("quarterly", 5, "2026-03-31", ("2025-Q4", "2026-01-05"), ("2026-Q1", "2026-04-05")),
        ("quarterly", 5, "2026-04-05", ("2026-Q1", "2026-04-05"), ("2026-Q2", "2026-07-05")),
        ("quarterly", 28, "2026-12-31", ("2026-Q3", "2026-10-28"), ("2026-Q4", "2027-01-28")),
    ],
)
def test_a_period_is_paid_after_it_has_ended(
    schedule: str, day: int, today: str, due: tuple[str, str], coming: tuple[str, str]
) -> None:
    terms, now = program(schedule, day), date.fromisoformat(today)
    expected = [PayoutPeriod(key=key, due=date.fromisoformat(on)) for key, on in (due, coming)]
    assert [period_due(terms, now), next_period(terms, now)] == expected


def test_on_request_nothing_is_due() -> None:
    terms = written('[program]\nkey = "a"\ncurrency = "EUR"\n[payout]\nminimum = "1.00"\n')
    assert period_due(terms, date(2026, 1, 1)) is None
    assert next_period(terms, date(2026, 1, 1)) is None


@many
@given(
    st.sampled_from(["monthly", "quarterly"]),
    st.integers(1, 28),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_every_day_has_one_period_before_and_one_after_it(
    schedule: str, day: int, today: date
) -> None:
    terms = program(schedule, day)
    due, coming = period_due(terms, today), next_period(terms, today)
    assert due is not None
    assert coming is not None
    assert due.due <= today < coming.due
    assert due.key < coming.key
    assert period_due(terms, coming.due) == coming
    assert next_period(terms, coming.due - timedelta(days=1)) == coming
