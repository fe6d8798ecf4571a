"""Each money operation, struck at each of its writes, syncs and messages (F03, F11, F12)."""

import asyncio
import copy
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.ground import Ground
from tests.faults.load import ASK_AGAIN
from tests.faults.process import Process, until
from tests.faults.row import Row
from tests.faults.scenarios.operations import Operation, prepare
from tests.faults.strace import Traced, traced
from tests.faults.world import OK, Answer, Vendor

FINISH_SECONDS = 40.0
OUTAGE_SECONDS = 0.2
NOT_COMPARED = ("alembic_version", "inbox", "jobs", "conversations", "sqlite_sequence", "openings")
"""Tables whose rows do not depend on the operation alone."""
OPEN = (
    "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)"
    " + (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
)
Outcome = dict[str, Any]


@dataclass(frozen=True)
class Strike:
    """One way to strike an operation.

    Attributes:
        call: Of the system.
        fault: What strace does to it.
        is_deadly: If the process dies of it.
        follows: ``+`` when every later call fails too.
    """

    call: str
    fault: str
    is_deadly: bool
    follows: str = ""

    def at(self, number: int) -> str:
        """Return what strace is told."""
        return f"{self.call}:{self.fault}:when={number}{self.follows}"


KILL_AT_WRITE = Strike("pwrite64", "signal=KILL", is_deadly=True)
KILL_AT_SYNC = Strike("fdatasync", "signal=KILL", is_deadly=True)
KILL_AT_MESSAGE = Strike("sendto", "signal=KILL", is_deadly=True)
DISK_FULL = Strike("pwrite64", "error=ENOSPC", is_deadly=False, follows="+")
WRITE_FAILS = Strike("pwrite64", "error=EIO", is_deadly=False)
SYNC_FAILS = Strike("fdatasync", "error=EIO", is_deadly=False, follows="+")


KINDS = {
    "kill at a call": (KILL_AT_WRITE, KILL_AT_SYNC, KILL_AT_MESSAGE),
    "disk full (ENOSPC)": (DISK_FULL,),
    "disk fails (EIO)": (WRITE_FAILS, SYNC_FAILS),
}


async def strike_each_step(ground: Ground) -> list[Row]:
    """Strike each operation at its N-th write, sync or message: a few of them, or every one."""
    rows = {name: ground.row(name) for name in KINDS}
    if shutil.which("strace") is None:
        for row in rows.values():
            row.note = "not run: there is no strace on this machine"
        return list(rows.values())
    async with ground.vendor("sqlite", program="saas-tiers") as vendor:
        operations = await prepare(vendor)
        for operation in operations:
            expected, counts = await _undisturbed(vendor, operation)
            for name, row in rows.items():
                began = time.monotonic()
                for strike, number in _chosen(ground, row, KINDS[name], counts):
                    inject = strike.at(number)
                    await _struck(vendor, operation, inject, strike, expected, row)
                row.seconds += time.monotonic() - began
    for row in rows.values():
        row.note = f"{len(operations)} operations"
    return list(rows.values())


def _chosen(
    ground: Ground, row: Row, strikes: Sequence[Strike], counts: Mapping[str, int]
) -> list[tuple[Strike, int]]:
    """Return where to strike: one random call of each kind, or all in a long run."""
    chance = ground.chance(row)
    chosen: list[tuple[Strike, int]] = []
    for strike in strikes:
        points = range(1, counts.get(strike.call, 0) + 1)
        some = points if ground.strikes else chance.sample(points, min(1, len(points)))
        chosen += [(strike, number) for number in some]
    return chosen


async def _undisturbed(vendor: Vendor, operation: Operation) -> tuple[Outcome, dict[str, int]]:
    """Do an operation as it is meant; return what it leaves and the calls it takes."""
    async with _restored(vendor, operation) as (process, url):
        log = vendor.folder / "counted.strace"
        async with traced(process.pid, log) as trace:
            await _do(vendor, operation, url)
            await _settled(vendor)
            counts = trace.counts()
        assert await process.stop() == 0
    return outcome_of(vendor), counts


