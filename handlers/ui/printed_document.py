"""The home of drawing documents: an act or an invoice on A4, as many pages as it needs."""

from handlers.ui.printed import PrintedDocument, Side
from handlers.ui.printed_sheet import ACCENT, FADED, HAIR, INK, PALE, Sheet

MARGIN = 18.0
BOTTOM = 20.0
GAP = 8.0
QR_SIDE = 31.0
TEXT = 9.5
SMALL = 8.0
ROW_PADDING = 1.5
LINE = TEXT * 0.47
FIRST_FIGURE = 2
"""Columns from this one on stand to the right."""
LABEL_SHARE = 0.34
"""Of a side: how much of its width the labels may take."""


class _Document(Sheet):
    """A sheet with the foot that every page of a document has."""

    def __init__(self, printed: PrintedDocument) -> None:
        """Begin the file."""
        super().__init__(
            landscape=False,
            title=printed.title,
            author=printed.author,
            language=printed.language,
            made_at=printed.made_at,
        )
        self.printed = printed
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=BOTTOM)

    @property
    def whole(self) -> float:
        """The width that may be written on."""
        return float(self.epw)

    def footer(self) -> None:
        """Write what stands at the foot of every page."""
        self.set_draw_color(*HAIR)
        self.line(MARGIN, self.h - 14, self.w - MARGIN, self.h - 14)
        self.set_y(-13)
        self.set_font("sans", "", SMALL)
        self.set_text_color(*FADED)
        page = self.printed.page.replace("{page}", str(self.page_no())).replace("{pages}", "{nb}")
        # The library puts the number of pages in later and cannot align to the right by it.
        width = self.get_string_width(page.replace("{nb}", "0")) + 1
        self.cell(self.whole - width, 5, self.printed.title)
        self.cell(width, 5, page)
        self.mark_sample(self.printed.sample)

    def keep_together(self, height: float) -> None:
        """Turn the page if so much does not fit below the pen."""
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page()


def drawn_document(printed: PrintedDocument) -> bytes:
    """Return the document as PDF."""
    sheet = _Document(printed)
    sheet.add_page()
    _head(sheet)
    _sides(sheet)
    _table(sheet)
    _sum(sheet)
    _signatures(sheet)
    return sheet.finished()


def _head(sheet: _Document) -> None:
    printed, top = sheet.printed, MARGIN
    has_code = bool(printed.code)
    width = sheet.whole - (QR_SIDE + GAP if has_code else 0)
    sheet.set_fill_color(*ACCENT)
    sheet.rect(MARGIN, top, 22, 1.2, style="F")
    sheet.set_xy(MARGIN, top + 5)
    sheet.write_in(printed.title, size=21, is_bold=True, width=width, height=9)
    sheet.write_in(printed.date, size=11, colour=FADED, width=width, height=6)
    sheet.set_y(sheet.get_y() + 3)
    for line in printed.lead:
        sheet.write_in(line, size=TEXT, width=width, height=LINE + 0.4)
    bottom = sheet.get_y()
    if has_code:
        left = sheet.w - MARGIN - QR_SIDE
        sheet.qr(printed.code, left, top, QR_SIDE)
        sheet.set_xy(left - 6, top + QR_SIDE + 0.5)
        sheet.write_in(
            printed.code_words, size=7, colour=FADED, width=QR_SIDE + 6, height=3.1, align="R"
        )
        bottom = max(bottom, sheet.get_y())
    sheet.set_xy(MARGIN, bottom + 5)


def _sides(sheet: _Document) -> None:
    top, width = sheet.get_y(), (sheet.whole - GAP) / 2
    ends = [
        _side(sheet, side, MARGIN + position * (width + GAP), top, width)
        for position, side in enumerate(sheet.printed.sides)
    ]
    sheet.set_xy(MARGIN, max(ends) + 6)


def _side(sheet: _Document, side: Side, left: float, top: float, width: float) -> float:
    """Draw the requisites of one side; return where they end."""
    sheet.set_xy(left, top)
    sheet.write_in(side.heading, size=SMALL, is_bold=True, colour=ACCENT, width=width)
    sheet.set_draw_color(*ACCENT)
    sheet.line(left, sheet.get_y() + 0.8, left + width, sheet.get_y() + 0.8)
    sheet.set_draw_color(*HAIR)
    sheet.set_xy(left, sheet.get_y() + 2.2)
    sheet.write_in(side.name or "_" * 38, size=11, is_bold=True, width=width, height=5.2)
    sheet.set_y(sheet.get_y() + 1.2)
    widest = max((sheet.width_of(label, SMALL + 0.5) for label, _ in side.rows), default=0)
    column = min(widest + 3.5, width * LABEL_SHARE) if widest else 0.0
    for label, value in side.rows:
        row = sheet.get_y()
        sheet.set_xy(left, row)
        sheet.write_in(label, size=SMALL + 0.5, colour=FADED, width=column, height=LINE)
        below = sheet.get_y()
        sheet.set_xy(left + column, row)
        sheet.write_in(value, size=TEXT, width=width - column, height=LINE)
        sheet.set_y(max(below, sheet.get_y()) + 0.9)
    return float(sheet.get_y())


