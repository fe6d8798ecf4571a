"""The home of a printed sheet: fonts, colours, QR codes and what every file of ours has.

Only the process that draws imports it: the libraries are heavy.
"""

import io
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import qrcode
from fpdf import FPDF
from qrcode.constants import ERROR_CORRECT_M

INK = (24, 33, 51)
"""The colour of text."""
FADED = (101, 112, 133)
ACCENT = (31, 78, 140)
HAIR = (201, 208, 219)
PALE = (241, 244, 249)
SANS, SERIF, SPARE = "sans", "serif", "spare"
PNG_PIXELS_PER_POINT = 2.0
_FONTS = (
    (SANS, "", "font_source_sans_pro", "files/SourceSansPro-Regular.ttf"),
    (SANS, "B", "font_source_sans_pro", "files/SourceSansPro-Semibold.ttf"),
    (SERIF, "", "font_source_serif_pro", "files/SourceSerifPro-Regular.ttf"),
    (SERIF, "B", "font_source_serif_pro", "files/SourceSerifPro-Bold.ttf"),
    # Draws the signs of other scripts that a name may have.
    (SPARE, "", "matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
)
_QUIET_MODULES = 2


@cache
def _file_of(package: str, path: str) -> Path:
    """Return a file of an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(package)
    return Path(spec.submodule_search_locations[0]) / path


class Sheet(FPDF):
    """A PDF with our fonts, whose bytes depend on nothing but what is drawn on it."""

    def __init__(
        self, *, landscape: bool, title: str, author: str, language: str, made_at: str
    ) -> None:
        """Begin a file on A4."""
        super().__init__(orientation="L" if landscape else "P", unit="mm", format="A4")
        self.set_creation_date(datetime.fromisoformat(made_at))
        self.set_title(title)
        self.set_author(author)
        self.set_creator("Partner Bot")
        self.set_producer("Partner Bot")
        self.set_lang(language)
        self.set_display_mode("fullpage")
        for family, style, package, path in _FONTS:
            self.add_font(family, style, _file_of(package, path))
        self.set_fallback_fonts([SPARE], exact_match=False)
        self.set_text_color(*INK)
        self.set_draw_color(*HAIR)
        self.set_line_width(0.2)
        self.c_margin = 0

    def write_in(  # noqa: PLR0913 - a text has so many sides
        self,
        text: str,
        *,
        size: float,
        family: str = SANS,
        is_bold: bool = False,
        colour: tuple[int, int, int] = INK,
        width: float = 0,
        height: float | None = None,
        align: str = "L",
    ) -> None:
        """Write lines from where the pen is, broken at the width; the pen goes below."""
        self.set_font(family, "B" if is_bold else "", size)
        self.set_text_color(*colour)
        height = height or size * 0.47
        left = self.get_x()
        self.multi_cell(width, height, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.set_x(left)

    def width_of(self, text: str, size: float, *, family: str = SANS, bold: bool = False) -> float:
        """Return how wide a line of text is."""
        self.set_font(family, "B" if bold else "", size)
        return float(self.get_string_width(text))

    def line_count(self, text: str, width: float, size: float, *, bold: bool = False) -> int:
        """Return in how many lines a text breaks."""
        self.set_font(SANS, "B" if bold else "", size)
        found = self.multi_cell(width, size * 0.47, text, dry_run=True, output="LINES")
        return max(1, len(found)) if isinstance(found, list) else 1

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        """Draw a QR code as squares, so that it is sharp at every size."""
        code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET_MODULES)
        code.add_data(text)
        code.make(fit=True)
        matrix = code.get_matrix()
        step = side / len(matrix)
        self.set_fill_color(*INK)
        for top, row in enumerate(matrix):
            left = 0
            while left < len(row):
                run = left
                while run < len(row) and row[run]:
                    run += 1
                if run > left:
                    # A hair wider than the module, or viewers show white seams.
                    width = (run - left) * step + 0.01
                    self.rect(x + left * step, y + top * step, width, step + 0.01, style="F")
                left = run + 1

    def mark_sample(self, word: str) -> None:
        """Write a word across the page."""
        if not word:
            return
        middle_x, middle_y = self.w / 2, self.h / 2
        with self.local_context(fill_opacity=0.12), self.rotation(35, middle_x, middle_y):
            self.set_font(SANS, "B", 96)
            self.set_text_color(*ACCENT)
            self.text(middle_x - self.get_string_width(word) / 2, middle_y + 12, word)

    def finished(self) -> bytes:
        """Return the file."""
        return bytes(self.output())


def picture_of(content: bytes) -> bytes:
    """Return the first page of a PDF as PNG."""
    document = pypdfium2.PdfDocument(content)
    try:
        picture = document[0].render(scale=PNG_PIXELS_PER_POINT).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.convert("RGB").quantize(96).save(out, "PNG", optimize=True)
    return out.getvalue()
