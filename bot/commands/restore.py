"""The home of `python -m bot restore`: a copy takes the database's place, the old one is kept."""

import asyncio
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.commands.backup import Say, check_copy, key_advice, sqlite_file
from bot.commands.bars import bar
from bot.commands.postgresql_tools import restore_advice
from bot.config_model import Config
from domain.period import text_of
from storage.migrate import SchemaState
from storage.sqlite_copy import (
    Damaged,
    copy_database,
    extents_of,
    is_in_use,
    move_aside,
    overwrite,
    put_in_place,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def run_restore(
    file: Path, config: Config, environ: Mapping[str, str], *, force: bool, say: Say = print
) -> int:
    """Put a copy in the place of the database; return 0 if it stands there."""
    target = sqlite_file(config)
    if target is None:
        for line in restore_advice(config.database.url, file):
            say(line)
        return 1
    # All is tried on a copy of the copy, which then only has to change its name.
    part = Path(f"{target}.part")
    try:
        state = await _prepare(file, target, part)
        is_running = target.is_file() and await asyncio.to_thread(is_in_use, target)
        doubts = await _doubts(part, target, is_running=is_running)
        if doubts and not force:
            for doubt in doubts:
                say(f"error: {doubt}")
            say("Nothing was changed. --force restores all the same and keeps the old one aside.")
            return 1
        aside = await _replace(part, target, is_running=is_running)
    except Damaged as damaged:
        say(f"error: {damaged}")
        return 1
    finally:
        part.unlink(missing_ok=True)
    say(f"{target} is now the copy {file}.")
    if aside is not None:
        say(f"The database that stood there is kept as {aside}.")
    if is_running:
        say("Restart the bot now: what it remembers is of the old database.")
    if state is SchemaState.BEHIND:
        say("Its tables are of an older version: `run` brings them up to date.")
    for line in key_advice(config, environ):
        say(line)
    return 0


async def _prepare(file: Path, target: Path, part: Path) -> SchemaState:
    """Copy the file beside the database, check the copy, and return how old its tables are.

    Raises:
        Damaged: it cannot be restored, not even by force.
    """
    if target.exists() and file.exists() and file.samefile(target):
        raise Damaged("the copy is the database itself")
    target.parent.mkdir(parents=True, exist_ok=True)
    with bar("reading, pages") as on_pages:
        await asyncio.to_thread(copy_database, file, part, on_pages)
    state, findings = await check_copy(part)
    if findings:
        raise Damaged(f"{file}: {findings[0]}")
    if state is SchemaState.AHEAD:
        raise Damaged(f"{file} was made by a newer version of the product: install that first")
    return state


async def _doubts(part: Path, target: Path, *, is_running: bool) -> list[str]:
    """Return why somebody should think twice."""
    if not target.is_file():
        return []
    doubts = ["the database is in use: stop the bot first"] if is_running else []
    try:
        here = await asyncio.to_thread(extents_of, target)
    except sqlite3.DatabaseError:
        # It cannot be read, which may be why a copy is restored; it is kept aside as it is.
        return doubts
    there = await asyncio.to_thread(extents_of, part)
    for name, extent in here.items():
        if extent.exceeds(there[name]):
            when = text_of(_EPOCH + timedelta(microseconds=extent.latest))
            doubts.append(f"the database has {name} that the copy lacks, the last of {when}")
    return doubts


async def _replace(part: Path, target: Path, *, is_running: bool) -> Path | None:
    aside = Path(f"{target}.before-restore-{utc_now():%Y%m%dT%H%M%SZ}")
    if is_running:
        with bar("keeping the old one, pages") as on_pages:
            await asyncio.to_thread(copy_database, target, aside, on_pages)
        await asyncio.to_thread(overwrite, part, target)
        return aside
    has_old = target.exists()
    if has_old:
        move_aside(target, aside)
    put_in_place(part, target)
    return aside if has_old else None
