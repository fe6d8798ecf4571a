"""Records that are made and copied quickly are the same records."""

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from domain.entities.payment import Line
from domain.ledger.accounts import AccountKind
from domain.ledger.journal import JournalEntry, Leg
from domain.records import changed, quick
from tests.domain.builders import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A record as dataclasses makes it."""

    id: int
    name: str = "none"
    params: dict[str, int] = field(default_factory=dict)


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Swift:
    """The same one, made quickly."""

    id: int
    name: str = "none"
    params: dict[str, int] = field(default_factory=dict)


@quick
@dataclass(frozen=True, slots=True)
class Pair:
    """Fields by position."""

    first: int
    second: int = 2


def test_a_quick_record_is_made_as_any_other() -> None:
    for given in ({"id": 1}, {"id": 1, "name": "x"}, {"id": 1, "params": {"a": 1}}):
        quickly, plainly = Swift(**given), Plain(**given)
        assert [getattr(quickly, name) for name in ("id", "name", "params")] == [
            getattr(plainly, name) for name in ("id", "name", "params")
        ]
    assert Swift(id=1) == Swift(id=1)
    assert Swift(id=1).params is not Swift(id=1).params
    assert (Pair(1), Pair(1, 3), Pair(1, second=3)) == (Pair(1, 2), Pair(1, 3), Pair(1, 3))


def test_a_quick_record_refuses_what_any_other_does() -> None:
    for wrong in ({}, {"id": 1, "other": 2}):
        with pytest.raises(TypeError):
            Swift(**wrong)
    with pytest.raises(TypeError):
        Swift(1)
    with pytest.raises(FrozenInstanceError):
        Swift(id=1).id = 2
    with pytest.raises(ValueError, match="does not balance"):
        JournalEntry(
            id=1,
            kind="odd",
            enrolment_id=1,
            legs=(Leg(AccountKind.HELD, 1), Leg(AccountKind.PAYABLE, 1)),
            occurred_at=instant("2026-01-01"),
            recorded_at=instant("2026-01-01"),
        )


def test_a_changed_copy_is_what_replace_makes() -> None:
    record = Swift(id=1, name="x")
    assert changed(record, name="y") == replace(record, name="y") == Swift(id=1, name="y")
    assert changed(record) == record
    assert record.name == "x"
    line = Line(category="a", minor=5)
    assert changed(line, refunded=5) == replace(line, refunded=5)
    with pytest.raises((KeyError, TypeError)):
        changed(record, other=1)


def test_a_changed_copy_is_checked_where_its_kind_checks() -> None:
    entry = JournalEntry(
        id=1,
        kind="even",
        enrolment_id=1,
        legs=(Leg(AccountKind.HELD, 1), Leg(AccountKind.PAYABLE, -1)),
        occurred_at=instant("2026-01-01"),
        recorded_at=instant("2026-01-01"),
    )
    with pytest.raises(ValueError, match="two legs"):
        changed(entry, legs=())
