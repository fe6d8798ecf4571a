"""The short proof: what came since a checkpoint is found wrong, what is older by the full one."""

# ruff: noqa: S608 - the SQL here is all written here

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ports.work import OpenWork, Work
from storage.books import Finding, Proof, prove_by_the_clock, prove_everything, prove_news
from storage.books.checkpoint import Checkpoint, last_checkpoint
from storage.books.proofs import proof_since
from storage.engine import Engines
from storage.work import SqlOpenWork
from tests.storage.edits import EDITS
from tests.storage.quarter import live_a_quarter
from tests.storage.test_books import found_by, let_edit
from tests.storage.world import START, World, new_world

NO_ID = 10**18
"""Nothing is new by its id: only the places of postings tell."""
FULL_ONLY = {
    "active_clients",
    "client_active_services",
    "daily_clawed_back_minor",
    "daily_clicks",
    "daily_commissions_minor",
    "daily_paying_clients",
    "daily_payments",
    "daily_payments_minor",
    "daily_registrations",
    "daily_starts",
    "event_status",
    "event_waiting",
    "paying_clients",
    "referral_live_payments",
}
"""Counts of clients, daily figures, the states of events: no money, and no posting leads there."""


async def prove(engines: Engines, at: datetime = START, first_id: int = 0) -> Proof:
    """Make a full proof and return it; it must have been kept."""
    proof = await prove_everything(engines, at=at, first_id=first_id)
    assert proof.is_kept
    return proof


async def news(engines: Engines, at: datetime = START) -> Proof:
    """Make a short proof."""
    return await prove_news(engines, at=at, first_id=0)


async def checkpoint_of(engines: Engines) -> Checkpoint:
    async with engines.reads.connect() as connection:
        found = await last_checkpoint(connection)
    assert found
    return found


async def edit(engines: Engines, table: str, change: str) -> None:
    """Change rows behind the product's back."""
    async with engines.writes.begin() as connection:
        await let_edit(connection, engines, table)
        await connection.execute(text(f"UPDATE {table} SET {change}"))


@pytest.fixture
async def world(open_work: SqlOpenWork, new_id: Callable[[], int]) -> World:
    return new_world(open_work, new_id)


async def test_what_the_product_writes_is_right(engines: Engines, world: World) -> None:
    assert (await prove(engines)).postings == 0
    await live_a_quarter(world)
    proof = await news(engines)
    assert proof.findings == []
    assert proof.since
    assert proof.since.id == 1
    assert proof.balances == {"USD": 0, "JPY": 0}
    assert proof.postings > 50
    again = await prove(engines)
    assert again.findings == []
    assert again.postings == proof.postings
    empty = await news(engines)
    assert (empty.since and empty.since.id, empty.postings, empty.findings) == (2, 0, [])


async def test_an_edited_later_row_is_named(engines: Engines, world: World) -> None:
    await prove(engines)
    await live_a_quarter(world)
    checkpoint = await checkpoint_of(engines)

    async def short(connection: AsyncConnection) -> Sequence[Finding]:
        return (await proof_since(connection, checkpoint, START)).findings

    missed = [edit for edit in EDITS if not await found_by(engines, edit, short)]
    assert {edit.check for edit in missed} == FULL_ONLY


async def test_an_edited_older_row_is_found_by_the_full_proof(
    engines: Engines, world: World
) -> None:
    await live_a_quarter(world)
    await prove(engines, first_id=NO_ID)
    older = "version = 1 AND account_id = (SELECT MIN(id) FROM ledger_accounts WHERE version > 3)"
    change = "minor = minor + 1, balance_after = balance_after + 1"
    await edit(engines, "postings", f"{change} WHERE {older}")
    short = await news(engines)
    assert short.since
    assert short.findings == []
    full = await prove(engines)
    assert {"trial_balance", "entry_balance", "account_balance"} <= {
        finding.check for finding in full.findings
    }
    short = await news(engines)
    assert short.since is None
    assert short.refused == f"the last full proof found {len(full.findings)} differences"
    assert short.findings == full.findings


