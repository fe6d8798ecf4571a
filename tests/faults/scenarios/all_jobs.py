"""Every job of the scheduler at three replicas at once does what it does at one (F53, F55)."""

import asyncio
import inspect
from dataclasses import replace
from typing import Any

from bot.scheduler import Jobs
from bot.watch import Watch
from tests.faults.database import Database
from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.outcome import NOT_COMPARED, compare
from tests.faults.process import HURRY, SKEW, until
from tests.faults.row import Row
from tests.faults.scenarios.contests import REPLICAS
from tests.faults.scenarios.lives import IBAN, PROGRAM
from tests.faults.scenarios.operations import DAY_SECONDS, OPEN, Preparation
from tests.faults.story import Story
from tests.faults.world import Vendor

NOT_JOBS = {"measured_by"}
ALL = " ".join(
    name
    for kind in (Jobs, Watch)
    for name, _ in inspect.getmembers(kind, inspect.iscoroutinefunction)
    if not name.startswith("_") and name not in NOT_JOBS
)
"""Ring every second instead of every few minutes."""
LATER_DAYS = 25
QUIET_SECONDS = 5.0
WAITING_SECONDS = 120.0
UNITS = 1_000
LIVES_WITH_JOBS = (*NOT_COMPARED, "lanes", "book_proofs", "book_proof_accounts")
TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
DUE = PROGRAM.replace("[commission]", "[commission]\nhold_days = 20").replace(
    "[payout]", '[payout]\nschedule = "monthly"\nday = 5'
)
"""A commission waits for weeks, and is paid out by the calendar then."""


async def all_jobs(ground: Ground) -> Row:
    """Let the same months pass at one replica, and in a copy at three whose jobs ring at once."""
    row = ground.row("all jobs at once", POSTGRESQL)
    async with ground.vendor(POSTGRESQL, program=DUE) as vendor:
        await _live(vendor)
        copy = await _copied(ground, vendor)
        try:
            expected = await _later(vendor, 1, row)
            found = await _later(copy, REPLICAS, row)
            compare(row, "at three replicas", found, expected)
            await copy.audit(row)
        finally:
            name = copy.database.url.partition("@/")[2].partition("?")[0]
            await asyncio.to_thread(ground.postgres.drop, name)
    row.sent = row.acknowledged = row.strikes = len(ALL.split())
    told = ", ".join(f"{kind} {number}" for kind, number in found["told"])
    row.note = f"{row.strikes} jobs, every second; told: {told}"
    if not expected["effects"]:
        row.wrong = row.wrong or "the jobs had nothing to do"
    return row


async def _live(vendor: Vendor) -> None:
    """Have a commission on hold, an account for pay-outs, a claim, refunds out of proportion."""
    made = Preparation(vendor)
    await made.start({HURRY: ALL})
    ann = await made.partner("Ann")
    story = Story()
    story.first_payment(made.code, UNITS)
    story.next_payment(made.code, UNITS)
    await ann.types("/withdraw", "This program pays out by itself")
    await ann.presses("Name the account", "Where should your pay-outs go?")
    await ann.types(IBAN, "Your next pay-out goes to")
    client = next(iter(story.events.values()))["data"]["client_id"]
    bob = await made.partner("Bob")
    begin = story.begin
    for number in range(4):
        story.tell_client(f"b-{number}", made.code, begin)
        story.tell_payment(f"b-{number}", f"p-{number}", UNITS, begin)
        story.tell_refund(f"p-{number}", UNITS, begin)
    await made.report(story)
    await bob.types(f"/claim {client}", "came to the program through another partner")
    await bob.presses("This client is mine")
    await bob.presses("Send without a note", "is with the vendor")
    taken = "SELECT COUNT(*) = 2 FROM jobs WHERE job LIKE 'payouts:%' OR job = 'statements'"
    await made.rings(ALL, taken)
    await made.stop()


async def _copied(ground: Ground, vendor: Vendor) -> Vendor:
    """Return the same vendor on a copy of its database."""
    url = vendor.database.url
    name = url.partition("@/")[2].partition("?")[0]
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608 - our own name
        f" WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    )
    await asyncio.to_thread(ground.postgres.run, end)
    other = await asyncio.to_thread(ground.postgres.create, f"{name}-copy", template=name)
    config = vendor.config.with_name("copy.toml")
    config.write_text(vendor.config.read_text().replace(url, other))
    return replace(vendor, config=config, database=Database(other))


async def _later(vendor: Vendor, replicas: int, row: Row) -> dict[str, Any]:
    """Let so many replicas run weeks later until nothing changes; return what is stored."""
    environ = {HURRY: ALL, SKEW: str(LATER_DAYS * DAY_SECONDS)}
    before = await _outcome(vendor.database)
    started = [vendor.start(environ=environ) for _ in range(replicas)]
    for process in started:
        await process.ready()
    seen: list[dict[str, Any]] = []

    async def is_quiet() -> bool:
        is_open = await vendor.database.value(OPEN)
        seen.append(await _outcome(vendor.database))
        return not is_open and len(seen) > QUIET_SECONDS and seen[-1] == seen[-int(QUIET_SECONDS)]

    await until(is_quiet, within_seconds=WAITING_SECONDS, every_seconds=1.0)
    # What a stop cuts off is logged, too.
    logs = [process.output for process in started]
    for process, log in zip(started, logs, strict=True):
        if await process.stop():
            row.wrong = process.output
        elif "Traceback" in log:
            row.wrong = f"a job failed: {log[log.index('Traceback') :][:2000]}"
    found = seen[-1]
    found["effects"] = sum(
        isinstance(number, int) and number > before[name] for name, number in found.items()
    )
    return found


async def _outcome(database: Database) -> dict[str, Any]:
    """Return how many rows there are, how they stand, what is on each account, who was told."""
    tables = sorted({name for (name,) in await database.rows(TABLES)} - set(LIVES_WITH_JOBS))
    counts = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables)  # noqa: S608
    [numbers] = await database.rows(f"SELECT {counts}")
    found: dict[str, Any] = dict(zip(tables, numbers, strict=True))
    for name, sql in (
        ("balances", "SELECT kind, SUM(balance) FROM ledger_accounts GROUP BY kind"),
        ("statuses", "SELECT status, COUNT(*) FROM payouts GROUP BY status"),
        ("entries", "SELECT kind, COUNT(*) FROM entries GROUP BY kind"),
        ("told", "SELECT kind, COUNT(*) FROM notices WHERE sent_at IS NOT NULL GROUP BY kind"),
    ):
        found[name] = sorted(tuple(line) for line in await database.rows(sql))
    return found
