"""The power is cut: what SQLite had written but not synced is gone, in part or in whole (F10)."""

import asyncio
import random
import re
import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.ground import SQLITE, Ground
from tests.faults.people import join, new_human
from tests.faults.row import Row
from tests.faults.story import in_requests, tell_story
from tests.faults.strace import traced
from tests.faults.world import OK, Json, Vendor

CUTS_FEW = 150
EVENTS = 120
AT_ONCE = 8
TRACE = "pwrite64,fdatasync,fsync,ftruncate,unlink,unlinkat"
_LINE = re.compile(r"^(?P<pid>\d+) +(?P<at>\d+\.\d+) (?P<what>.*)$")
_WRITE = re.compile(
    r'^pwrite64\(\d+<(?P<path>[^>]+)>, "(?P<data>[^"]*)", (?P<size>\d+), (?P<offset>\d+)'
)
_SYNC = re.compile(r"^f(?:data)?sync\(\d+<(?P<path>[^>]+)>")
_CUT_FILE = re.compile(r"^ftruncate\(\d+<(?P<path>[^>]+)>, (?P<size>\d+)")
_GONE = re.compile(r'^unlink(?:at)?\((?:AT_FDCWD(?:<[^>]*>)?, )?"(?P<path>[^"]+)"')
_RESUMED = re.compile(r"^<\.\.\. f(?:data)?sync resumed>")
_MEMORY = "-shm"
"""Shared memory: nothing of it survives, and nothing of it is needed."""


