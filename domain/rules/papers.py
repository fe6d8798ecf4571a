"""The home of what may be handed in: a file is judged by its content, never by its name."""

import struct
from collections.abc import Callable
from typing import Final

from domain.entities.paper import PAPER_BYTES_MAX, MediaType, PaperTrouble
from domain.rules.paper_pdf import check_pdf
from domain.rules.paper_pictures import check_heic, check_jpeg, check_png

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_BLANKS: Final = b"\xef\xbb\xbf \t\r\n\0"
_PDF_HEAD: Final = 1024
"""How far from the beginning readers of PDF look for its mark."""
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_ARCHIVES: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
)
"""The last one is an office document of old; those of today are archives."""
_PAGES: Final = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<body", b"<head")
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_END_BYTES: Final = 22
_ZIP_COMMENT_MAX: Final = 65_535


def judge(data: bytes) -> MediaType | PaperTrouble:
    """Return what a file is, or why it cannot be a paper.

    A file has to be whole, exactly one thing, and nothing that runs: what a viewer may take for
    something else is refused, whatever it says that it is.
    """
    if not data.strip(b"\0"):
        return PaperTrouble.EMPTY
    if len(data) > PAPER_BYTES_MAX:
        return PaperTrouble.TOO_BIG
    media_type = _kind(data)
    if isinstance(media_type, PaperTrouble):
        return media_type
    if _is_mixed(data, media_type):
        return PaperTrouble.MIXED
    return _CHECKS[media_type](data) or media_type


def _kind(data: bytes) -> MediaType | PaperTrouble:
    head = data[:_PDF_HEAD]
    if head.lstrip(_BLANKS).startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(_PNG):
        return MediaType.PNG
    if head[4:8] == b"ftyp":
        return MediaType.HEIC
    return _foreign(head)


def _foreign(head: bytes) -> PaperTrouble:
    """Return what to call a file that is no paper."""
    if b"%PDF-" in head:
        return PaperTrouble.MIXED
    if head.startswith(_PROGRAMS):
        return PaperTrouble.PROGRAM
    if head.startswith(_ARCHIVES):
        return PaperTrouble.ARCHIVE
    if head.lstrip(_BLANKS).lower().startswith(_PAGES):
        return PaperTrouble.WEB_PAGE
    return PaperTrouble.UNKNOWN


def _is_mixed(data: bytes, media_type: MediaType) -> bool:
    """Test if readers of PDF or of archives take the file for theirs."""
    if media_type is not MediaType.PDF and b"%PDF-" in data[:_PDF_HEAD]:
        return True
    tail = data[-(_ZIP_END_BYTES + _ZIP_COMMENT_MAX) :]
    at = tail.rfind(_ZIP_END)
    while at >= 0:
        end = tail[at : at + _ZIP_END_BYTES]
        if len(end) == _ZIP_END_BYTES:
            (comment,) = struct.unpack_from("<H", end, 20)
            if at + _ZIP_END_BYTES + comment <= len(tail) and not any(end[4:8]):
                return True
        at = tail.rfind(_ZIP_END, 0, at)
    return False


_CHECKS: Final[dict[MediaType, Callable[[bytes], PaperTrouble | None]]] = {
    MediaType.PDF: check_pdf,
    MediaType.JPEG: check_jpeg,
    MediaType.PNG: check_png,
    MediaType.HEIC: check_heic,
}
