"""The home of the bytes of papers: one encrypted file each, whole or not there at all."""

import asyncio
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ports.papers import PapersUnavailable

_VERSION = b"\x01"
_NONCE_BYTES = 12
_SUFFIX = ".paper"
_PART = ".part"


class PaperFolder:
    """A folder that only this product reads.

    - A file has version, nonce and AES-256-GCM of the bytes under its dossier's key; the paper's
      id is bound to it, so that no file passes for another.
    - It is written beside, flushed to the disk, then renamed: there is no half file. The folder
      is flushed too, so that the name outlives a power cut.
    """

    def __init__(self, folder: Path) -> None:
        """Keep files here; the folder is made when the first one comes."""
        self._folder = folder

    async def write(self, paper_id: int, data: bytes, *, key: bytes) -> None:
        """Encrypt and keep a paper's bytes; when this returns, a power cut loses nothing."""
        try:
            await asyncio.to_thread(self._write, paper_id, data, key)
        except OSError as error:
            raise PapersUnavailable(paper=paper_id) from error

    async def read(self, paper_id: int, *, key: bytes) -> bytes:
        """Return a paper's bytes."""
        try:
            return await asyncio.to_thread(self._read, paper_id, key)
        except (OSError, InvalidTag) as error:
            raise PapersUnavailable(paper=paper_id) from error

    async def remove(self, paper_ids: Iterable[int]) -> int:
        """Remove files; return how many were there."""
        return await asyncio.to_thread(self._remove, list(paper_ids))

    async def written_before(self, moment: datetime) -> Sequence[int]:
        """Return ids of all files that are older; half files that old are removed on the way."""
        return await asyncio.to_thread(self._written_before, moment)

    def _path(self, paper_id: int) -> Path:
        return self._folder / f"{paper_id}{_SUFFIX}"

    def _write(self, paper_id: int, data: bytes, key: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, data, _bound_to(paper_id))
        handle, part = tempfile.mkstemp(suffix=_PART, dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_VERSION + nonce)
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(self._path(paper_id))
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise
        self._flush_folder()

    def _flush_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _read(self, paper_id: int, key: bytes) -> bytes:
        stored = self._path(paper_id).read_bytes()
        nonce = stored[1 : 1 + _NONCE_BYTES]
        if stored[:1] != _VERSION or len(nonce) < _NONCE_BYTES:
            raise InvalidTag
        return AESGCM(key).decrypt(nonce, stored[1 + _NONCE_BYTES :], _bound_to(paper_id))

    def _remove(self, paper_ids: Sequence[int]) -> int:
        removed = 0
        for paper_id in paper_ids:
            with suppress(FileNotFoundError):
                self._path(paper_id).unlink()
                removed += 1
        return removed

    def _written_before(self, moment: datetime) -> list[int]:
        found: list[int] = []
        if not self._folder.is_dir():
            return found
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                if written >= moment:
                    continue
                if path.suffix == _PART:
                    path.unlink()
                elif path.suffix == _SUFFIX and path.stem.isdecimal():
                    found.append(int(path.stem))
        return found


def _bound_to(paper_id: int) -> bytes:
    return f"paper:{paper_id}".encode()
