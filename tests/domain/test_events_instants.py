"""Instants of events: an offset is a must, and the future is not believed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events.fields import read_instant
from domain.events.read import EVENT_TYPES
from domain.events.types import ClientDeleted
from tests.domain.builders import instant, many
from tests.domain.event_bodies import AT, DELETED, LEAST, problems, read


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21t10:00:00z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21 10:00:00Z", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T12:00:00+02:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T04:30:00-05:30", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T23:00:00+13:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T10:00:00-00:00", "2026-11-21T10:00:00+00:00"),
        ("2026-11-21T10:00:00.5Z", "2026-11-21T10:00:00.500000+00:00"),
        ("2026-11-21T10:00:00.123456Z", "2026-11-21T10:00:00.123456+00:00"),
        ("2026-11-21T10:00:00.123456999Z", "2026-11-21T10:00:00.123456+00:00"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00+00:00"),
        ("2026-12-31T23:59:59.999999-01:00", "2027-01-01T00:59:59.999999+00:00"),
    ],
)
def test_an_instant_with_an_offset_is_read_in_utc(text: str, at: str) -> None:
    found = read_instant(text)

    assert found == datetime.fromisoformat(at)
    assert found is not None
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21T10:00:00",
        "2026-11-21T10:00Z",
        "2026-11-21",
        "2026-11-21T10:00:00+0200",
        "2026-11-21T10:00:00+02",
        "2026-11-21T10:00:00 Z",
        "2026-11-21T10:00:00Z ",
        "2026-11-21T10:00:00Z\n",
        "2026-11-21T10:00:00,5Z",
        "2026-11-21T10:00:00.Z",
        "2026-11-21T10:00:00.1234567890Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:60:00Z",
        "2026-11-21T10:00:60Z",
        "2026-11-21T10:00:00+24:00",
        "2026-11-21T10:00:00+02:60",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "２０２６-11-21T10:00:00Z",
        "20261121T100000Z",
        "2026-W47-6T10:00:00Z",
        "1795255200",
        "now",
        1795255200,
        None,
        True,
    ],
    ids=repr,
)
def test_what_is_no_instant_with_an_offset_is_refused(text: object) -> None:
    assert read_instant(text) is None
    if text is not None:
        assert problems("client.deleted", DELETED | {"deleted_at": text}).keys() == {
            "data.deleted_at"
        }


@pytest.mark.parametrize("kind", [kind for kind in EVENT_TYPES if AT in LEAST[kind].values()])
def test_five_minutes_ahead_are_believed_and_a_second_more_is_not(kind: str) -> None:
    name = next(name for name, value in LEAST[kind].items() if value == AT)

    assert read(kind, LEAST[kind] | {name: "2026-11-21T12:05:00Z"})
    assert read(kind, LEAST[kind] | {name: "2026-11-21T14:05:00+02:00"})
    ahead = problems(kind, LEAST[kind] | {name: "2026-11-21T12:05:01Z"})
    assert ahead == {f"data.{name}": "is more than 5 minutes in the future"}


def test_a_stored_event_is_read_as_it_was_accepted() -> None:
    late = DELETED | {"deleted_at": "2027-01-01T00:00:00Z"}

    assert read("client.deleted", late, now=None) == ClientDeleted(
        client_id="42", deleted_at=instant("2027-01-01")
    )


def test_old_instants_are_believed_but_not_those_before_1970() -> None:
    assert read("client.deleted", DELETED | {"deleted_at": "1970-01-01T00:00:00Z"})
    assert problems("client.deleted", DELETED | {"deleted_at": "0001-01-01T00:00:00Z"}) == {
        "data.deleted_at": "is before 1970"
    }


@given(
    st.datetimes(
        min_value=instant("1970-01-02").replace(tzinfo=None),
        max_value=instant("2026-11-20").replace(tzinfo=None),
    ),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from("Tt "),
)
@many
def test_one_instant_told_in_any_offset_is_one_instant(
    at: datetime, offset: int, letter: str
) -> None:
    local = (at + timedelta(minutes=offset)).isoformat(sep=letter, timespec="microseconds")
    sign, minutes = "-" if offset < 0 else "+", abs(offset)

    text = f"{local}{sign}{minutes // 60:02}:{minutes % 60:02}"

    assert read_instant(text) == at.replace(tzinfo=UTC)