def _widths(sheet: _Document) -> list[float]:
    """Return the width of each column: what figures need, and the rest for the words."""
    rows = (sheet.printed.columns, *sheet.printed.rows)
    needs = [
        max(sheet.width_of(row[at], TEXT, bold=True) for row in rows) + 4.5
        for at in range(len(sheet.printed.columns))
    ]
    needs[1] = sheet.whole - sum(needs) + needs[1]
    return needs


def _table(sheet: _Document) -> None:
    widths = _widths(sheet)
    sheet.keep_together(24)
    _table_head(sheet, widths)
    for row in sheet.printed.rows:
        lines = sheet.line_count(row[1], widths[1] - 3, TEXT)
        height = lines * LINE + 2 * ROW_PADDING
        if sheet.get_y() + height > sheet.h - BOTTOM:
            sheet.add_page()
            _table_head(sheet, widths)
        _row(sheet, row, widths, height)


def _table_head(sheet: _Document, widths: list[float]) -> None:
    height = LINE + 2 * ROW_PADDING + 0.6
    sheet.set_fill_color(*PALE)
    sheet.rect(MARGIN, sheet.get_y(), sheet.whole, height, style="F")
    _row(sheet, sheet.printed.columns, widths, height, is_head=True)


def _row(
    sheet: _Document,
    cells: tuple[str, ...],
    widths: list[float],
    height: float,
    *,
    is_head: bool = False,
) -> None:
    top, left = sheet.get_y(), MARGIN
    for position, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        sheet.set_xy(left + 1.5, top + ROW_PADDING + (0.3 if is_head else 0))
        sheet.write_in(
            cell,
            size=SMALL + 0.5 if is_head else TEXT,
            is_bold=is_head,
            colour=FADED if is_head else INK,
            width=width - 3,
            height=LINE,
            align="R" if position >= FIRST_FIGURE else "L",
        )
        left += width
    sheet.set_draw_color(*HAIR)
    sheet.line(MARGIN, top + height, sheet.w - MARGIN, top + height)
    sheet.set_xy(MARGIN, top + height)


def _sum(sheet: _Document) -> None:
    printed = sheet.printed
    sheet.keep_together(34)
    sheet.set_y(sheet.get_y() + 2)
    *lines, last = printed.totals
    for label, value in lines:
        _total(sheet, label, value, TEXT, is_bold=False)
    _total(sheet, *last, 12, is_bold=True)
    sheet.set_xy(MARGIN, sheet.get_y() + 2)
    sheet.write_in(printed.words, size=TEXT + 0.5, width=sheet.whole, height=LINE + 0.6)
    label, purpose = printed.purpose
    if purpose:
        inner = sheet.whole - 8
        height = sheet.line_count(purpose, inner, TEXT + 0.5) * (LINE + 0.6) + 8
        sheet.set_y(sheet.get_y() + 3)
        sheet.keep_together(height)
        top = sheet.get_y()
        sheet.set_fill_color(*PALE)
        sheet.rect(MARGIN, top, sheet.whole, height, style="F")
        sheet.set_fill_color(*ACCENT)
        sheet.rect(MARGIN, top, 1, height, style="F")
        sheet.set_xy(MARGIN + 5, top + 2.2)
        sheet.write_in(label, size=SMALL, colour=FADED, width=inner)
        sheet.write_in(purpose, size=TEXT + 0.5, is_bold=True, width=inner, height=LINE + 0.6)
        sheet.set_y(top + height)
    sheet.set_xy(MARGIN, sheet.get_y() + 3)
    for note in printed.notes:
        sheet.write_in(note, size=SMALL + 0.5, colour=FADED, width=sheet.whole)


def _total(sheet: _Document, label: str, value: str, size: float, *, is_bold: bool) -> None:
    top = sheet.get_y()
    value_width = sheet.width_of(value, size, bold=is_bold) + 3
    sheet.set_xy(MARGIN, top)
    sheet.write_in(
        label,
        size=size,
        is_bold=is_bold,
        width=sheet.whole - value_width - 4,
        align="R",
        height=size * 0.52,
    )
    sheet.set_xy(sheet.w - MARGIN - value_width, top)
    sheet.write_in(
        value, size=size, is_bold=is_bold, width=value_width, align="R", height=size * 0.52
    )
    sheet.set_x(MARGIN)


def _signatures(sheet: _Document) -> None:
    sheet.keep_together(36)
    top, width = sheet.get_y() + 8, (sheet.whole - GAP) / 2
    for position, side in enumerate(sheet.printed.sides):
        left = MARGIN + position * (width + GAP)
        sheet.set_xy(left, top)
        sheet.write_in(side.heading, size=SMALL, is_bold=True, colour=ACCENT, width=width)
        sheet.write_in(side.name, size=TEXT, width=width, height=LINE)
        line = top + 21
        sheet.set_draw_color(*INK)
        sheet.line(left, line, left + width * 0.44, line)
        sheet.line(left + width * 0.5, line, left + width, line)
        sheet.set_draw_color(*HAIR)
        sheet.set_xy(left, line + 0.8)
        sign, name = sheet.printed.signature
        sheet.write_in(sign, size=7, colour=FADED, width=width * 0.44)
        sheet.set_xy(left + width * 0.5, line + 0.8)
        sheet.write_in(name, size=7, colour=FADED, width=width * 0.5)
