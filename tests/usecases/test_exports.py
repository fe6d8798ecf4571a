"""Exports: every table in both kinds of file, without formulas, in flat pages, own rows only."""

import csv
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.access import NotAPartner
from domain.entities import exports as exports_of
from domain.entities.exports import ExportKind, ExportPage
from domain.entities.views import Cursor
from domain.programs.model import LANGUAGES
from domain.usecases.payouts.decide import PayoutDecision, PayoutMove
from handlers.ui.exports import ExportFormat, headings, write_export
from handlers.ui.language import Language
from handlers.ui.marks import reject_reason, return_reason
from handlers.ui.tables import FORMATS
from tests.usecases.app import App

EVIL = '=HYPERLINK("http://evil.example","x")'
SIGNS = tuple("=+-@\t\r\n")


async def _hostile(app: App) -> None:
    """Let everything that others can name be a formula."""
    await app.joins("ann")
    account = {"account_id": "+site-1", "name": "@SUM(A1)"}
    client = {"name": EVIL, "email": "-evil@example.com", "phone": "+380671112233"}
    await app.client("=c-1", by="ann", account=account, **client)
    await app.pays("=c-1", "1000.00", payment="-p-1", account_id="+site-1")
    await app.pays("=c-1", "10.00", payment="＝p-2")
    await app.refunds("-p-1", "1.00")
    await app.asks("ann", "60.00", comment="＝1+1", account="=1+1 5555444433332222")


async def _written(app: App, path: Path, kind: ExportKind, language: str = "en") -> int:
    ann = await app.private("ann")

    async def read(before: Cursor | None) -> ExportPage:
        return await app.use.read_own_export(ann, kind, "all", before)

    form = ExportFormat(language=Language(language, UTC), programs=app.around.programs)
    return await write_export(path, kind, form, read)


def _cells(path: Path) -> list[list[object]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]
    sheet = load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


async def test_no_export_holds_a_formula(app: App, tmp_path: Path) -> None:
    await _hostile(app)
    for kind, form in product(ExportKind, FORMATS):
        path = tmp_path / f"table.{form}"
        many = await _written(app, path, kind)
        head, *rows = _cells(path)
        assert many == len(rows) == {"payments": 2, "commissions": 2}.get(kind.value, 1)
        assert all(len(row) == len(head) for row in rows)
        texts = [cell for row in rows for cell in row if isinstance(cell, str)]
        assert [text for text in texts if text.startswith(SIGNS)] == []
        assert not any("5555444433332222" in text for text in texts)
        assert any(text.startswith("'") for text in texts)


async def test_numbers_are_numbers_in_a_spreadsheet(app: App, tmp_path: Path) -> None:
    await _hostile(app)
    path = tmp_path / "table.xlsx"
    await _written(app, path, ExportKind.PAYMENTS)
    head, *rows = _cells(path)
    columns = {name: [row[at] for row in rows] for at, name in enumerate(head)}
    assert sorted(columns["Amount"]) == [10, 1000]
    assert sorted(columns["Commission"]) == [1, 99.9]
    assert all(isinstance(at, datetime) for at in columns["Paid at"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(ExportKind))
async def test_headings_are_in_the_readers_language(kind: ExportKind, language: str) -> None:
    form = ExportFormat(language=Language(language, UTC), programs={})
    names = headings(form, kind)
    assert len(set(names)) == len(names)
    english = headings(ExportFormat(language=Language("en", UTC), programs={}), kind)
    assert (names == english) is (language == "en")


async def test_pages_are_walked_without_gaps(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from domain.usecases.exports import read

    monkeypatch.setattr(read, "EXPORT_PAGE_SIZE", 3)
    await app.joins("ann")
    await app.joins("bob")
    for number in range(8):
        await app.client(f"c-{number}", by="ann")
    await app.client("other", by="bob")
    assert exports_of.EXPORT_PAGE_SIZE > 3
    path = tmp_path / "table.csv"
    assert await _written(app, path, ExportKind.REGISTRATIONS) == 8
    assert {row[1] for row in _cells(path)[1:]} == {f"c-{number}" for number in range(8)}


async def test_rights_are_read_with_every_page(app: App) -> None:
    await app.joins("ann")
    await app.client("c-1", by="ann")
    ann = await app.private("ann")
    page = await app.use.read_own_export(ann, ExportKind.REGISTRATIONS, "all")
    assert page.reached is not None
    await app.leaves_partner("ann")
    place = Cursor(page.reached, 2**62)
    with pytest.raises(NotAPartner):
        await app.use.read_own_export(ann, ExportKind.REGISTRATIONS, "all", place)


async def test_a_period_cuts_an_export(app: App) -> None:
    app.now = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
    await app.joins("ann")
    await app.client("january", by="ann")
    app.now = datetime(2026, 2, 1, tzinfo=UTC)
    await app.client("february", by="ann")
    ann = await app.private("ann")
    page = await app.use.read_own_export(ann, ExportKind.REGISTRATIONS, "month")
    assert [row.shown_id for row in page.rows] == ["february"]  # type: ignore[union-attr]


async def test_pay_outs_tell_the_day_of_the_payment_and_why_the_bank_sent_them_back(
    app: App, tmp_path: Path
) -> None:
    await app.joins("ann")
    await app.earns("ann", "200.00")
    done, returned = await app.asks("ann", "60.00"), await app.asks("ann", "50.00")
    for payout in (done, returned):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    decision = PayoutDecision(
        payout_id=returned.id, move=PayoutMove.BRING_BACK, reason_code="account_closed"
    )
    await app.use.decide_payout(await app.owner(), decision)
    await _written(app, tmp_path / "table.xlsx", ExportKind.PAYOUTS)

    names, *rows = _cells(tmp_path / "table.xlsx")
    found = {row[names.index("Amount")]: dict(zip(names, row, strict=True)) for row in rows}
    assert str(found[60]["Paid on"]).startswith("2026-03-02")
    assert found[50]["Reason"] == return_reason(Language("en", UTC), "account_closed")
    assert found[50]["Reason"] != reject_reason(Language("en", UTC), "account_closed")
