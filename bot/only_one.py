"""The home of the rule that one process serves an SQLite database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url


class AnotherRuns(RuntimeError):
    """A process serves this SQLite database already."""


@contextmanager
def only_one(database_url: str) -> Iterator[None]:
    """Be the one process on an SQLite database inside the block; PostgreSQL takes any number.

    The system lets go of the lock when the process ends, however it ends.

    Raises:
        AnotherRuns: there is one; its number is named.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql" or not url.database:
        yield
        return
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file, url.database)
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        yield
    finally:
        os.close(file)


def _lock(file: int, database: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        number = os.pread(file, 20, 0).decode() or "unknown"
        raise AnotherRuns(
            f"process {number} serves {database} already; "
            "SQLite takes one process, for several replicas use PostgreSQL"
        ) from held
