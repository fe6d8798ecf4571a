"""Statements that go to the driver without a detour: the same rows, the same names of errors."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.partner import EnrolmentStatus
from storage import straight
from storage.engine import Engines
from storage.rows import any_of, insert_all, update_all
from storage.straight import Question, driver_of
from storage.tables import enrolments, partners
from tests.conftest import open_test_engines

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = Question(
    select(partners.c.id, partners.c.name, partners.c.created_at)
    .where(
        any_of(partners.c.id),
        partners.c.created_at <= bindparam("until", type_=partners.c.created_at.type),
    )
    .order_by(partners.c.id)
    .limit(2)
)


@pytest.fixture
async def engines(database_url: str) -> AsyncIterator[Engines]:
    engines = open_test_engines(database_url)
    yield engines
    await engines.close()


def _partners(*ids: int) -> list[dict[str, object]]:
    return [{"id": number, "name": f"P {number}", "created_at": NOW} for number in ids]


async def _begun(connection: AsyncConnection) -> None:
    """Begin, as every unit of work does before its sets."""
    await connection.execute(select(partners.c.id).limit(1))
    assert driver_of(connection) is not None


async def test_before_the_transaction_there_is_no_straight_way(engines: Engines) -> None:
    async with engines.writes.connect() as connection:
        assert driver_of(connection) is None
        assert not await straight.insert(connection, partners, _partners(1))


@pytest.mark.parametrize("number", [3, 250])
async def test_rows_are_written_changed_and_found(engines: Engines, number: int) -> None:
    async with engines.writes.begin() as connection:
        await _begun(connection)
        await insert_all(connection, partners, _partners(*range(1, number + 1)))
        changed = [{"id": 2, "name": "Renamed", "vendor_account_id": None}]
        await update_all(connection, partners, changed)
        straight_rows = await ASKED.rows(connection, keys=[1, 2, number + 1], until=NOW)
    assert [(row.id, row.name, row.created_at) for row in straight_rows] == [
        (1, "P 1", NOW),
        (2, "Renamed", NOW),
    ]
    async with engines.reads.connect() as connection:
        detoured = await ASKED.rows(connection, keys=[1, 2, number + 1], until=NOW)
        count = len((await connection.execute(select(partners.c.id))).all())
    assert [tuple(row) for row in detoured] == [tuple(row) for row in straight_rows]
    assert count == number


async def test_types_of_columns_are_kept(engines: Engines) -> None:
    row = {
        "id": 5,
        "partner_id": 1,
        "program": "flat",
        "code": "abc",
        "status": EnrolmentStatus.ACTIVE,
        "terms_version": 1,
        "joined_at": NOW,
        "paying_clients": 0,
        "tier": None,
    }
    async with engines.writes.begin() as connection:
        await _begun(connection)
        await insert_all(connection, partners, _partners(1))
        await insert_all(connection, enrolments, [row])
        [found] = await Question(select(enrolments).where(any_of(enrolments.c.id))).rows(
            connection, keys=[5]
        )
    assert found.status is EnrolmentStatus.ACTIVE
    assert (found.joined_at, found.tier, found.active_clients) == (NOW, None, 0)


async def test_a_refused_row_has_sqlalchemys_name_and_undoes_the_set(engines: Engines) -> None:
    async with engines.writes.connect() as connection:
        await _begun(connection)
        await insert_all(connection, partners, _partners(7))
        with pytest.raises(IntegrityError):
            await insert_all(connection, partners, _partners(1, 2, 1))
        await connection.rollback()
    async with engines.reads.connect() as connection:
        assert (await connection.execute(select(partners.c.id))).all() == []


async def test_the_last_of_two_changes_of_a_row_wins(engines: Engines) -> None:
    async with engines.writes.begin() as connection:
        await _begun(connection)
        await insert_all(connection, partners, _partners(1))
        changes = [{"id": 1, "name": "first"}, {"id": 1, "name": "second"}]
        await update_all(connection, partners, changes)
        [found] = await ASKED.rows(connection, keys=[1], until=NOW)
    assert found.name == "second"
