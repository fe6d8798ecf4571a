"""The home of whole copies of an SQLite database, taken and put back while others use it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAGES_AT_ONCE = 1_024
"""4 MiB: often enough for a bar of progress."""
BUSY_SECONDS = 10
MAGIC = b"SQLite format 3\0"
COMPANIONS = ("-wal", "-shm")
"""Files beside a database that belong to it."""
OnPages = Callable[[int, int], None]


class Damaged(Exception):
    """The file is no SQLite database, or its pages do not fit together."""


@contextmanager
def _opened(path: Path, *, is_new: bool = False) -> Iterator[sqlite3.Connection]:
    is_ours = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    mode = "rwc" if is_new else "rw" if is_ours else "ro"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        yield connection
    finally:
        connection.close()


def copy_database(source: Path, target: Path, on_pages: OnPages) -> None:
    """Copy the state of one moment into a new file that stands alone, readable by its owner only.

    The source is read in one transaction: writers go on meanwhile, and what they write is not in
    the copy. Without that, each of their commits would begin the copy anew.

    Raises:
        Damaged: the source cannot be read to its end.
    """
    check_kind(source)
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with _opened(source) as reading, _opened(target, is_new=True) as writing:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            reading.backup(
                writing,
                pages=PAGES_AT_ONCE,
                progress=lambda _status, left, whole: on_pages(whole - left, whole),
                sleep=0,
            )
            reading.execute("ROLLBACK")
        make_single(target)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{source}: {error}") from None


def make_single(path: Path) -> None:
    """Let a copy be one file, without a log of writes beside it, safely on the disk."""
    with _opened(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _sync(path)


def check_kind(path: Path) -> None:
    """Test that a file is a database at all.

    Raises:
        Damaged: it is not.
    """
    if not path.is_file():
        raise Damaged(f"there is no file {path}")
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Damaged(f"{path} is not an SQLite database")


def check_pages(path: Path) -> None:
    """Test a database page by page, and that no row points nowhere.

    Raises:
        Damaged: something is wrong with it; the first finding is told.
    """
    try:
        with _opened(path) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path}: {error}") from None
    if found != "ok":
        raise Damaged(f"{path}: {found}")
    if broken is not None:
        raise Damaged(f"{path}: a row of {broken[0]} points nowhere")


def is_in_use(path: Path) -> bool:
    """Test if another process has the database open, even one that does nothing now.

    Whoever uses it keeps a shared lock on the file; leaving the write-ahead log needs them gone.
    """
    try:
        with _opened(path) as connection:
            connection.execute("PRAGMA busy_timeout=300")
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        # One that cannot be read is nobody's: a copy may be restored just because of that.
        return "locked" in str(error)
    return False


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the records of one kind reach.

    Attributes:
        count: How many there are.
        latest: Instant of the newest, microseconds since 1970; 0 without any.
    """

    count: int
    latest: int

    def exceeds(self, other: "Extent") -> bool:
        """Test if there is something here that the other lacks."""
        return self.count > other.count or self.latest > other.latest


_EXTENTS = {
    "ledger entries": "SELECT count(*), max(recorded_at) FROM entries",
    "events": "SELECT count(*), max(received_at) FROM events",
    "messages of people": "SELECT count(*), max(received_at) FROM inbox",
    "pay-outs": "SELECT count(*), max(coalesce(settled_at, requested_at)) FROM payouts",
    "acts of staff": "SELECT count(*), max(at) FROM audit",
}


def extents_of(path: Path) -> dict[str, Extent]:
    """Return how far the records reach, by kind; of tables that are not there, nothing."""
    with _opened(path) as connection:
        return {name: Extent(*_extent(connection, sql)) for name, sql in _EXTENTS.items()}


def _extent(connection: sqlite3.Connection, sql: str) -> tuple[int, int]:
    try:
        count, latest = connection.execute(sql).fetchone()
    except sqlite3.OperationalError:
        return 0, 0
    return int(count), int(latest or 0)


def move_aside(path: Path, aside: Path) -> None:
    """Give the database another name, with what belongs to it."""
    for end in ("", *COMPANIONS):
        part = Path(f"{path}{end}")
        if part.exists():
            part.replace(Path(f"{aside}{end}"))


def put_in_place(copy: Path, target: Path) -> None:
    """Give a copy the name of the database, which is not there; nobody ever sees half of it."""
    copy.replace(target)
    _sync(target.parent)


def overwrite(copy: Path, target: Path) -> None:
    """Put a copy into a database that others have open; they see the old or the new, whole."""
    with _opened(copy) as reading, _opened(target) as writing:
        reading.backup(writing)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
