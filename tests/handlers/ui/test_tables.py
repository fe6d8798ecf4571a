"""Table files: nothing in them is a formula, numbers are numbers, and memory stays flat."""

import csv
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from handlers.ui.tables import FORMATS, Cell, open_table, safe_text

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\u00ad+1",
    "\x00=1",
    "\u2800=1",
    "\u3164=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫A1",
    "⁼1",
    "⁺1",
    "₋1",
    "−1+1",
    "–1+1",
    "—1",
    "➕1",
    "➖1",
    "|cmd",
    "%0A=1",
    "\u0301=1",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
)
SIGNS = "=+-@\t\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize(
    "text",
    [
        "Ivan",
        "Ольга",
        "ivan@example.com",
        "a=b",
        "50%",
        "(1)",
        "№ 5",
        "",
        "日本",
        "😀 ok",
        '"Ромашка"',
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


def test_a_text_has_one_line_and_no_control_signs() -> None:
    assert safe_text("  a\r\nb\tc\x07\x00d\ud800 ") == "a  b cd"


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert not any(part.lstrip().startswith(tuple(SIGNS)) for part in safe.split(";"))
    assert safe_text(safe) == safe
    assert "\n" not in safe
    assert "\r" not in safe


def write(path: Path, *rows: tuple[Cell, ...], headings: tuple[str, ...] = ("A", "B")) -> None:
    table = open_table(path, headings, sheet="Платежи: [1]", zone=ZoneInfo("Europe/Sofia"))
    table.add(rows)
    table.close()


def cells(path: Path) -> list[list[object]]:
    """Return the cells as a spreadsheet or a program reads them, without the headings."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)][1:]
    sheet = load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", FORMULAS)
def test_a_file_holds_no_formula(tmp_path: Path, form: str, text: str) -> None:
    path = tmp_path / f"table.{form}"
    write(path, (text, f"x;{text}"), headings=(text, "B"))
    for row in cells(path):
        assert not str(row[0]).startswith(tuple(SIGNS))
    if form == "xlsx":
        kinds = {cell.data_type for row in load_workbook(path).active.iter_rows() for cell in row}
        assert kinds == {"s"}
        with zipfile.ZipFile(path) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    else:
        # In many countries the semicolon ends a cell, and the quotes of a comma say nothing.
        with path.open(encoding="utf-8-sig", newline="") as file:
            others = [cell for row in csv.reader(file, delimiter=";") for cell in row]
        assert [cell for cell in others if cell.startswith(tuple(SIGNS))] == []


def test_csv_says_its_encoding_and_writes_numbers_plainly(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    at = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    write(path, ("Ольга", Decimal("-5.00")), (at, 7), (date(2026, 11, 21), None))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        '"Ольга",-5.00',
        '"2026-11-22 00:30:00",7',
        '"2026-11-21",""',
    ]


def test_a_spreadsheet_keeps_numbers_and_instants(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    at = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    write(path, ("Ольга", Decimal("-5.10")), (at, 7), ("007", "1e5"))
    book = load_workbook(path)
    assert book.sheetnames == ["Платежи   1"]
    assert book.worksheets[0].freeze_panes == "A2"
    assert cells(path) == [["Ольга", -5.1], [datetime(2026, 11, 22, 0, 30), 7], ["007", "1e5"]]  # noqa: DTZ001


def test_rows_beyond_a_sheet_go_into_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handlers.ui import spreadsheets

    monkeypatch.setattr(spreadsheets, "SHEET_ROWS_MAX", 3)
    path = tmp_path / "table.xlsx"
    write(path, *((n, n) for n in range(7)))
    sheets = load_workbook(path).worksheets
    assert [sheet.max_row for sheet in sheets] == [4, 4, 2]
    assert {sheet["A1"].value for sheet in sheets} == {"A"}


@pytest.mark.parametrize("form", FORMATS)
def test_memory_stays_flat(tmp_path: Path, form: str) -> None:
    table = open_table(tmp_path / f"table.{form}", ("A",), sheet="1", zone=UTC)
    table.add([("warm",)])
    tracemalloc.start()
    for chunk in range(10):
        table.add((f"{chunk}-{n}" * 20,) for n in range(500))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    table.close()
    assert peak < 1_000_000


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xlsx or csv"):
        open_table(tmp_path / "table.ods", ("A",), sheet="1", zone=UTC)
