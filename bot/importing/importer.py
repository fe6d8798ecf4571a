"""The home of importing a file: sorted once, then applied in sets, and resumable at any moment."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import InterfaceError, OperationalError

from bot.importing.csv_file import CsvFile, Row
from bot.importing.journal import Journal, empty, signature_of, work_folder
from bot.importing.order import Order, Sorted, merged
from bot.importing.rejected import Rejected
from bot.importing.rows import BadRow, event_of, row_data, time_of
from domain.entities.event import EventStatus
from domain.events.fields import FieldProblem, MalformedEvent
from domain.events.read import read_event
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.record import Malformed, RecordEvents, ReportedEvent, Result

SET_SIZE = 1_000
OUTAGE_TRIES = 8
OUTAGE_PAUSE_SECONDS = 0.5
BREATH_EVERY_SECONDS = 2.0
BREATH_SECONDS = 0.11
"""SQLite's waiting writers look again every 100 ms: a running bot gets its turn in this gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDoors:
    """What an import works with.

    Attributes:
        record: Applies events.
        look_up: Tells if an event is in the database.
        database: What names the database, without secrets.
        is_shared_file: The database is a file whose other writers need a gap now and then.
        on_read: Told how many bytes of how many have been read.
        on_applied: Told how many rows of how many have been applied.
    """

    record: RecordEvents
    look_up: LookUpEvent
    database: str
    is_shared_file: bool
    on_read: Callable[[int, int], None] = lambda _done, _whole: None
    on_applied: Callable[[int, int], None] = lambda _done, _whole: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import.

    Attributes:
        rows: How many rows the file has.
        resumed_at: How many of them an interrupted run had applied.
        tally: How many rows were ``applied``, ``duplicate``, ``parked`` and ``rejected``; and of
            the first and the third how many for which reason, as ``applied: no_click``.
        rejected_file: Where the rejected rows are, ``None`` where there are none.
    """

    rows: int
    resumed_at: int
    tally: dict[str, int]
    rejected_file: Path | None


class Import:
    """One file on its way into the database."""

    def __init__(self, file: CsvFile, doors: ImportDoors, *, dry_run: bool, tells: bool) -> None:
        """Import this file.

        Args:
            file: The rows.
            doors: What to work with.
            dry_run: Say what would happen and store nothing.
            tells: Owe partners and staff a notice for each row, as if billing had sent it.
        """
        self._file = file
        self._doors = doors
        self._dry_run = dry_run
        self._tells = tells

    async def __call__(self) -> Imported:
        """Apply every row; good rows are applied, bad ones go to FILE.rejected.csv.

        Raises:
            ImportRefused: the file cannot be read to its end, so nothing was applied.
        """
        path = self._file.path
        about = (self._file.kind.name, self._doors.database, str(self._dry_run))
        with work_folder(path) as folder:
            signature = signature_of(path, *about, on_bytes=lambda _: None)
            journal = await self._earlier(folder, signature)
            rejected = Rejected(self._file, keep_bytes=journal.rejected_bytes if journal else 0)
            resumed_at = journal.done if journal else 0
            if journal is None:
                journal = self._sort(folder, signature, rejected)
            await self._apply(folder, journal, rejected)
        return Imported(
            rows=journal.tally["rows"],
            resumed_at=resumed_at,
            tally={name: count for name, count in journal.tally.items() if name != "rows"},
            rejected_file=rejected.path if rejected.size else None,
        )

    async def _earlier(self, folder: Path, signature: str) -> Journal | None:
        """Return where an interrupted run stopped, if the database still knows of it."""
        journal = Journal.load(folder, signature)
        if journal is None or not journal.last_id:
            return journal
        is_there = self._dry_run or await self._doors.look_up(journal.last_id) is not None
        return journal if is_there else None

    def _sort(self, folder: Path, signature: str, rejected: Rejected) -> Journal:
        """Read the whole file; rows without a readable time are judged at once."""
        empty(folder)
        journal = Journal(signature=signature)
        order = Order(folder)
        for position, row in enumerate(self._file.rows()):
            journal.tally["rows"] += 1
            if position % SET_SIZE == 0:
                self._doors.on_read(self._file.bytes_read, self._file.size)
                rejected.flush()
            try:
                data = row_data(self._file, row.cells)
                at = time_of(self._file.kind, data)
                if at is None:
                    # Every wrong field is named, not the time alone.
                    read_event(self._file.kind.event, data, now=None)
            except BadRow as bad:
                self._reject(journal, rejected, row, str(bad))
            except MalformedEvent as bad:
                self._reject(journal, rejected, row, _told(bad.problems))
            else:
                order.put((at or 0, position, row.line, row.cells))
                journal.rows += 1
        self._doors.on_read(self._file.size, self._file.size)
        rejected.flush()
        journal.parts = order.close()
        journal.rejected_bytes = rejected.size
        journal.save(folder)
        return journal

    async def _apply(self, folder: Path, journal: Journal, rejected: Rejected) -> None:
        self._doors.on_applied(journal.done, journal.rows)
        begun = time.monotonic()
        rows = merged(folder / name for name in journal.parts)
        for chunk in _sets(itertools.islice(rows, journal.done, None)):
            events = [event_of(self._file.kind, row_data(self._file, row[3])) for row in chunk]
            answers = await self._record(events)
            for row, event, answer in zip(chunk, events, answers, strict=True):
                self._count(journal, rejected, Row(line=row[2], cells=row[3]), answer)
                if not isinstance(answer, Malformed):
                    journal.last_id = event.id
            rejected.flush()
            journal.done += len(chunk)
            journal.rejected_bytes = rejected.size
            journal.save(folder)
            self._doors.on_applied(journal.done, journal.rows)
            if self._doors.is_shared_file and time.monotonic() - begun > BREATH_EVERY_SECONDS:
                await asyncio.sleep(BREATH_SECONDS)
                begun = time.monotonic()

    async def _record(self, events: list[ReportedEvent]) -> list[Result]:
        """Apply a set; while the database is away or busy, wait and try again."""
        for attempt in itertools.count(1):
            try:
                answers = await self._doors.record(
                    [events], source="import", dry_run=self._dry_run, is_quiet=not self._tells
                )
            except (OperationalError, InterfaceError, OSError, TimeoutError):
                if attempt == OUTAGE_TRIES:
                    raise
                await asyncio.sleep(min(OUTAGE_PAUSE_SECONDS * 2**attempt, 30))
            else:
                return answers[0]
        raise AssertionError("a loop without end ended")

    def _count(self, journal: Journal, rejected: Rejected, row: Row, answer: Result) -> None:
        if isinstance(answer, Malformed):
            self._reject(journal, rejected, row, _told(answer.problems))
            return
        status = str(answer.standing or answer.status)
        if status in {EventStatus.REJECTED, "conflict"}:
            said = answer.error
            reason = f"{said.code}: {said.message}" if said else status
            self._reject(journal, rejected, row, reason)
            return
        is_repeat = answer.standing is not None
        journal.tally["duplicate" if is_repeat else status] += 1
        why = answer.error.code if answer.error else answer.reason
        if why:
            journal.tally[f"{status}: {why}"] += 1

    def _reject(self, journal: Journal, rejected: Rejected, row: Row, reason: str) -> None:
        journal.tally["rejected"] += 1
        rejected.add(row.cells, f"line {row.line}: {reason}")


def _sets(rows: Iterator[Sorted]) -> Iterator[list[Sorted]]:
    while chunk := list(itertools.islice(rows, SET_SIZE)):
        yield chunk


def _told(problems: tuple[FieldProblem, ...]) -> str:
    """Return what is wrong in a row, by the names of its columns."""
    return "; ".join(
        f"{problem.field.removeprefix('data.')} {problem.message}" for problem in problems
    )
