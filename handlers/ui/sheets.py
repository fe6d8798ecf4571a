"""The home of tables as files: CSV and XLSX that no spreadsheet program takes for formulas."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet program calculates a cell that begins with one of these."""
BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8."""

Table = Sequence[Sequence[str]]


def harmless(cell: str) -> str:
    """Return the cell so that it is text and nothing else."""
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_ACTIVE) else text


def csv_file(rows: Table) -> bytes:
    """Return the rows as CSV, UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def xlsx_file(rows: Table, *, widths: Sequence[int] = ()) -> bytes:
    """Return the rows as a workbook of one sheet; every cell is text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(
                    number, column, cell.replace("\0", ""), None if number else head
                )
        sheet.freeze_panes(1, 0)
    return out.getvalue()