@dataclass(frozen=True)
class Step:
    """One thing that was done to a file.

    Attributes:
        at: When, by the clock of the machine.
        file: The name.
        kind: ``write``, ``sync``, ``cut`` or ``gone``.
        offset: Where it was written, or what length is left.
        data: What was written.
    """

    at: float
    file: str
    kind: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Files as they are for sure, and what was written since the last sync of each."""

    files: dict[str, bytearray]
    unsynced: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))

    def take(self, step: Step) -> None:
        """Do the next thing."""
        if step.kind == "sync":
            for one in self.unsynced.pop(step.file, []):
                _apply(self.files, one)
        elif step.kind == "gone":
            self.files.pop(step.file, None)
            self.unsynced.pop(step.file, None)
        else:
            self.unsynced[step.file].append(step)

    def cut(self, chance: random.Random) -> dict[str, bytearray]:
        """Return what a power cut leaves: of the unsynced nothing, the first, or any part."""
        left = {name: bytearray(content) for name, content in self.files.items()}
        for steps in self.unsynced.values():
            match chance.randrange(3):
                case 0:
                    kept: Sequence[Step] = []
                case 1:
                    kept = steps[: chance.randint(0, len(steps))]
                case _:
                    kept = [one for one in steps if chance.random() < 0.5]
            for one in kept:
                _apply(left, one)
        return left


def _apply(files: dict[str, bytearray], step: Step) -> None:
    content = files.setdefault(step.file, bytearray())
    if step.kind == "cut":
        del content[step.offset :]
        return
    content.extend(bytes(max(0, step.offset - len(content))))
    content[step.offset : step.offset + len(step.data)] = step.data


async def power_cut(ground: Ground) -> Row:
    """Record every write and sync of a run under load, and cut it off at random moments."""
    row = ground.row("power cut")
    if ground.lacks_strace(row):
        return row
    chance = ground.chance(row)
    async with ground.vendor(SQLITE) as vendor:
        before, steps, acknowledged = await _recorded(vendor, chance)
        row.sent, row.strikes = len(acknowledged), ground.strikes or CUTS_FEW
        row.acknowledged = len(acknowledged)
        points = sorted(chance.randrange(len(steps)) for _ in range(row.strikes))
        cuts = _cuts(before, steps, points, chance)
        for number, (at, files) in enumerate(cuts):
            known = [name for name, when in acknowledged.items() if when <= at]
            folder = vendor.folder / "after the cut"
            await asyncio.to_thread(_look, folder, files, known, row, f"cut {number}")
    syncs = sum(step.kind == "sync" for step in steps)
    row.note = f"of {len(steps) - syncs} writes and {syncs} syncs"
    return row


async def _recorded(
    vendor: Vendor, chance: random.Random
) -> tuple[dict[str, bytearray], list[Step], dict[str, float]]:
    """Return the files before the load, what was done to them, and when events were answered."""
    process = vendor.start()
    url = await process.ready()
    code = await join(await new_human(vendor.sim, vendor.simulator, "Ann"), vendor.database)
    story = tell_story(chance, [code], EVENTS)
    log = vendor.folder / "power.strace"
    acknowledged: dict[str, float] = {}
    async with traced(process.pid, log, trace=TRACE, whole=True):
        before = _files_of(vendor.folder)
        slots = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(
            *(
                _report(vendor, url, events, slots, acknowledged)
                for events in in_requests(story, chance)
            )
        )
    assert await process.stop() == 0
    assert sorted(acknowledged) == sorted(story.events)
    return before, list(_steps(log, vendor.folder)), acknowledged


async def _report(
    vendor: Vendor,
    url: str,
    events: Sequence[Json],
    slots: asyncio.Semaphore,
    acknowledged: dict[str, float],
) -> None:
    async with slots:
        answer = await vendor.billing.send_batch(url, events)
        at = time.time()
    assert answer.status == OK, answer
    acknowledged.update({str(event["id"]): at for event in events})


def _files_of(folder: Path) -> dict[str, bytearray]:
    return {
        path.name: bytearray(path.read_bytes())
        for path in folder.glob("partner.db*")
        if not path.name.endswith(_MEMORY)
    }


def _steps(log: Path, folder: Path) -> Iterator[Step]:
    """Read what strace has seen; a sync counts when it has ended."""
    syncing: dict[str, str] = {}
    for line in log.read_text(errors="replace").splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        pid, at, what = found["pid"], float(found["at"]), found["what"]
        if _RESUMED.match(what) and pid in syncing:
            yield Step(at, syncing.pop(pid), "sync")
            continue
        step = _step(at, what)
        if step is None or not step.file.startswith(str(folder)) or _MEMORY in step.file:
            continue
        name = Path(step.file).name
        if step.kind == "sync" and "unfinished" in what:
            syncing[pid] = name
            continue
        yield Step(step.at, name, step.kind, step.offset, step.data)


def _step(at: float, what: str) -> Step | None:
    if found := _WRITE.match(what):
        data = bytes.fromhex(found["data"].replace("\\x", ""))
        assert len(data) == int(found["size"]), "strace has shortened what was written"
        return Step(at, _path(found), "write", int(found["offset"]), data)
    if found := _SYNC.match(what):
        return Step(at, _path(found), "sync")
    if found := _CUT_FILE.match(what):
        return Step(at, _path(found), "cut", int(found["size"]))
    if found := _GONE.match(what):
        return Step(at, _path(found), "gone")
    return None


def _path(found: re.Match[str]) -> str:
    path = found["path"]
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def _cuts(
    before: Mapping[str, bytearray],
    steps: Sequence[Step],
    points: Sequence[int],
    chance: random.Random,
) -> Iterator[tuple[float, dict[str, bytearray]]]:
    """Yield for each point when it is, and the files that a cut after that step leaves."""
    disk = Disk({name: bytearray(content) for name, content in before.items()})
    done = 0
    for point in points:
        for step in steps[done : point + 1]:
            disk.take(step)
        done = point + 1
        yield steps[point].at, disk.cut(chance)


def _look(
    folder: Path, files: Mapping[str, bytearray], known: Sequence[str], row: Row, what: str
) -> None:
    """Open what is left, as after the power came back, and look for what was acknowledged."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    connection = sqlite3.connect(folder / "partner.db")
    try:
        [(sound,)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if sound != "ok":
            row.lost.append(f"{what}: the file is broken: {sound}")
            return
        stored = {name for (name,) in connection.execute("SELECT id FROM events")}
        missing = set(known) - stored
        if missing:
            row.lost.append(f"{what}: {len(missing)} of {len(known)} acknowledged events")
        sums = connection.execute(
            "SELECT SUM(minor) FROM postings GROUP BY currency"
            " UNION ALL SELECT ABS(SUM(minor)) FROM postings GROUP BY entry_id"
        )
        row.trial_balance += sum(abs(int(total)) for (total,) in sums)
    except sqlite3.DatabaseError as error:
        row.lost.append(f"{what}: {error}")
    finally:
        connection.close()
