"""Rows come out whole, page by page, safe to open, and what an import knows goes in again."""

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands.data_arguments import EXPORT_KINDS
from storage.exports import EXPORTS, pages_of
from tests.conftest import open_test_engines
from tests.data.office import KEY, Office, clients, mend, payment, write_csv
from tests.usecases.app import new_app

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_command_line_knows_every_kind() -> None:
    assert set(EXPORT_KINDS) == set(EXPORTS)


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def beside(file: Path) -> set[str]:
    return {path.name for path in file.parent.glob("out*")}


async def some_life(office: Office, tmp_path: Path) -> None:
    """Let clients come and pay, get something back, and the partner ask for money."""
    rows = clients(office.code, 3)
    rows[1]["name"] = "=HYPERLINK(1); -2"
    rows[2] |= {"referral_code": "", "name": "+380 Shop"}
    columns = [
        row | {"phone": "+380671112233", "telegram_id": 7_340_000_000 + n}
        for n, row in enumerate(rows)
    ]
    await office.imports(write_csv(tmp_path / "c.csv", columns), "clients")
    money = [
        payment(1),
        payment(2, "c2", amount="300.00", currency="EUR", exchange_rate="1.10"),
        payment(3, "c3", amount="5.00"),
    ]
    for row in money:
        row.setdefault("exchange_rate", "")
        row["lines"] = ""
    money.append(
        payment(4, amount="30.00")
        | {
            "exchange_rate": "",
            "lines": json.dumps(
                [{"category": "a", "amount": "10.00"}, {"category": "b", "amount": "20.00"}]
            ),
        }
    )
    await office.imports(write_csv(tmp_path / "p.csv", money), "payments")
    await office.app.refunds("p1", "40.00")


async def test_every_kind_comes_out_in_both_formats(office: Office, tmp_path: Path) -> None:
    await some_life(office, tmp_path)
    for kind in EXPORT_KINDS:
        for ending in ("csv", "xlsx"):
            file = tmp_path / f"out-{kind}.{ending}"
            assert await office.runs("export", kind, "--out", file) == 0, office.said
            assert str(file) in office.said[-1]
        book = load_workbook(tmp_path / f"out-{kind}.xlsx", read_only=True)
        sheet = list(book.worksheets[0].iter_rows(values_only=True))
        assert list(sheet[0]) == list(EXPORTS[kind].columns)
        assert len(sheet) - 1 == len(rows_of(tmp_path / f"out-{kind}.csv"))
        book.close()


async def test_figures_are_exact_and_agree_with_the_books(office: Office, tmp_path: Path) -> None:
    await some_life(office, tmp_path)
    out = tmp_path / "out.csv"
    assert await office.runs("export", "payments", "--out", out) == 0
    assert beside(out) == {"out.csv"}
    found = {row["payment_id"]: row for row in rows_of(out)}
    assert found["p1"]["amount"] == "100.00"
    assert found["p1"]["refunded"] == "40.00"
    assert found["p1"]["partner_code"] == office.code
    assert found["p2"]["exchange_rate"] == "1.1"
    assert found["p3"]["earned_nothing"] == "not_attributed"
    assert json.loads(found["p4"]["lines"])[1] == {"category": "b", "amount": "20.00"}
    assert await office.runs("export", "commissions", "--out", out) == 0
    earned = sum(Decimal(row["amount"]) - Decimal(row["clawed_back"]) for row in rows_of(out))
    assert await office.runs("export", "partners", "--out", out) == 0
    (partner,) = rows_of(out)
    assert Decimal(partner["payable"]) == earned == Decimal(await office.app.owed_to("ann"))
    assert partner["clawed_back"] == "4.00"
    assert await office.runs("export", "postings", "--out", out) == 0
    assert sum(Decimal(row["amount"]) for row in rows_of(out)) == 0


@only_sqlite
async def test_what_came_out_goes_into_another_database(
    office: Office, tmp_path: Path, migrated_sqlite: Path, new_id: Callable[[], int]
) -> None:
    await some_life(office, tmp_path)
    for kind in ("clients", "payments"):
        assert await office.runs("export", kind, "--out", tmp_path / f"out-{kind}.csv") == 0
    shutil.copyfile(migrated_sqlite, tmp_path / "other.db")
    url = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    engines = open_test_engines(url)
    app = new_app(engines, KEY, new_id)
    await app.joins("ann")
    other = Office(app=app, url=url, code=await app.code_of("ann"))
    mend(tmp_path / "out-clients.csv", office.code, other.code)
    for kind, count in (("clients", 3), ("payments", 4)):
        assert f"{count} applied" in await other.imports(tmp_path / f"out-{kind}.csv", kind)
    kept = ("shown_id", "name", "registered_at", "phone", "telegram_id")
    here, there = [
        {tuple(row[name] for name in kept) for row in await each.rows("clients")}
        for each in (office, other)
    ]
    # Texts that a spreadsheet would take for formulas come back as they were.
    assert here == there
    assert "=HYPERLINK(1); -2" in {row[1] for row in there}
    # Refunds are not imported: what was taken back here was earned there.
    assert await app.owed_to("ann") == "46.00"
    assert await office.app.owed_to("ann") == "42.00"
    await engines.close()


async def test_pages_are_cut_by_key(office: Office, tmp_path: Path) -> None:
    await some_life(office, tmp_path)
    kind = EXPORTS["postings"]
    whole = [row async for page in pages_of(office.app.engines, kind) for row in page]
    for size in (1, 2, len(whole)):
        pages = [page async for page in pages_of(office.app.engines, kind, size)]
        assert [row for page in pages for row in page] == whole
        assert all(len(page) <= size for page in pages)


async def test_a_payout_tells_no_account(office: Office, tmp_path: Path) -> None:
    await some_life(office, tmp_path)
    await office.app.pays("c1", "100.00")
    asked = await office.app.asks("ann", "50.00")
    out = tmp_path / "out.csv"
    assert await office.runs("export", "payouts", "--out", out) == 0
    (row,) = rows_of(out)
    assert (row["amount"], row["status"]) == ("50.00", "requested")
    assert asked.account not in out.read_text()


@only_sqlite
async def test_texts_are_safe_and_instants_are_instants(office: Office, tmp_path: Path) -> None:
    await some_life(office, tmp_path)
    out = tmp_path / "out.xlsx"
    assert await office.runs("export", "clients", "--out", out) == 0
    book = load_workbook(out)
    cells = {cell.value: cell for row in book.worksheets[0].iter_rows() for cell in row}
    assert cells["'=HYPERLINK(1);' -2"].data_type == "s"
    assert datetime(2026, 1, 1, 10, tzinfo=UTC).replace(tzinfo=None) in cells
    out = tmp_path / "out.csv"
    assert await office.runs("export", "clients", "--out", out) == 0
    assert "2026-01-01T10:00:00Z" in out.read_text()


@only_sqlite
async def test_what_cannot_be_written(office: Office, tmp_path: Path) -> None:
    assert await office.runs("export", "clients", "--out", tmp_path / "out.pdf") == 1
    assert "ends in .csv or .xlsx" in office.said[0]
    assert await office.runs("export", "clients", "--out", tmp_path / "none" / "out.csv") == 1
    assert office.said[0].startswith("error: ")
    old = tmp_path / "out.csv"
    old.write_text("older")
    office.url = f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
    assert await office.runs("export", "clients", "--out", old) == 1
    assert "migrate" in office.said[0]
    assert old.read_text() == "older"
