"""Which files are read: spreadsheets, delimiters, encodings, columns, and what is refused."""

from pathlib import Path

import pytest

from tests.data.office import Office, clients, leaves_nothing, rejected_rows, write_csv

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@only_sqlite
async def test_texts_of_spreadsheets_are_read(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "excel.csv"
    account = '"{""account_id"": ""a1"", ""name"": ""Shop""}"'
    cells = 'c1;"Ivan; ""the first""\nof all";2026-01-05 10:00:00+02:00;\'+380671112233;'
    lines = (
        "sep=;",
        "Client ID;Name;Registered-At;Phone;referral_code;telegram_id;account;",
        f"{cells}{office.code};7340000001;{account};",
        ";;;;;;;",
    )
    file.write_bytes("\r\n".join(lines).encode("utf-16"))
    assert "1 applied" in await office.imports(file, "clients")
    (client,) = await office.rows("clients")
    assert client["name"] == 'Ivan; "the first"\nof all'
    assert client["phone"] == "+380671112233"
    assert client["telegram_id"] == 7_340_000_001
    assert (await office.rows("client_accounts"))[0]["account_id"] == "a1"


@only_sqlite
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251"])
async def test_delimiters_and_encodings(
    office: Office, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows = [clients(office.code, 1)[0] | {"name": "Олена, Зразок; ТОВ"}]
    file = write_csv(tmp_path / "c.csv", rows, delimiter=delimiter, encoding=encoding)
    told = ("--encoding", "cp1251") if encoding == "windows-1251" else ()
    await office.imports(file, "clients", *told)
    assert (await office.rows("clients"))[0]["name"] == "Олена, Зразок; ТОВ"


@only_sqlite
async def test_parts_of_an_account_have_columns_of_their_own(
    office: Office, tmp_path: Path
) -> None:
    rows = [clients(office.code, 1)[0] | {"account.account_id": "a1", "account.name": "Shop"}]
    await office.imports(write_csv(tmp_path / "c.csv", rows), "clients")
    assert (await office.rows("client_accounts"))[0]["name"] == "Shop"
    file = write_csv(tmp_path / "d.csv", [rows[0] | {"client_id": "c2", "account": "{}"}])
    await office.imports(file, "clients")
    assert "given twice" in rejected_rows(file)[0]["reason"]


@only_sqlite
async def test_every_wrong_column_is_named_at_once(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("payment_id,client,amount,amount,sum\n1,2,3,4,5\n")
    assert await office.runs("import", file, "--kind", "payments") == 1
    said = "\n".join(office.said)
    for told in (
        "'client': unknown; did you mean client_id?",
        "'sum': unknown",
        "'amount' stands there twice",
        "'client_id' is missing",
        "'currency' is missing",
        "'paid_at' is missing",
        "Nothing was imported.",
    ):
        assert told in said, told
    assert await office.rows("payments") == []


@only_sqlite
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"click_id,code,clicked_at\nk1,\xff\xfe,2026\n", "line 2 is not UTF-8"),
        (b'click_id,code,clicked_at\nk1,"' + b"x" * 200_000, "quotation mark"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_whole(
    office: Office, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "k.csv"
    file.write_bytes(content)
    assert await office.runs("import", file, "--kind", "clicks") == 1
    assert told in office.said[0]
    assert leaves_nothing(file)


@only_sqlite
async def test_what_cannot_begin(office: Office, tmp_path: Path) -> None:
    assert await office.runs("import", tmp_path / "none.csv", "--kind", "clicks") == 1
    assert "cannot read" in office.said[0]
    file = write_csv(tmp_path / "c.csv", clients(office.code, 1))
    assert await office.runs("import", file, "--kind", "clients", "--encoding", "klingon") == 1
    assert "klingon" in office.said[0]
    office.url = f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
    assert await office.runs("import", file, "--kind", "clients") == 1
    assert "migrate" in office.said[0]


@only_sqlite
async def test_odd_rows_are_rejected_and_safe_to_open(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "k.csv"
    when = "2026-01-01T10:00:00Z"
    file.write_text(
        "click_id,code,clicked_at,\n"
        f"k1,{office.code}\n"
        f"k2,{office.code},{when},extra\n"
        f"k3,{office.code},{when},,more\n"
        f"=cmd(),nobody,{when},\n"
        f"\nk5,{office.code},{when},\n"
    )
    assert "1 applied" in await office.imports(file, "clicks")
    back = rejected_rows(file)
    assert [row["reason"].split(":")[0] for row in back] == [
        "line 2",
        "line 3",
        "line 4",
        "line 5",
    ]
    assert back[3]["click_id"] == "'=cmd()"
    assert "code_unknown" in back[3]["reason"]
