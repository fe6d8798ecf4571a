"""The audit of the books: silent over what the product wrote, loud about every edited figure."""

# ruff: noqa: S608 - the SQL here is all written here

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books import Finding, audit, differences_in, trial_balance
from storage.books.arithmetic import share_of
from storage.books.finding import FINDINGS_OF_A_CHECK_MAX
from storage.engine import Engines
from storage.tables.ledger import APPEND_ONLY
from storage.work import SqlOpenWork
from tests.storage.edit import Edit
from tests.storage.edits import EDITS
from tests.storage.quarter import live_a_quarter
from tests.storage.world import new_world


@pytest.fixture
async def books(engines: Engines, open_work: SqlOpenWork, new_id: Callable[[], int]) -> Engines:
    """Return a database in which a small business lived for a quarter."""
    await live_a_quarter(new_world(open_work, new_id))
    return engines


async def test_what_the_product_writes_is_right(books: Engines) -> None:
    assert await audit(books) == []
    assert await trial_balance(books) == {"USD": 0, "JPY": 0}


async def test_an_empty_database_is_right(engines: Engines) -> None:
    assert await audit(engines) == []
    assert await trial_balance(engines) == {}


async def test_every_edited_row_is_named(books: Engines) -> None:
    missed = [
        edit for edit in EDITS if edit.check not in await found_by(books, edit, differences_in)
    ]
    assert missed == []
    assert await audit(books) == []


async def found_by(
    books: Engines, edit: Edit, audit_of: Callable[[AsyncConnection], Awaitable[Sequence[Finding]]]
) -> set[str]:
    """Edit one row in a transaction, audit what it sees, and take it back.

    Returns:
        The checks that found something, none if nothing names the row or what it belongs to.
    """
    async with books.writes.connect() as connection:
        await let_edit(connection, books, edit.table)
        row = (
            await connection.execute(text(f"SELECT * FROM {edit.table} WHERE {edit.where}"))
        ).one()
        is_deletion = edit.change == "DELETE"
        verb = f"DELETE FROM {edit.table}" if is_deletion else f"UPDATE {edit.table} SET"
        change = "" if is_deletion else edit.change
        result = await connection.execute(text(f"{verb} {change} WHERE {edit.where}"))
        assert result.rowcount == 1
        findings = await audit_of(connection)
        await connection.rollback()
    # Some check names the row or, where it is about sums, what the row belongs to.
    keys = {str(value) for name, value in row._mapping.items() if name.endswith(("id", "fact"))}
    is_named = any(keys & set(re.findall(r"[\w:-]+", str(finding))) for finding in findings)
    return {finding.check for finding in findings} if is_named else set()


async def let_edit(connection: AsyncConnection, books: Engines, table: str) -> None:
    """Take the triggers away, in the connection's transaction."""
    if table in APPEND_ONLY and books.is_postgresql:
        await connection.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
    elif table in APPEND_ONLY:
        for action in ("update", "delete"):
            await connection.execute(text(f"DROP TRIGGER {table}_append_only_{action}"))


async def test_an_audit_sees_one_moment_while_others_write(
    books: Engines, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    world = new_world(open_work, new_id)
    world.later(days=30)

    async def write() -> None:
        for number in range(30):
            await world.pays("cid", f"p-while-{number}", "10.00")

    async def read() -> list[Finding]:
        return [finding for _ in range(5) for finding in await audit(books)]

    findings, _ = await asyncio.gather(read(), write())
    assert findings == []


async def test_books_that_are_all_wrong_are_not_listed_to_the_end(books: Engines) -> None:
    async with books.writes.begin() as connection:
        row = (await connection.execute(text("SELECT * FROM daily_stats LIMIT 1"))).one()._mapping
        names = ", ".join(row)
        for number in range(FINDINGS_OF_A_CHECK_MAX + 20):
            await connection.execute(
                text(
                    f"INSERT INTO daily_stats ({names}) SELECT"
                    f" {names.replace('code', ':code')} FROM daily_stats WHERE code = :old"
                    " ORDER BY day LIMIT 1"
                ),
                {"code": f"code-{number}", "old": row["code"]},
            )
    findings = await audit(books)
    assert sum(f.check == "daily_payments" for f in findings) == FINDINGS_OF_A_CHECK_MAX


def test_shares_are_rounded_half_up_once() -> None:
    assert share_of(105, "USD", "USD", None, 1000) == 11
    assert share_of(104, "USD", "USD", None, 1000) == 10
    assert share_of(1, "USD", "USD", None, 4999) == 0
    assert share_of(1, "USD", "USD", None, 5000) == 1
    assert share_of(1234, "USD", "JPY", "155.123456") == 1914
    assert share_of(10**15, "JPY", "KWD", "0.000000000001", 1) == 100
    assert share_of(5, "EUR", "USD", None) is None
