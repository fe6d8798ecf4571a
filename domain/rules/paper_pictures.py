"""The home of judging pictures: whole, of a sane size, and nothing behind them."""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from domain.entities.paper import PIXELS_MAX, SIDE_MAX, PaperTrouble

_PNG_HEAD: Final = 8
_CHUNK_AROUND: Final = 12
_SOF: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SOS, _EOI = 0xDA, 0xD9
_LONELY: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of JPEG that nothing follows."""
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_SEGMENTS_MAX: Final = 100_000
_BOX_HEAD, _LARGE_BOX_HEAD = 8, 16
_CONTAINERS: Final = {b"meta": 4, b"iprp": 0, b"ipco": 0}
"""Boxes with boxes inside, and what stands before those."""
_DEPTH_MAX: Final = 4


def _size_trouble(width: int, height: int) -> PaperTrouble | None:
    if not width or not height:
        return PaperTrouble.CUT_OFF
    if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
        return PaperTrouble.TOO_MANY_PIXELS
    return None


def check_png(data: bytes) -> PaperTrouble | None:
    """Return why a PNG cannot be a paper, ``None`` if it can."""
    kinds: set[bytes] = set()
    at, size = _PNG_HEAD, (0, 0)
    while b"IEND" not in kinds:
        if at + _CHUNK_AROUND > len(data):
            return PaperTrouble.CUT_OFF
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(data):
            return PaperTrouble.CUT_OFF
        (checksum,) = struct.unpack_from(">I", data, end)
        if zlib.crc32(memoryview(data)[at + 4 : end]) != checksum:
            return PaperTrouble.CUT_OFF
        if not kinds:
            if kind != b"IHDR" or length != 13:  # noqa: PLR2004 - its only length
                return PaperTrouble.CUT_OFF
            size = struct.unpack_from(">II", data, at + 8)
        kinds.add(kind)
        at = end + 4
    if b"IDAT" not in kinds:
        return PaperTrouble.CUT_OFF
    if data[at:].strip(b"\0"):
        return PaperTrouble.MIXED
    return _size_trouble(*size)


def check_jpeg(data: bytes) -> PaperTrouble | None:
    """Return why a JPEG cannot be a paper, ``None`` if it can."""
    size, end = (0, 0), None
    for marker, at in islice(_segments(data), _SEGMENTS_MAX):
        if marker in _SOF and at + 7 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 3)
            size = max(size, (width, height), key=lambda each: each[0] * each[1])
        elif marker == _EOI:
            end = at
    if end is None:
        return PaperTrouble.CUT_OFF
    if not _may_follow(data[end:]):
        return PaperTrouble.MIXED
    return _size_trouble(*size)


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers of a JPEG with what follows each, to its end or to where it breaks off."""
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - how a marker begins
        marker, at = data[at + 1], at + 2
        if marker == 0xFF:  # noqa: PLR2004 - a byte that fills
            at -= 1
            continue
        yield marker, at
        if marker == _EOI:
            return
        if marker in _LONELY:
            continue
        if at + 2 > len(data):
            return
        at += struct.unpack_from(">H", data, at)[0]
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, at)
            if following is None:
                return
            at = following.start()


def _may_follow(tail: bytes) -> bool:
    """Test if this is what phones put behind a photo: another photo, a film, their own notes."""
    bare = tail.strip(b"\0")
    return (
        not bare
        or bare.startswith(b"\xff\xd8\xff")
        or tail[4:8] == b"ftyp"
        or bare.endswith(b"SEFT")
    )


def check_heic(data: bytes) -> PaperTrouble | None:
    """Return why a HEIC picture cannot be a paper, ``None`` if it can."""
    (length,) = struct.unpack_from(">I", data, 0)
    brands = data[8:12] + data[16 : min(length, 256)]
    if not _HEIC_BRANDS & {brands[at : at + 4] for at in range(0, len(brands), 4)}:
        return PaperTrouble.UNKNOWN
    sizes: list[tuple[int, int]] = []
    kinds: set[bytes] = set()
    try:
        for kind, begin, _ in _boxes(data, 0, len(data)):
            kinds.add(kind)
            if kind == b"ispe":
                sizes.append(struct.unpack_from(">II", data, begin + 4))
    except (_Broken, struct.error):
        return PaperTrouble.CUT_OFF
    if not sizes or not {b"mdat", b"idat"} & kinds:
        return PaperTrouble.CUT_OFF
    return _size_trouble(*max(sizes, key=lambda size: size[0] * size[1]))


class _Broken(Exception):
    """A box goes beyond what holds it."""


def _boxes(data: bytes, at: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, beginning and end of each box, and of the boxes in those that lead to sizes."""
    while at < end:
        if at + _BOX_HEAD > end:
            raise _Broken
        (length,) = struct.unpack_from(">I", data, at)
        kind, head = data[at + 4 : at + 8], _BOX_HEAD
        if length == 1:
            (length,), head = struct.unpack_from(">Q", data, at + 8), _LARGE_BOX_HEAD
        elif length == 0:
            length = end - at
        if length < head or at + length > end or not kind.isascii():
            raise _Broken
        yield kind, at + head, at + length
        if kind in _CONTAINERS and depth < _DEPTH_MAX:
            yield from _boxes(data, at + head + _CONTAINERS[kind], at + length, depth + 1)
        at += length
