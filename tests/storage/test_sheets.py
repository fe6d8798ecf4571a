"""Records of sets in tables: the same rows as the usual way writes, on both databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import Partner
from storage.engine import Engines
from storage.generated import record_maker, row_maker
from storage.rows import any_of
from storage.sheets import Sheet
from storage.straight import Question, driver_of
from storage.tables import partners
from tests.conftest import open_test_engines

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PARTNERS = Sheet(partners, Partner)
NAMES = Sheet(partners, Partner, only=("id", "name"), made={"name": lambda row: row.name.upper()})
ASKED = Question(select(partners).where(any_of(partners.c.id)))


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    engines = open_test_engines(database_url)
    yield engines
    await engines.close()


def _partners(number: int) -> list[Partner]:
    return [
        Partner(id=key, name=f"P {key}", vendor_account_id=None, created_at=NOW)
        for key in range(1, number + 1)
    ]


async def _begun(connection: AsyncConnection, *, straight: bool) -> None:
    if straight:
        await connection.execute(select(partners.c.id).limit(1))
    assert (driver_of(connection) is not None) is straight


@pytest.mark.parametrize("number", [3, 101, 700])
async def test_records_come_back_as_they_went(engines: Engines, number: int) -> None:
    new = _partners(number)
    async with engines.writes.begin() as connection:
        await _begun(connection, straight=True)
        await PARTNERS.insert(connection, new)
        await NAMES.update(connection, [replace(new[1], name="renamed")])
        found = await ASKED.records(Partner, connection, keys=[row.id for row in new])
        later = await ASKED.records_by(Partner, ("id",), connection, keys=[1, 2])
    expected = [new[0], replace(new[1], name="RENAMED"), *new[2:]]
    assert sorted(found, key=lambda row: row.id) == expected
    assert (later[(1,)], later[(2,)]) == (expected[0], expected[1])
    assert (3,) not in later
    assert len(later) == 2


async def test_without_a_straight_way_rows_go_the_usual_one(engines: Engines) -> None:
    async with engines.writes.connect() as connection:
        await _begun(connection, straight=False)
        await PARTNERS.insert(connection, _partners(3))
        await connection.commit()
    async with engines.reads.connect() as connection:
        found = await ASKED.records_by(Partner, ("id",), connection, keys=[1, 2, 3])
    assert [found[(key,)] for key in (1, 2, 3)] == _partners(3)


async def test_the_last_of_two_changes_of_a_row_wins(engines: Engines) -> None:
    async with engines.writes.begin() as connection:
        await _begun(connection, straight=True)
        [first] = _partners(1)
        await PARTNERS.insert(connection, [first])
        changes = [replace(first, name="a"), replace(first, name="b")]
        await PARTNERS.update(connection, changes)
        [found] = await ASKED.records(Partner, connection, keys=[1])
    assert found.name == "b"


@pytest.mark.parametrize("number", [2, 300])
async def test_a_row_that_is_there_already_is_refused(engines: Engines, number: int) -> None:
    async with engines.writes.connect() as connection:
        await connection.begin()
        await connection.execute(select(partners.c.id).limit(1))
        with pytest.raises(IntegrityError):
            await PARTNERS.insert(connection, [*_partners(number), *_partners(1)])


def test_made_functions_put_each_value_on_its_way() -> None:
    rows = row_maker({"name": str.upper, "id": None, "more": None}, {"more": lambda _: 7})
    partner = _partners(1)[0]
    assert rows([partner, replace(partner, name=None)]) == [("P 1", 1, 7), (None, 1, 7)]
    records = record_maker(dict, ["a", "b"], [str.upper, None])
    assert records([("x", 1), (None, 2)]) == [{"a": "X", "b": 1}, {"a": None, "b": 2}]


def test_only_names_become_source() -> None:
    with pytest.raises(ValueError, match="import os"):
        row_maker({"import os": None}, {})
