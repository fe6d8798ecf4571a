"""The bank's date of a pay-out: what may be typed, and which days are possible (R18)."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.paid_days import BadPaidDay, check_day, first_day, read_day, sent_at
from tests.domain.builders import instant
from tests.domain.payouts import PAYOUT

TODAY = date(2026, 11, 22)
EARLIEST = date(2026, 11, 1)
KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        (" 21.11.2026 ", date(2026, 11, 21)),
        ("21.11.26", date(2026, 11, 21)),
        ("21.11", date(2026, 11, 21)),
        ("21.11.", date(2026, 11, 21)),
        ("3/11/2026", date(2026, 11, 3)),
        ("30.12", date(2025, 12, 30)),
        ("29.02.2024", date(2024, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date) -> None:
    assert read_day(typed, earliest=EARLIEST, latest=TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "31.02.2026", "0.1.2026", "2026-13-01", "21", "21.11.2026.1", "٢١.١١"],
)
def test_what_is_no_day_is_refused_with_the_possible_days(typed: str) -> None:
    with pytest.raises(BadPaidDay) as caught:
        read_day(typed, earliest=EARLIEST, latest=TODAY)
    assert caught.value.facts == {"text": typed[:40], "earliest": EARLIEST, "latest": TODAY}


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    with suppress(BadPaidDay):
        assert isinstance(read_day(typed, earliest=EARLIEST, latest=TODAY), date)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_is_the_same_day(day: date) -> None:
    for typed in (day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}"):
        assert read_day(typed, earliest=EARLIEST, latest=TODAY) == day


def test_money_is_sent_since_the_request_and_until_today() -> None:
    for day in (EARLIEST, TODAY):
        check_day(day, earliest=EARLIEST, latest=TODAY)
    for day in (EARLIEST - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(BadPaidDay):
            check_day(day, earliest=EARLIEST, latest=TODAY)


def test_days_are_those_of_the_vendor() -> None:
    late = replace(PAYOUT, requested_at=instant("2026-11-20 23:30"))
    assert first_day(late, zone=UTC) == date(2026, 11, 20)
    assert first_day(late, zone=KYIV) == date(2026, 11, 21)


def test_today_is_now_and_another_day_is_its_noon_but_never_before_the_request() -> None:
    now = instant("2026-11-22 09:00")
    asked = replace(PAYOUT, requested_at=instant("2026-11-20 13:00"))
    assert sent_at(asked, date(2026, 11, 22), now=now, zone=UTC) == now
    assert sent_at(asked, date(2026, 11, 21), now=now, zone=KYIV) == instant("2026-11-21 10:00")
    assert sent_at(asked, date(2026, 11, 20), now=now, zone=UTC) == asked.requested_at
