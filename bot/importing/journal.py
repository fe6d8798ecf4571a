"""The home of an import's own memory beside the file: what is sorted, how far it is applied."""

import fcntl
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.importing.csv_file import ImportRefused

VERSION = 1
CHUNK_BYTES = 1_048_576


@dataclass(kw_only=True)
class Journal:
    """How far an import is.

    Attributes:
        signature: Of file, kind and database; another one begins anew.
        parts: Sorted parts of the file.
        rows: How many rows they hold.
        done: How many of them are applied.
        last_id: Id of an event that must be in the database if ``done`` is true.
        tally: What came of the rows so far.
        rejected_bytes: How much of FILE.rejected.csv is whole.
    """

    signature: str
    parts: list[str] = field(default_factory=list)
    rows: int = 0
    done: int = 0
    last_id: str = ""
    tally: Counter[str] = field(default_factory=Counter)
    rejected_bytes: int = 0

    def save(self, folder: Path) -> None:
        """Keep it, whole or not at all."""
        fresh = folder / "journal.new"
        fresh.write_text(json.dumps(vars(self)), encoding="utf-8")
        fresh.replace(folder / "journal.json")

    @classmethod
    def load(cls, folder: Path, signature: str) -> "Journal | None":
        """Return what an earlier run left behind for the same work."""
        try:
            kept = json.loads((folder / "journal.json").read_text(encoding="utf-8"))
            journal = cls(**{**kept, "tally": Counter(kept["tally"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        is_whole = all((folder / name).is_file() for name in journal.parts)
        return journal if journal.signature == signature and is_whole else None


def signature_of(path: Path, *about: str, on_bytes: Callable[[int], None]) -> str:
    """Return what tells this work from any other: content of the file and what is done to it."""
    digest = hashlib.sha256("\n".join((str(VERSION), *about)).encode())
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
                on_bytes(file.tell())
    except OSError as error:
        raise ImportRefused(f"cannot read {path}: {error.strerror}") from None
    return digest.hexdigest()


@contextmanager
def work_folder(path: Path) -> Iterator[Path]:
    """Hold FILE.importing for this process; it stays when the work is interrupted.

    Raises:
        ImportRefused: another process imports the same file, or nothing can be written there.
    """
    folder = Path(f"{path}.importing")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise ImportRefused(f"cannot write beside the file, {folder}: {error.strerror}") from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ImportRefused(f"{path.name} is being imported by another process") from None
        try:
            yield folder
        except ImportRefused:
            # Nothing was applied: nothing is to be gone on with.
            shutil.rmtree(folder)
            raise
        shutil.rmtree(folder)
    finally:
        os.close(lock)


def empty(folder: Path) -> None:
    """Take away what an earlier, other work left behind."""
    for entry in folder.iterdir():
        if entry.name != "lock":
            entry.unlink()
