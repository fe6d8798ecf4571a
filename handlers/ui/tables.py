"""The home of table files: CSV and XLSX, written row by row, safe to open in a spreadsheet.

A text can never become a formula there, whoever wrote it; a number stays a number. Memory stays
flat: a row is on its way to the disk as soon as it is added.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Protocol, TypeAlias

Cell: TypeAlias = str | int | Decimal | datetime | date | None
"""A text is anybody's; a number, a day and an aware instant are the product's own."""
FORMATS = ("xlsx", "csv")

TEXT_LENGTH_MAX = 32_000
"""A spreadsheet's cell ends at 32 767 characters."""
SHEET_ROWS_MAX = 1_048_575
"""Rows under the headings of one sheet; what comes after goes into the next."""
_STARTERS = frozenset("=+-@|%")
# What looks like a sign of a formula, and what some spreadsheet reads as one; compatibility
# forms (full width, small, superscript) need no mention, NFKC turns them into plain ones.
_LOOK_ALIKE = frozenset(
    "\u02d7\u02d6\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2052\u207a\u207b\u207c\u208a\u208b"
    "\u208c\u2212\u2213\u2248\u2260\u2261\u229d\u2295\u2296\u2795\u2796\u2a75\u2a76\u2e3a\u2e3b"
    "\u2e40\ua78a\ua4ff\u1400\u1427\u05be\u06d4\u1806\u2cba"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "Me"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs by their category, but nothing is seen of them."""


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, on one line.

    A text that begins with a sign of a formula, in whatever disguise and behind whatever cannot
    be seen, gets an apostrophe in front, which spreadsheets read as: this is text. So does what
    stands behind a semicolon: it ends a cell wherever the comma is for decimals.
    """
    kept = "".join(
        " " if sign.isspace() else sign
        for sign in text[:TEXT_LENGTH_MAX]
        if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}
    ).strip()
    return ";".join(f"'{part}" if _begins_a_formula(part) else part for part in kept.split(";"))


def _begins_a_formula(text: str) -> bool:
    for sign in text:
        if unicodedata.category(sign) in _UNSEEN or sign in _FILLERS:
            continue
        plain = unicodedata.normalize("NFKC", sign)[:1]
        return plain in _STARTERS or sign in _LOOK_ALIKE
    return False


class TableFile(Protocol):
    """A file that rows are added to; not for the event loop, it writes to the disk."""

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows, each with one cell for each heading."""
        ...

    def close(self) -> None:
        """Finish the file; only now it is whole."""
        ...


def open_table(path: Path, headings: Sequence[str], *, sheet: str, zone: tzinfo) -> TableFile:
    """Return a table file of the kind that the path's suffix names.

    Args:
        path: Ends in ``.csv`` or ``.xlsx``; a file that is there is replaced.
        headings: Names of the columns in the reader's language.
        sheet: Name of the sheet in the reader's language; CSV has none.
        zone: Time zone in which instants are written.

    Raises:
        ValueError: the suffix is another one.
    """
    if path.suffix.lower() == ".csv":
        return _CsvFile(path, headings, zone)
    if path.suffix.lower() == ".xlsx":
        # Imported here, because most processes never write a spreadsheet.
        from handlers.ui.spreadsheets import XlsxFile

        return XlsxFile(path, headings, sheet=sheet, zone=zone)
    raise ValueError(f"tables are written as {' or '.join(FORMATS)}, not {path.suffix!r}")


class _CsvFile:
    """UTF-8 with a byte order mark, commas, every text in quotes."""

    def __init__(self, path: Path, headings: Sequence[str], zone: tzinfo) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_NONNUMERIC)
        self._zone = zone
        self._writer.writerow(map(safe_text, headings))

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._writer.writerows([self._written(cell) for cell in row] for row in rows)

    def close(self) -> None:
        self._file.close()

    def _written(self, cell: Cell) -> str | int | Decimal:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return safe_text(cell)
        if isinstance(cell, datetime):
            return f"{cell.astimezone(self._zone):%Y-%m-%d %H:%M:%S}"
        if isinstance(cell, date):
            return cell.isoformat()
        return cell
