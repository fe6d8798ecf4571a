"""The home of papers: what a person hands in to become, or to stay, a partner."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

PAPER_BYTES_MAX: Final = 20 * 1024 * 1024
"""Of one file: Telegram hands over no larger ones."""
DOSSIER_BYTES_MAX: Final = 200 * 1024 * 1024
"""Of all present papers of a dossier."""
PAGES_MAX: Final = 20
"""Files of one kind: an album has ten, and a long contract comes in two albums."""
PIXELS_MAX: Final = 120_000_000
"""Of one picture: no phone makes larger ones, and a viewer needs four bytes for each."""
SIDE_MAX: Final = 30_000
"""Pixels of one side of a picture."""
NAME_LENGTH_MAX: Final = 120


class MediaType(StrEnum):
    """What a paper may be, told by its content."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"

    @property
    def extension(self) -> str:
        """How the name of such a file ends, with the dot."""
        return _EXTENSIONS[self]


_EXTENSIONS: Final = {
    MediaType.PDF: ".pdf",
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.HEIC: ".heic",
}


class PaperTrouble(StrEnum):
    """Why a file cannot be a paper."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNKNOWN = "unknown"
    PROGRAM = "program"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    CUT_OFF = "cut_off"
    LOCKED = "locked"
    ACTIVE = "active"
    BOMB = "bomb"
    MIXED = "mixed"
    TOO_MANY_PIXELS = "too_many_pixels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All papers of one applicant or partner, under one key of its own.

    Attributes:
        id: Our id.
        owner_id: Telegram user id of whoever opened it.
        created_at: When.
        touched_at: When a paper was last handed in.
        closed_at: When its owner ended or was rejected; the time of keeping runs from then.
        erased_at: When its key was destroyed: from then on nobody can read its papers.
    """

    id: int
    owner_id: int
    created_at: datetime
    touched_at: datetime
    closed_at: datetime | None = None
    erased_at: datetime | None = None


LINK_LASTS: Final = timedelta(minutes=10)
"""How long a link to a paper can be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLink:
    """One look at a paper in a browser, for one member of the staff.

    Attributes:
        id: Our id.
        paper_id: Which paper.
        person_id: Telegram user id of whoever asked for it.
        token_hash: Of what stands in the address; the token itself is kept nowhere.
        made_at: When.
        expires_at: From then on it is void.
        used_at: When the paper was shown, ``None`` before.
    """

    id: int
    paper_id: int
    person_id: int
    token_hash: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file. A paper of several pages is several of these of one kind, in order of ``page``.

    Attributes:
        id: Our id; the file in the folder is named by it.
        dossier_id: Where it belongs.
        kind: What it is, such as ``passport``; the program's word.
        page: Its place among the files of its kind, from 1.
        name: The name that the sender's device gave it: hostile text; may be empty.
        media_type: By its content.
        size_bytes: Of the content.
        sha256: Of the content, hexadecimal; the same content twice in a kind is one paper.
        stored_by: Telegram user id of the sender.
        stored_at: When.
        replaced_at: When others took its place, or ``None``.
        deleted_at: When it was taken away, or ``None``.
    """

    id: int
    dossier_id: int
    kind: str
    page: int
    name: str
    media_type: MediaType
    size_bytes: int
    sha256: str
    stored_by: int
    stored_at: datetime
    replaced_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def is_present(self) -> bool:
        """Whether it still counts."""
        return self.replaced_at is None and self.deleted_at is None


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A paper with its content, for one pair of eyes."""

    paper: Paper
    data: bytes = field(repr=False)
