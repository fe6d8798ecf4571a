"""Files as people send them, and as those send them who mean no good; each made in memory."""

import io
import struct
import zlib

from PIL import Image


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a real picture made by a real encoder."""
    file = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, kind)
    return file.getvalue()


def pdf(*objects: bytes, tail: bytes = b"") -> bytes:
    """Return a PDF of one empty page with further objects in it."""
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        *objects,
    )
    data = b"%PDF-1.7\n"
    for number, body in enumerate(bodies, 1):
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(data)
    return data + b"xref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % at + tail


def packed(content: bytes, *, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    """Return an object stream."""
    data = zlib.compress(content)
    head = b"<</Type/ObjStm/N 1/First 4/Length %d/Filter%s%s>>" % (len(data), filters, more)
    return head + b"stream\n" + data + b"\nendstream"


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a part of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int) -> bytes:
    """Return a PNG that says to be so large and is tiny."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )


def jpeg_of(width: int, height: int) -> bytes:
    """Return a JPEG that says to be so large and is tiny."""
    data = picture("JPEG")
    at = data.index(b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def box(kind: bytes, body: bytes) -> bytes:
    """Return a part of a HEIC."""
    return struct.pack(">I", 8 + len(body)) + kind + body


def heic(width: int = 4032, height: int = 3024, brand: bytes = b"heic") -> bytes:
    """Return the skeleton of a photo as phones make it."""
    ispe = box(b"ispe", struct.pack(">III", 0, width, height))
    thumb = box(b"ispe", struct.pack(">III", 0, 320, 240))
    meta = box(b"meta", b"\0" * 4 + box(b"iprp", box(b"ipco", thumb + ispe)))
    return box(b"ftyp", brand + b"\0" * 4 + b"mif1" + brand) + meta + box(b"mdat", b"x" * 64)


def zipped() -> bytes:
    """Return an archive."""
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("passport.pdf", b"not one")
    return file.getvalue()
