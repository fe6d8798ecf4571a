"""What happens to a notice when its turn comes: topics, quiet hours, changes of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.preferences import Preferences, QuietHours, Topic
from domain.period import Month, zone_of
from domain.rules.notifying import Treatment, quiet_end, topic_of, treatment

KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = QuietHours(start=22 * 60, end=8 * 60)
MINUTES = st.integers(0, 1439)
ZONES = st.sampled_from(
    [KYIV, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"), zone_of("UTC-03:30"), UTC]
)
INSTANTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-21T20:00", "2026-11-22T06:00"),  # 22:00 in Kyiv
        ("2026-11-21T19:59", None),
        ("2026-11-22T05:59", "2026-11-22T06:00"),
        ("2026-11-22T06:00", None),
        ("2026-11-21T22:30", "2026-11-22T06:00"),  # after midnight
    ],
)
def test_quiet_hours_are_those_of_the_persons_wall(now: str, until: str | None) -> None:
    assert quiet_end(NIGHT, at(now), KYIV) == (at(until) if until else None)


def test_quiet_hours_within_a_day() -> None:
    siesta = QuietHours(start=13 * 60, end=14 * 60 + 30)
    assert quiet_end(siesta, at("2026-11-21T13:10"), UTC) == at("2026-11-21T14:30")
    assert quiet_end(siesta, at("2026-11-21T14:30"), UTC) is None


def test_the_night_when_clocks_change_is_longer_or_shorter() -> None:
    # Kyiv: 29 March 2026 at 03:00 to 04:00, 25 October 2026 at 04:00 to 03:00.
    assert quiet_end(NIGHT, at("2026-03-28T21:00"), KYIV) == at("2026-03-29T05:00")
    assert quiet_end(NIGHT, at("2026-10-24T21:00"), KYIV) == at("2026-10-25T06:00")
    # An end inside the hour that comes twice holds at both of its comings.
    until_half_past = QuietHours(start=60, end=3 * 60 + 30)
    assert quiet_end(until_half_past, at("2026-10-25T00:10"), KYIV) == at("2026-10-25T00:30")
    assert quiet_end(until_half_past, at("2026-10-25T01:10"), KYIV) == at("2026-10-25T01:30")


@given(start=MINUTES, end=MINUTES, now=INSTANTS, zone=ZONES)
def test_what_waits_waits_for_a_later_moment_and_at_most_a_day(
    start: int, end: int, now: datetime, zone: ZoneInfo
) -> None:
    if start == end:
        return
    until = quiet_end(QuietHours(start=start, end=end), now, zone)
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    quiet = (start <= minute < end) if start < end else (minute >= start or minute < end)
    assert (until is not None) == quiet
    if until is not None:
        assert now < until <= now + timedelta(hours=25)


def test_topics_that_are_off_are_not_sent_and_answers_never_wait() -> None:
    asleep = Preferences(muted=frozenset({Topic.TIER}), quiet=NIGHT)
    now = at("2026-11-21T23:00")
    assert treatment("tier_reached", {}, asleep, now=now, zone=UTC) == Treatment(is_muted=True)
    waits = Treatment(waits_until=at("2026-11-22T08:00"))
    assert treatment("commission", {}, asleep, now=now, zone=UTC) == waits
    assert treatment("rules_changed", {}, asleep, now=now, zone=UTC) == waits
    assert treatment("commission", {"answers": True}, asleep, now=now, zone=UTC) == Treatment()
    assert treatment("commission", {}, Preferences(), now=now, zone=UTC) == Treatment()


def test_what_no_topic_names_cannot_be_switched_off() -> None:
    everything = Preferences(muted=frozenset(Topic))
    assert topic_of("rules_changed") is None
    noon = at("2026-11-21T12:00")
    assert treatment("rules_changed", {}, everything, now=noon, zone=UTC) == Treatment()


@pytest.mark.parametrize(
    ("name", "offset"),
    [
        ("UTC+03:00", timedelta(hours=3)),
        ("UTC-03:30", -timedelta(hours=3, minutes=30)),
        ("Europe/Sofia", timedelta(hours=2)),
    ],
)
def test_zones_by_name(name: str, offset: timedelta) -> None:
    zone = zone_of(name)
    assert zone is not None
    assert at("2026-01-01T00:00").astimezone(zone).utcoffset() == offset


@pytest.mark.parametrize("name", ["", "UTC+15:00", "UTC+3", "Europe/Nowhere", "../etc", "a" * 999])
def test_what_is_no_zone(name: str) -> None:
    assert zone_of(name) is None


def test_months_are_half_open_and_meet(  # the night of a change of clocks included
) -> None:
    for zone in (UTC, KYIV, ZoneInfo("America/New_York")):
        month = Month(2026, 1)
        for _ in range(24):
            start, end = month.bounds(zone)
            assert end == month.plus(1).bounds(zone)[0]
            assert Month.of(start, zone) == month
            assert Month.of(end - timedelta(microseconds=1), zone) == month
            assert Month.of(end, zone) == month.plus(1)
            month = month.plus(1)
    assert str(Month(2026, 1).plus(-1)) == "2025-12"
    assert Month.read("2026-13") is None
    assert Month.read("2026-02") == Month(2026, 2)
