"""How a client may be named, and how often (R24): tables and properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.claim import NamedBy, NamedClient
from domain.rules.claims import (
    ClientUnreadable,
    TooManyClaims,
    as_phone,
    check_often,
    read_named,
)

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "by", "value"),
    [
        (" Anna.Lee+crm@GMail.com ", NamedBy.EMAIL, "annalee@gmail.com"),
        ("boss@acme.example", NamedBy.EMAIL, "boss@acme.example"),
        ("+359 (88) 123-45-67", NamedBy.PHONE, "359881234567"),
        ("00 359 88 123 45 67", NamedBy.PHONE, "359881234567"),
        ("359881234567", NamedBy.ACCOUNT, "359881234567"),
        ("acc-42", NamedBy.ACCOUNT, "acc-42"),
        ("2026-03-01", NamedBy.DATE, "2026-03-01"),
        ("1.3.2026", NamedBy.DATE, "2026-03-01"),
        ("01/03/2026", NamedBy.DATE, "2026-03-01"),
    ],
)
def test_a_client_is_named_in_many_ways(text: str, by: NamedBy, value: str) -> None:
    assert read_named(text) == NamedClient(by, value)


@pytest.mark.parametrize(
    "text", ["", " \n ", "a@b", "who@@x.example", "30.02.2026", "2026-13-01", "+1 23", "x" * 201]
)
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(ClientUnreadable):
        read_named(text)


@given(st.text(max_size=220))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        named = read_named(text)
    except ClientUnreadable:
        return
    assert named.value
    assert named.value.isprintable()


@given(st.text(alphabet="0123456789 +-", max_size=20))
def test_a_number_is_its_digits_whatever_stands_between(text: str) -> None:
    phone = as_phone(text)
    if phone is not None:
        assert phone.value.isdigit()
        assert phone == as_phone(f"+{phone.value}")


@given(st.lists(st.integers(0, 86_399), max_size=9), st.integers(1, 9))
def test_after_the_limit_the_next_time_is_told(ago: list[int], limit: int) -> None:
    times = sorted(NOW - timedelta(seconds=seconds) for seconds in ago)
    if len(times) < limit:
        check_often(times, limit=limit, refusal=TooManyClaims)
        return
    with pytest.raises(TooManyClaims) as refused:
        check_often(times, limit=limit, refusal=TooManyClaims)
    possible_at = refused.value.facts["possible_at"]
    assert isinstance(possible_at, datetime)
    left = [at for at in times if at > possible_at - timedelta(hours=24)]
    assert len(left) < limit