@pytest.mark.parametrize(
    ("table", "change", "check"),
    [
        ("postings", "minor = minor + 1, balance_after = balance_after + 1", "account_balance"),
        ("postings", "version = version + 1", "posting_chain"),
        ("ledger_accounts", "balance = balance + 1", "account_balance"),
        ("ledger_accounts", "version = version + 1", "account_balance"),
        ("commissions", "minor = minor + 1", "commission_books"),
        ("entries", "kind = 'payout_settled'", "posting_place"),
    ],
)
async def test_a_late_commit_with_lower_ids_is_not_skipped(
    engines: Engines, world: World, table: str, change: str, check: str
) -> None:
    await live_a_quarter(world)
    lower = itertools.count(1)
    # Another replica, whose clock is behind: its ids are below all there are.
    world.around = replace(world.around, new_id=lambda: next(lower))
    usual, late = world.around, _Late(world.around.open_work)
    world.around = replace(usual, open_work=late)
    payment = asyncio.create_task(world.pays("cid", "p-late", "10.00"))
    async with asyncio.timeout(20):
        await late.has_written.wait()
        proof = asyncio.create_task(prove(engines, first_id=NO_ID))
        await asyncio.sleep(0.3)
        late.may_commit.set()
        await payment
    world.around = usual
    before = (await proof).postings
    short = await prove_news(engines, at=START, first_id=NO_ID)
    assert (short.findings, short.postings, short.payments) == ([], 2, 1)
    assert (await prove(engines, first_id=NO_ID)).postings == before + 2
    await world.pays("cid", "p-later", "10.00")
    new = {
        "postings": "(SELECT MAX(id) FROM postings WHERE entry_id = {entry})",
        "ledger_accounts": "(SELECT MAX(account_id) FROM postings WHERE entry_id = {entry})",
        "commissions": "(SELECT commission_id FROM entries WHERE id = {entry})",
        "entries": "{entry}",
    }[table].format(
        entry="(SELECT e.id FROM entries e JOIN commissions c ON c.id = e.commission_id"
        " JOIN payments p ON p.id = c.payment_id WHERE p.payment_id = 'p-later')"
    )
    await edit(engines, table, f"{change} WHERE id = {new}")
    found = await prove_news(engines, at=START, first_id=NO_ID)
    assert found.since
    assert check in {finding.check for finding in found.findings}


class _Late:
    """Opens units of work whose commit comes when it may."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work
        self.has_written = asyncio.Event()
        self.may_commit = asyncio.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._open_work, name)

    def __call__(self, *, books: bool = True) -> AbstractAsyncContextManager[Work]:
        return self._open(books)

    @asynccontextmanager
    async def _open(self, books: bool) -> AsyncIterator[Work]:
        async with self._open_work(books=books) as work:
            commit = work.commit

            async def commit_late() -> None:
                self.has_written.set()
                await self.may_commit.wait()
                await commit()

            work.commit = commit_late
            yield work


async def test_a_payment_without_commission_is_looked_at_by_its_id(
    engines: Engines, world: World
) -> None:
    await live_a_quarter(world)
    tables = ("payments", "refunds", "commissions", "entries", "payouts", "adjustments")
    first = 1 + max([key for table in tables for key in await _ids(engines, table)])
    await prove(engines, first_id=first)
    await world.pays("gus", "p-none", "5.00")
    await edit(engines, "payments", "minor = minor + 1 WHERE payment_id = 'p-none'")
    found = await news(engines)
    assert found.payments == 1
    assert {finding.check for finding in found.findings} == {"payment_lines", "payment_report"}


async def _ids(engines: Engines, table: str) -> list[int]:
    async with engines.reads.connect() as connection:
        return list((await connection.execute(text(f"SELECT id FROM {table}"))).scalars())


async def test_a_checkpoint_that_cannot_be_relied_on_is_not(
    engines: Engines, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await news(engines)).refused == "no full proof was kept yet"
    await live_a_quarter(world)
    await prove(engines)
    earlier = await news(engines, START - timedelta(seconds=1))
    assert earlier.refused == "the last full proof is later than the clock"
    monkeypatch.setattr("storage.books.checkpoint.checks_of_today", lambda: "other checks")
    other = await news(engines)
    assert other.refused == (
        "the last full proof was made by other checks than those of this version"
    )
    assert (await news(engines)).since


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM book_proof_accounts WHERE version = 1",
        "UPDATE book_proof_accounts SET balance = balance + 1 WHERE version = 1",
        """UPDATE book_proof_accounts SET version = version + 1, balance = balance + 5
        WHERE version = 1""",
        """UPDATE postings SET balance_before = balance_before + 1,
        balance_after = balance_after + 1 WHERE version = 1 AND account_id =
        (SELECT MIN(account_id) FROM book_proof_accounts WHERE version = 1)""",
        "UPDATE book_proofs SET standing = '{}'",
    ],
)
async def test_a_checkpoint_of_other_books_is_not_relied_on(
    engines: Engines, world: World, change: str
) -> None:
    await live_a_quarter(world)
    await prove(engines)
    async with engines.writes.begin() as connection:
        for table in ("book_proof_accounts", "book_proofs", "postings"):
            await let_edit(connection, engines, table)
        await connection.execute(text(change))
    proof = await news(engines)
    assert proof.refused == "accounts or postings are not those that the last full proof saw"
    assert proof.since is None
    assert bool(proof.findings) == change.startswith("UPDATE postings")


async def test_the_clock_proves_everything_once_a_week(engines: Engines, world: World) -> None:
    await live_a_quarter(world)
    full = []
    for day in range(15):
        proof = await prove_by_the_clock(engines, at=START + timedelta(days=day), first_id=0)
        full += [day] if proof.since is None else []
        assert proof.findings == []
        await world.pays("cid", f"p-day-{day}", "10.00")
    assert full == [0, 7, 14]


async def test_of_two_full_proofs_at_once_one_is_kept(engines: Engines, world: World) -> None:
    await live_a_quarter(world)
    proofs = [prove_everything(engines, at=START, first_id=0) for _ in range(3)]
    kept = [proof.is_kept for proof in await asyncio.gather(*proofs)]
    assert any(kept)
    assert (await checkpoint_of(engines)).id == sum(kept)
    assert (await news(engines)).since
