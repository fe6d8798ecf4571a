"""The home of XLSX files; the only module that imports the library that writes them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from handlers.ui.tables import SHEET_ROWS_MAX, Cell, safe_text

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SHEET_NAME_LENGTH_MAX = 31
FORBIDDEN_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
COLUMN_WIDTH_MIN, COLUMN_WIDTH_MAX = 12, 40


class XlsxFile:
    """A spreadsheet with headings that stay in sight; rows go to the disk one by one."""

    def __init__(self, path: Path, headings: Sequence[str], *, sheet: str, zone: tzinfo) -> None:
        """Begin the file."""
        self._book = Workbook(str(path), OPTIONS)
        self._bold = self._book.add_format({"bold": True, "bg_color": "#e8eef7"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._instant = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._headings = [safe_text(heading) for heading in headings]
        self._name = sheet.translate(FORBIDDEN_IN_SHEET_NAMES).strip() or "1"
        self._zone = zone
        self._sheets = 0
        self._sheet = self._begin_sheet()
        self._row = 1

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows."""
        for row in rows:
            if self._row > SHEET_ROWS_MAX:
                self._sheet = self._begin_sheet()
                self._row = 1
            for column, cell in enumerate(row):
                self._write(column, cell)
            self._row += 1

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _begin_sheet(self) -> Worksheet:
        self._sheets += 1
        number = f" {self._sheets}" if self._sheets > 1 else ""
        sheet = self._book.add_worksheet(
            self._name[: SHEET_NAME_LENGTH_MAX - len(number)] + number
        )
        for column, heading in enumerate(self._headings):
            width = min(max(len(heading) + 3, COLUMN_WIDTH_MIN), COLUMN_WIDTH_MAX)
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self._bold)
        sheet.freeze_panes(1, 0)
        return sheet

    def _write(self, column: int, cell: Cell) -> None:
        sheet, row = self._sheet, self._row
        if isinstance(cell, str):
            sheet.write_string(row, column, safe_text(cell))
        elif isinstance(cell, datetime):
            local = cell.astimezone(self._zone).replace(tzinfo=None, microsecond=0)
            sheet.write_datetime(row, column, local, self._instant)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self._day)
        elif isinstance(cell, Decimal | int):
            sheet.write_number(row, column, cell)
