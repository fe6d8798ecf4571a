"""The home of the ports of papers: what is known of them, and their encrypted bytes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.entities.paper import Dossier, Paper, PaperLink
from domain.errors import DomainError


class PapersUnavailable(DomainError):
    """The folder of papers does not give what it should now; nothing was changed."""

    code = "papers_unavailable"


class Papers(Protocol):
    """Dossiers and what is known of their papers; the bytes lie elsewhere."""

    async def open(self, dossier: Dossier) -> None:
        """Keep a new dossier, and make a random key for it."""
        ...

    async def dossier(self, dossier_id: int, *, lock: bool = False) -> Dossier | None:
        """Return a dossier; with ``lock`` nobody else changes its papers meanwhile."""
        ...

    async def owned_by(self, person_id: int) -> Sequence[Dossier]:
        """Return the dossiers that a person opened and that are not erased, oldest first."""
        ...

    async def data_key(self, dossier_id: int) -> bytes | None:
        """Return the key that the dossier's bytes are encrypted with, ``None`` if it is gone."""
        ...

    async def add(self, paper: Paper) -> None:
        """Keep a new paper, whose bytes are written already."""
        ...

    async def get(self, paper_id: int) -> Paper | None:
        """Return a paper of a dossier that is not erased, present or not."""
        ...

    async def present(self, dossier_id: int, kind: str | None = None) -> Sequence[Paper]:
        """Return the papers that count, of one kind or all, by kind and page."""
        ...

    async def end(self, paper_ids: Collection[int], *, at: datetime, replaced: bool) -> None:
        """Keep that papers were replaced, or else taken away; what ended before stays so."""
        ...

    async def close(self, dossier_id: int, *, at: datetime | None) -> None:
        """Keep since when the owner is nobody here any more, ``None`` if it came back."""
        ...

    async def close_ended(self, *, at: datetime) -> int:
        """Close the dossiers of partners that take part in nothing, reopen those that do again.

        Returns:
            How many were closed.
        """
        ...

    async def overdue(self, *, before: datetime, limit: int) -> Sequence[int]:
        """Return dossiers closed before then, or of no partner and untouched since before then."""
        ...

    async def has_partner(self, dossier_id: int) -> bool:
        """Test if the dossier belongs to a partner."""
        ...

    async def erase(self, dossier_id: int, *, at: datetime) -> Sequence[int]:
        """Destroy the key, and what tells of the papers; return ids of the files to remove."""
        ...

    async def standing(self, paper_ids: Iterable[int]) -> Mapping[int, bool]:
        """Return of those of these that are known whether they count."""
        ...

    async def add_link(self, link: PaperLink) -> None:
        """Keep a link to a paper."""
        ...

    async def link(self, token_hash: str) -> PaperLink | None:
        """Return a link by the hash of its token."""
        ...

    async def use_link(self, link_id: int, *, at: datetime) -> bool:
        """Keep that the paper was shown; ``False`` where somebody was faster."""
        ...

    async def drop_links(self, *, before: datetime) -> None:
        """Delete links that could last be opened before then."""
        ...


class PaperFiles(Protocol):
    """Encrypted bytes of papers, one file for each; what no row names is removed in time."""

    async def write(self, paper_id: int, data: bytes, *, key: bytes) -> None:
        """Encrypt and keep a paper's bytes; when this returns, a power cut loses nothing.

        Raises:
            PapersUnavailable: they could not be kept.
        """
        ...

    async def read(self, paper_id: int, *, key: bytes) -> bytes:
        """Return a paper's bytes.

        Raises:
            PapersUnavailable: the file is lost, damaged, or of another key.
        """
        ...

    async def remove(self, paper_ids: Iterable[int]) -> int:
        """Remove files; return how many were there."""
        ...

    async def written_before(self, moment: datetime) -> Sequence[int]:
        """Return ids of all files that are older."""
        ...
