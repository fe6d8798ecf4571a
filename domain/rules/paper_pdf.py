"""The home of judging a PDF: whole, open, and without anything that runs."""

import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Final

from domain.entities.paper import PaperTrouble

UNPACKED_BYTES_MAX: Final = 64 * 1024 * 1024
"""Of all packed objects of a file together; pictures and fonts are no packed objects."""
_TAIL: Final = 1024
_DICTIONARY_MAX: Final = 4096
_PACKS_MAX: Final = 5_000
_CHUNK: Final = 65_536


def _name(text: str) -> bytes:
    """Return the pattern of a name, any sign of which may be written as #hh."""
    signs = "".join(f"(?:{sign}|#{ord(sign):02x}|#{ord(sign):02X})" for sign in text)
    return f"/{signs}(?![A-Za-z0-9#])".encode()


_ACTIVE: Final = re.compile(
    b"|".join(
        map(
            _name,
            (
                "JavaScript",
                "Launch",
                "EmbeddedFile",
                "RichMedia",
                "SubmitForm",
                "ImportData",
                "XFA",
                "Rendition",
            ),
        )
    )
)
"""Names without which nothing in a PDF runs, sends, or carries another file."""
_LOCKED: Final = re.compile(_name("Encrypt") + rb"\s{0,9}(?:\d{1,10}\s{1,9}\d{1,10}\s{1,9}R|<<)")
_PACKED: Final = re.compile(_name("ObjStm"))
_FLATE: Final = re.compile(_name("FlateDecode"))
_FILTER: Final = re.compile(_name("Filter"))
_OTHER_FILTER: Final = re.compile(
    b"|".join(
        map(
            _name,
            (
                "ASCIIHexDecode",
                "ASCII85Decode",
                "LZWDecode",
                "RunLengthDecode",
                "Crypt",
                "Predictor",
            ),
        )
    )
)
_STREAM: Final = re.compile(rb"stream\r?\n")
_OBJECT: Final = re.compile(rb"\d{1,10}\s{1,9}\d{1,10}\s{1,9}obj\b")
_START: Final = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")


def check_pdf(data: bytes) -> PaperTrouble | None:
    """Return why a PDF cannot be a paper, ``None`` if it can."""
    trouble = _check_end(data)
    if trouble:
        return trouble
    if _LOCKED.search(data):
        return PaperTrouble.LOCKED
    try:
        is_active = any(map(_ACTIVE.search, chain([data], _packed_objects(data))))
    except _Bomb:
        return PaperTrouble.BOMB
    except _Hidden:
        return PaperTrouble.ACTIVE
    except zlib.error:
        return PaperTrouble.CUT_OFF
    return PaperTrouble.ACTIVE if is_active else None


def _check_end(data: bytes) -> PaperTrouble | None:
    """Test that the file ends where a PDF ends, and that there is something in it."""
    tail = data[-_TAIL:]
    end = tail.rfind(b"%%EOF")
    if end < 0:
        return PaperTrouble.CUT_OFF
    if tail[end + len(b"%%EOF") :].strip(b"\0\t\r\n\f \x1a"):
        return PaperTrouble.MIXED
    starts = _START.findall(tail)
    if not starts or int(starts[-1]) >= len(data) or not _OBJECT.search(data):
        return PaperTrouble.CUT_OFF
    return None


class _Bomb(Exception):
    """Packed objects unpack to far more than any document has."""


class _Hidden(Exception):
    """Objects are packed in a way that no ordinary program uses, so they were hidden."""


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """Yield the contents of object streams: names may hide there."""
    left = UNPACKED_BYTES_MAX
    for number, found in enumerate(_PACKED.finditer(data)):
        if number >= _PACKS_MAX:
            raise _Bomb
        stream = _STREAM.search(data, found.end(), found.end() + _DICTIONARY_MAX)
        if stream is None:
            continue
        earliest = max(found.start() - _DICTIONARY_MAX, 0)
        begin = max(data.rfind(b"obj", earliest, found.start()), earliest)
        dictionary = data[begin : stream.start()]
        if _OTHER_FILTER.search(dictionary):
            raise _Hidden
        if not _FILTER.search(dictionary):
            continue  # It lies open, so it was searched with the rest.
        if len(_FLATE.findall(dictionary)) != 1:
            raise _Hidden
        unpacked = _unpack(data, stream.end(), left)
        left -= len(unpacked)
        yield unpacked


def _unpack(data: bytes, at: int, left: int) -> bytes:
    """Return what is packed from here on; in small bites, as the rest of the file follows it."""
    unpacking, unpacked = zlib.decompressobj(), bytearray()
    while not unpacking.eof and at < len(data):
        bite = data[at : at + _CHUNK]
        at += len(bite)
        while bite and not unpacking.eof:
            unpacked += unpacking.decompress(bite, left + 1 - len(unpacked))
            if len(unpacked) > left:
                raise _Bomb
            bite = unpacking.unconsumed_tail
    return bytes(unpacked)
