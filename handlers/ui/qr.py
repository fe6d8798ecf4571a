"""The home of QR codes: PNG pictures, drawn off the event loop and kept."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M

SIDE_PX = 900
LOGO_SHARE = 0.22
_DRAWING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="qr")
"""One after another: several threads at once would take the interpreter from the bot in turn."""


async def qr_png(text: str, logo: Path | None = None) -> bytes:
    """Return the QR code of a text as PNG, the vendor's logo in its middle if there is one."""
    return await asyncio.get_running_loop().run_in_executor(_DRAWING, _draw, text, logo)


@lru_cache(maxsize=256)
def _draw(text: str, logo: Path | None) -> bytes:
    # Level H survives the logo, which covers a good twentieth of the picture.
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_H, border=3)
    code.add_data(text)
    code.make(fit=True)
    modules = code.modules_count + 2 * code.border
    code.box_size = max(1, SIDE_PX // modules)
    picture = code.make_image(fill_color="#10243e", back_color="white").get_image().convert("RGB")
    if logo is not None:
        _put_logo(picture, logo)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _put_logo(picture: Image.Image, logo: Path) -> None:
    side = int(picture.width * LOGO_SHARE)
    mark = Image.open(logo).convert("RGBA")
    mark.thumbnail((side, side), Image.Resampling.LANCZOS)
    left, top = (picture.width - mark.width) // 2, (picture.height - mark.height) // 2
    edge = side // 10
    ImageDraw.Draw(picture).rounded_rectangle(
        (left - edge, top - edge, left + mark.width + edge, top + mark.height + edge),
        radius=edge,
        fill="white",
    )
    picture.paste(mark, (left, top), mark)


@lru_cache(maxsize=64)
def qr_path(text: str) -> tuple[int, str]:
    """Return the side of a QR code in modules and the path that draws it, for an SVG of a page."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(text)
    code.make(fit=True)
    drawn = []
    matrix = code.get_matrix()
    for top, row in enumerate(matrix):
        left = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                drawn.append(f"M{left} {top}h{width}v1h-{width}z")
            left += width
    return len(matrix), "".join(drawn)
