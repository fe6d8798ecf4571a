"""A batch of 1 000 events over HTTP, beside the same rows written ready made by the same Core."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Engines, open_engines
from storage.tables import daily_stats, ledger_accounts, metadata, referrals
from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row, median
from tests.benchmarks.requests import batch, check, payments
from tests.benchmarks.run import Run
from tests.benchmarks.world import value

SIZE = 1_000
TARGETS = {"sqlite": (0.45, 0.60), "postgresql": (0.60, 0.75)}
APPENDED = {
    "events": 1,
    "payments": 1,
    "commissions": 1,
    "entries": 1,
    "postings": 2,
    "notices": 1,
}
"""Tables that an event adds to, and by how many rows."""
SHIFTED = frozenset({"id", "commission_id", "entry_id", "version"})
Rows = Sequence[Mapping[str, Any]]


async def measure(run: Run) -> None:
    """Measure on each database."""
    for kind in run.kinds:
        await _measure(run, kind)


async def _measure(run: Run, kind: str) -> None:
    url, other = await run.databases.fresh(kind), await run.databases.fresh(kind)
    product = await run.shop.started_product(url)
    check(await drive(product.url, [batch(payments(SIZE))], 1), {200}, "batch", run.report.faults)
    engines, bare = open_engines(url), open_engines(other)
    sent, ours, base = 1, [], []
    made = await _made(engines)
    await engines.close()
    for number in range(1, run.rounds + 1):
        requests = [batch(payments(SIZE)) for _ in range(2)]
        load = await drive(product.url, requests, 1)
        check(load, {200}, "batch", run.report.faults)
        sent += len(requests)
        ours.append(len(requests) * SIZE / load.seconds)
        base.append(SIZE / await _write(bare, made, number))
    await bare.close()
    product.stop()
    target, stretch = TARGETS[kind]
    run.add(
        Row(
            path=f"batch of 1000 {kind} x1",
            unit="ev/s",
            ours=median(ours),
            base=median(base),
            against="the same rows ready made, Core",
            target=target,
            stretch=stretch,
        )
    )
    kept = await value(url, "SELECT COUNT(*) FROM commissions")
    run.equal(f"commissions of batches on {kind}", kept, sent * SIZE)


async def _made(engines: Engines) -> dict[str, Rows]:
    """Return the rows that the product wrote for one batch."""
    made: dict[str, Rows] = {}
    async with engines.reads.connect() as connection:
        for name, each in APPENDED.items():
            table = metadata.tables[name]
            newest = select(table).order_by(table.c.id.desc()).limit(SIZE * each)
            made[name] = [dict(row._mapping) for row in await connection.execute(newest)]
        for table in (ledger_accounts, referrals, daily_stats):
            rows = await connection.execute(select(table))
            made[table.name] = [dict(row._mapping) for row in rows]
    made["ledger_accounts"] = [row for row in made["ledger_accounts"] if row["version"]]
    made["referrals"] = [row for row in made["referrals"] if row["live_payments"]]
    return made


async def _write(engines: Engines, made: Mapping[str, Rows], number: int) -> float:
    """Write one batch's rows with ids of their own and return the seconds."""
    shift = number * 10**15
    ready = {name: [_shifted(name, row, shift) for row in made[name]] for name in APPENDED}
    accounts = [
        {"key_": row["id"], "balance": row["balance"] * number, "version": row["version"] + shift}
        for row in made["ledger_accounts"]
    ]
    live = [
        {"key_": row["id"], "live_payments": row["live_payments"]} for row in made["referrals"]
    ]
    began = time.perf_counter()
    async with engines.writes.begin() as connection:
        for name, rows in ready.items():
            await connection.execute(metadata.tables[name].insert(), rows)
        for table, rows in ((ledger_accounts, accounts), (referrals, live)):
            await connection.execute(update(table).where(table.c.id == bindparam("key_")), rows)
        await _count(connection, made["daily_stats"])
    return time.perf_counter() - began


def _shifted(name: str, row: Mapping[str, Any], shift: int) -> dict[str, Any]:
    changed = dict(row)
    for column in SHIFTED & set(row):
        if isinstance(row[column], int):
            changed[column] = row[column] + shift
    if name == "commissions":
        changed["payment_id"] = row["payment_id"] + shift
    if name == "payments":
        changed["payment_id"] = f"{row['payment_id']}-{shift}"
    if name == "events":
        changed |= {"id": f"{row['id']}-{shift}", "fact": f"{row['fact']}-{shift}"}
    return changed


async def _count(connection: AsyncConnection, rows: Rows) -> None:
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = kind.insert(daily_stats)
    figures = [column.name for column in daily_stats.c if not column.primary_key]
    added = {name: daily_stats.c[name] + statement.excluded[name] for name in figures}
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["enrolment_id", "day", "code"], set_=added
        ),
        list(rows),
    )
