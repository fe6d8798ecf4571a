"""Files become events: once, in order of own times, and the bad rows come back with reasons."""

from pathlib import Path

import pytest

from bot.commands.data_arguments import IMPORT_KINDS
from bot.importing import importer
from bot.importing.kinds import KINDS
from tests.data.office import (
    Office,
    clients,
    leaves_nothing,
    mend,
    payment,
    rejected_file,
    rejected_rows,
    write_csv,
)


def test_the_command_line_knows_every_kind() -> None:
    assert set(IMPORT_KINDS) == set(KINDS)


async def test_clients_and_payments_earn_as_if_billing_had_sent_them(
    office: Office, tmp_path: Path
) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 2)), "clients")
    file = write_csv(tmp_path / "p.csv", [payment(1), payment(2, "c2", amount="50.00")])
    said = await office.imports(file, "payments")
    assert "2 applied" in said
    assert await office.app.owed_to("ann") == "15.00"
    assert {row["source"] for row in await office.rows("events")} == {"import"}
    assert await office.app.told("ann") == []
    assert file.parent.joinpath("p.csv.rejected.csv") not in list(file.parent.iterdir())
    assert leaves_nothing(file)
    assert await office.books_are_right()


async def test_a_second_import_changes_nothing(office: Office, tmp_path: Path) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    file = write_csv(tmp_path / "p.csv", [payment(n) for n in range(1, 6)])
    await office.imports(file, "payments")
    before = await office.app.contents()
    said = await office.imports(file, "payments")
    assert "5 known already" in said
    assert await office.app.contents() == before


async def test_facts_apply_by_own_time_in_a_file_longer_than_a_set(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "SET_SIZE", 2)
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 8)), "clients")
    rows = [payment(n, f"c{n}") for n in range(1, 9)]
    file = write_csv(tmp_path / "p.csv", rows[::-1])
    await office.imports(file, "payments")
    rates = {row["payment_id"]: row for row in await office.rows("payments")}
    earned = {row["payment_id"]: row["rate"].bps for row in await office.rows("commissions")}
    by_name = {name: earned[row["id"]] for name, row in rates.items()}
    # The sixth paying client, by time of payment and not by place in the file, opens the tier.
    assert by_name == {f"p{n}": 1_000 if n < 6 else 2_000 for n in range(1, 9)}


async def test_bad_rows_come_back_with_reasons_and_good_ones_are_applied(
    office: Office, tmp_path: Path
) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    rows = [
        payment(1),
        payment(2, amount="1,5", currency="usd"),
        payment(3, paid_at="yesterday", amount="0"),
        payment(4, currency="EUR"),
        payment(5, "nobody"),
        payment(6) | {"client_id": ""},
    ]
    said = await office.imports(write_csv(tmp_path / "p.csv", rows), "payments")
    assert "1 applied" in said
    assert "2 accepted and wait" in said
    assert "3 rejected" in said
    back = {row["payment_id"]: row["reason"] for row in rejected_rows(tmp_path / "p.csv")}
    assert set(back) == {"p2", "p3", "p6"}
    assert back["p2"].startswith("line 3: currency must be")
    assert "paid_at must be RFC 3339" in back["p3"]
    assert "amount must be above zero" in back["p3"]
    assert back["p6"] == "line 7: client_id is required"
    assert await office.app.owed_to("ann") == "10.00"


async def test_a_mended_file_of_rejected_rows_is_imported(office: Office, tmp_path: Path) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    clicks = [
        {"click_id": "k1", "code": "unknown-code", "clicked_at": "2026-01-01T10:00:00Z"},
        {"click_id": "k2", "code": office.code, "clicked_at": "2026-01-01T10:00:00Z"},
    ]
    file = write_csv(tmp_path / "k.csv", clicks)
    await office.imports(file, "clicks")
    rejected = rejected_file(file)
    assert "code_unknown" in rejected_rows(file)[0]["reason"]
    again = await office.imports(file, "clicks")
    assert "1 rejected" in again
    mend(rejected, "unknown-code", office.code)
    assert "1 applied" in await office.imports(rejected, "clicks")
    assert {row["click_id"] for row in await office.rows("clicks")} == {"k1", "k2"}


async def test_a_parked_row_may_be_replaced_by_a_better_one(
    office: Office, tmp_path: Path
) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    await office.imports(write_csv(tmp_path / "a.csv", [payment(1, currency="EUR")]), "payments")
    better = write_csv(tmp_path / "b.csv", [payment(1, currency="EUR", exchange_rate="1.1")])
    assert "1 applied" in await office.imports(better, "payments")
    assert await office.app.owed_to("ann") == "11.00"
    other = write_csv(tmp_path / "d.csv", [payment(1, amount="7.00")])
    assert "1 rejected" in await office.imports(other, "payments")
    assert "conflict" in rejected_rows(other)[0]["reason"]


async def test_an_interrupted_import_goes_on_where_it_stopped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "SET_SIZE", 3)
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    rows = [payment(n, amount="bad" if n % 4 == 0 else "10.00") for n in range(1, 12)]
    file = write_csv(tmp_path / "p.csv", rows)
    save = importer.Journal.save

    class Killed(BaseException):
        pass

    def killed_after_the_second_set(journal: importer.Journal, folder: Path) -> None:
        if journal.done == 6:
            raise Killed
        save(journal, folder)

    monkeypatch.setattr(importer.Journal, "save", killed_after_the_second_set)
    with pytest.raises(Killed):
        await office.runs("import", file, "--kind", "payments")
    monkeypatch.setattr(importer.Journal, "save", save)
    said = await office.imports(file, "payments")
    # The second set was durable but not yet noted: it is sent again and found known.
    assert "Went on behind the 3 rows" in said
    assert [row["payment_id"] for row in rejected_rows(file)] == ["p4", "p8"]
    assert len(await office.rows("payments")) == 9
    assert await office.app.owed_to("ann") == "9.00"
    assert await office.books_are_right()


async def test_what_another_database_was_told_does_not_count(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "SET_SIZE", 1)
    file = write_csv(tmp_path / "c.csv", clients(office.code, 3))
    save = importer.Journal.save

    def forged(journal: importer.Journal, folder: Path) -> None:
        journal.last_id = "never-seen"
        save(journal, folder)
        if journal.done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(importer.Journal, "save", forged)
    with pytest.raises(KeyboardInterrupt):
        await office.runs("import", file, "--kind", "clients")
    monkeypatch.setattr(importer.Journal, "save", save)
    said = await office.imports(file, "clients")
    assert "Went on" not in said
    assert len(await office.rows("clients")) == 3


async def test_a_dry_run_stores_nothing(office: Office, tmp_path: Path) -> None:
    but = ("people", "settings")
    before = await office.app.contents(but=but)
    rows = [*clients(office.code, 2), clients(office.code, 3)[2] | {"name": ""}]
    file = write_csv(tmp_path / "c.csv", rows)
    said = await office.imports(file, "clients", "--dry-run")
    assert "2 would be applied" in said
    assert "nothing is stored" in said
    assert rejected_rows(file)[0]["reason"] == "line 4: name is required"
    assert await office.app.contents(but=but) == before


async def test_partners_are_told_when_that_is_asked_for(office: Office, tmp_path: Path) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    await office.imports(write_csv(tmp_path / "p.csv", [payment(1)]), "payments", "--notify")
    assert "commission" in {kind for kind, _ in await office.app.told("ann")}