async def _struck(
    vendor: Vendor,
    operation: Operation,
    inject: str,
    strike: Strike,
    expected: Outcome,
    row: Row,
) -> None:
    """Strike an operation once; afterwards all must be as if nothing had happened."""
    row.sent += 1
    async with _restored(vendor, operation) as (process, url):
        log = vendor.folder / "struck.strace"
        doing: asyncio.Task[None] | None = None
        async with traced(process.pid, log, inject) as trace:
            doing = asyncio.create_task(_do(vendor, operation, url))
            await _hit(process, trace, doing)
            row.strikes += int(process.poll() is not None or trace.injected > 0)
            if not strike.is_deadly:
                await asyncio.sleep(OUTAGE_SECONDS)
        if process.poll() is None:
            await doing
            await _settled(vendor)
            assert await process.stop() == 0
        else:
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
            await _again(vendor, operation)
        row.acknowledged += 1
    _compare(row, f"{operation.name} at {inject}", outcome_of(vendor), expected)
    await vendor.audit(row)


async def _again(vendor: Vendor, operation: Operation) -> None:
    """Start anew after a kill: Telegram still has its update, and billing asks again."""
    process = vendor.start()
    url = await process.ready()
    if operation.events:
        await _do(vendor, operation, url)
    await _settled(vendor)
    assert await process.stop() == 0


async def _hit(process: Process, trace: Traced, doing: "asyncio.Task[None]") -> None:
    """Wait until the process is dead, a call was struck, or the operation is over."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline and process.poll() is None:
        if trace.injected:
            return
        if doing.done() and time.monotonic() > deadline - 1.5:
            return
        await asyncio.sleep(0.01)


@asynccontextmanager
async def _restored(vendor: Vendor, operation: Operation) -> AsyncIterator[tuple[Process, str]]:
    """Start the product on the state just before the operation."""
    path = database_path(vendor)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(operation.before, path)
    vendor.simulator.world.updates.clear()
    process = vendor.start()
    yield process, await process.ready()


async def _do(vendor: Vendor, operation: Operation, url: str) -> None:
    """Ask for the operation: until it is answered, or once, and Telegram keeps the update."""
    if operation.update is not None:
        update = copy.deepcopy(operation.update)
        if "callback_query" in update:
            update["callback_query"]["id"] = str(time.monotonic_ns())
        await vendor.sim.update(update)
        return
    answer = Answer(0)
    while answer.status in ASK_AGAIN:
        answer = await vendor.billing.send_batch(url, operation.events)
        await asyncio.sleep(0.05)
    assert answer.status == OK, answer
    assert all(told["status"] in {"applied", "duplicate"} for told in answer.body["results"])


async def _settled(vendor: Vendor) -> None:
    """Wait until the update is handled and everything is told, without the leases' minute."""

    async def is_settled() -> bool:
        if vendor.updates_waiting():
            return False
        await vendor.end_leases()
        return not await vendor.database.value(OPEN)

    await until(is_settled, within_seconds=FINISH_SECONDS, every_seconds=0.05)


def database_path(vendor: Vendor) -> Path:
    """Return the SQLite file."""
    return vendor.folder / "partner.db"


def outcome_of(vendor: Vendor) -> Outcome:
    """Return what is stored: how many rows, how they stand, what is on each account."""
    connection = sqlite3.connect(f"file:{database_path(vendor)}?mode=ro", uri=True)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = sorted({name for (name,) in names} - set(NOT_COMPARED))
        found: Outcome = {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }
        for name, sql in (
            ("balances", "SELECT kind, SUM(balance) FROM ledger_accounts GROUP BY kind"),
            ("statuses", "SELECT status, COUNT(*) FROM payouts GROUP BY status"),
            ("told", "SELECT kind, COUNT(*) FROM notices WHERE sent_at IS NOT NULL GROUP BY kind"),
        ):
            found[name] = sorted(connection.execute(sql).fetchall())
    finally:
        connection.close()
    return found


def _compare(row: Row, what: str, found: Outcome, expected: Outcome) -> None:
    for name, value in expected.items():
        if isinstance(value, int):
            row.expect(f"{what}: {name}", found[name], value)
        elif found[name] != value:
            row.lost.append(f"{what}: {name} are {found[name]}, not {value}")
