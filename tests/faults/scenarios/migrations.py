"""Killed while it migrates: nothing of it stays, and it runs again (F61)."""

import asyncio
import sqlite3
import time
from contextlib import closing

from tests.faults.ground import Ground
from tests.faults.row import Row
from tests.faults.world import Vendor

KILLS_FEW, KILLS_MANY = 3, 60
PART = 0.1, 0.9
EMPTY = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
SHAPE = (
    "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns"
    " WHERE table_schema = 'public'"
    " UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
)
SHAPE_SQLITE = "SELECT name || ' ' || COALESCE(sql, '') FROM sqlite_master"


async def killed_while_migrating(ground: Ground, database: str) -> Row:
    """Kill ``migrate`` at random moments, on an empty database; each run starts from nothing."""
    row = ground.row("killed while migrating", database)
    chance = ground.chance(row)
    async with ground.vendor(database) as vendor:
        expected = await _shape(vendor)
        whole = min([await _migrate_anew(vendor) for _ in range(2)])
        unfinished = 0
        for _ in range(min(ground.strikes, KILLS_MANY) or KILLS_FEW):
            await _empty(vendor)
            process = vendor.start("migrate")
            await asyncio.sleep(chance.uniform(*PART) * whole)
            await process.kill()
            row.strikes += 1
            row.sent += 1
            left = await _shape(vendor)
            unfinished += left != expected
            if left and left != expected:
                row.doubled.append(f"{len(left)} of {len(expected)} things of a half migration")
            code, output = await vendor.command("migrate")
            if code:
                row.wrong = output
            row.acknowledged += 1
            row.expect_all("tables, indexes, triggers", await _shape(vendor), expected)
        process = vendor.start()
        await process.ready()
        row.wrong = row.wrong or ("" if await process.stop() == 0 else process.output)
        await vendor.audit(row)
    if not unfinished:
        row.wrong = row.wrong or "every migration was over before it was killed"
    row.note = f"{unfinished} met it unfinished, of {whole:.1f} s"
    return row


async def _migrate_anew(vendor: Vendor) -> float:
    """Migrate from nothing and return how many seconds that took."""
    await _empty(vendor)
    began = time.monotonic()
    code, output = await vendor.command("migrate")
    assert code == 0, output
    return time.monotonic() - began


async def _empty(vendor: Vendor) -> None:
    if not vendor.database.is_sqlite:
        for statement in EMPTY:
            await vendor.database.change(statement)
        return
    for left in vendor.folder.glob("partner.db*"):
        left.unlink()


async def _shape(vendor: Vendor) -> list[str]:
    """Return all tables, columns, indexes and triggers by name."""
    if not vendor.database.is_sqlite:
        return sorted(name for (name,) in await vendor.database.rows(SHAPE))
    path = vendor.folder / "partner.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as opened:
        return sorted(name for (name,) in opened.execute(SHAPE_SQLITE))
