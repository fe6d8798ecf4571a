"""A copy is of one moment, is checked, and takes the database's place only with a clear mind."""

import asyncio
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.postgresql_tools import dump_advice, restore_advice
from storage import sqlite_copy
from storage.books import audit
from storage.engine import open_engines
from storage.sqlite_copy import copy_database
from tests.data.office import Office, clients, payment, write_csv

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def database(office: Office) -> Path:
    return Path(office.url.removeprefix("sqlite+aiosqlite:///"))


async def some_money(office: Office, tmp_path: Path, count: int = 3) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    rows = [payment(n) for n in range(1, count + 1)]
    await office.imports(write_csv(tmp_path / "p.csv", rows), "payments")


def count(path: Path, table: str) -> int:
    with sqlite3.connect(path) as connection:
        (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own words
    connection.close()
    return int(rows)


async def closes(office: Office) -> None:
    """Stop the bot: nobody has the database open."""
    await office.app.engines.close()


def beside(path: Path) -> list[str]:
    """Return the files whose names begin like this one's."""
    return sorted(each.name for each in path.parent.glob(f"{path.name}*"))


def spoil(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)


def said(office: Office, words: str) -> bool:
    return words in "\n".join(office.said)


async def test_a_copy_is_whole_and_says_what_is_not_in_it(office: Office, tmp_path: Path) -> None:
    await some_money(office, tmp_path)
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0, office.said
    assert said(office, "Its books are right")
    assert said(office, "the key is NOT in the copy")
    assert said(office, "$PARTNER_BOT_DOCUMENTS_KEY")
    assert count(copy, "payments") == 3
    assert beside(copy) == ["copy.db"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert await office.runs("backup", copy) == 1
    assert said(office, "--force replaces it")
    assert await office.runs("backup", copy, "--force") == 0


async def test_a_copy_under_load_is_of_one_moment(
    office: Office, tmp_path: Path, database: Path
) -> None:
    await some_money(office, tmp_path, count=300)
    stop = asyncio.Event()
    written = 0

    async def write() -> None:
        nonlocal written
        while not stop.is_set():
            written += 1
            await office.app.pays("c1", "10.00", payment=f"live-{written}")

    moments: list[int] = []

    def slowly(_done: int, _whole: int) -> None:
        # Each step of the copy waits for more commits, which must not begin it anew.
        before = written
        moments.append(before)
        for _ in range(100):
            if written > before + 1:
                break
            time.sleep(0.01)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    pages, sqlite_copy.PAGES_AT_ONCE = sqlite_copy.PAGES_AT_ONCE, 40
    try:
        copy = tmp_path / "copy.db"
        await asyncio.to_thread(copy_database, database, copy, slowly)
    finally:
        sqlite_copy.PAGES_AT_ONCE = pages
        stop.set()
        await writing
    assert len(moments) > 3
    assert moments[-1] > moments[0]
    assert 300 <= count(copy, "payments") <= 300 + moments[0] + 1
    engines = open_engines(f"sqlite+aiosqlite:///{copy}")
    assert await audit(engines) == []
    await engines.close()
    assert await office.books_are_right()


async def test_a_copy_comes_back_and_the_old_database_is_kept(
    office: Office, tmp_path: Path, database: Path
) -> None:
    await some_money(office, tmp_path)
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0
    copy.chmod(0o400)
    await office.app.pays("c1", "10.00", payment="later")
    await closes(office)
    assert await office.runs("restore", copy) == 1
    assert said(office, "the database has ledger entries that the copy lacks")
    assert count(database, "payments") == 4
    assert await office.runs("restore", copy, "--force") == 0, office.said
    assert count(database, "payments") == 3
    (aside,) = database.parent.glob("partner.db.before-restore-*Z")
    assert count(aside, "payments") == 4
    assert said(office, str(aside))
    assert await office.books_are_right()
    assert not list(database.parent.glob("*.part"))


async def test_a_copy_of_now_comes_back_without_force(office: Office, tmp_path: Path) -> None:
    await some_money(office, tmp_path)
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0
    await closes(office)
    assert await office.runs("restore", copy) == 0, office.said
    assert len(await office.rows("payments")) == 3


async def test_a_running_bot_is_noticed(office: Office, tmp_path: Path, database: Path) -> None:
    await some_money(office, tmp_path)
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0
    assert await office.runs("restore", copy) == 1
    assert said(office, "the database is in use: stop the bot first")
    await office.app.pays("c1", "10.00", payment="later")
    assert await office.runs("restore", copy, "--force") == 0, office.said
    assert said(office, "Restart the bot now")
    # The bot that runs sees the copy at once, and goes on writing into the right file.
    assert len(await office.rows("payments")) == 3
    await office.app.pays("c1", "10.00", payment="after")
    assert count(database, "payments") == 4
    (aside,) = database.parent.glob("partner.db.before-restore-*Z")
    assert count(aside, "payments") == 4
    assert await office.books_are_right()


async def test_where_no_database_is_the_copy_becomes_it(office: Office, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0
    office.url = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'place.db'}"
    assert await office.runs("restore", copy) == 0, office.said
    assert count(tmp_path / "new" / "place.db", "enrolments") == 1


def spoiled(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 2)


def wrong_books(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE ledger_accounts SET balance = balance + 1 WHERE version > 0")
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    connection.close()


def another(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (spoiled, ""),
        (wrong_books, "books:"),
        (newer, "newer version"),
        (another, "no database of this product"),
        (lambda path: path.write_text("hello"), "not an SQLite database"),
        (lambda path: path.unlink(), "there is no file"),
    ],
    ids=["spoiled", "wrong books", "newer", "another", "no database", "nothing"],
)
async def test_what_cannot_be_relied_on_is_not_restored_even_by_force(
    office: Office, tmp_path: Path, database: Path, harm: Callable[[Path], None], told: str
) -> None:
    await some_money(office, tmp_path)
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0
    harm(copy)
    await closes(office)
    assert await office.runs("restore", copy, "--force") == 1
    assert office.said[0].startswith("error: ")
    assert told in office.said[0]
    assert count(database, "payments") == 3
    assert not list(database.parent.glob("*before-restore*"))


async def test_a_damaged_database_is_replaced(
    office: Office, tmp_path: Path, database: Path
) -> None:
    await some_money(office, tmp_path)
    copy = tmp_path / "copy.db"
    assert await office.runs("backup", copy) == 0
    await closes(office)
    spoil(database)
    assert await office.runs("backup", tmp_path / "second.db") == 1
    assert not (tmp_path / "second.db").exists()
    assert await office.runs("restore", copy) == 0, office.said
    assert count(database, "payments") == 3


async def test_names_that_are_mistakes(office: Office, tmp_path: Path, database: Path) -> None:
    for file, told in (
        (database, "database itself"),
        (tmp_path, "is a folder"),
    ):
        assert await office.runs("backup", file, "--force") == 1
        assert said(office, told)
    assert await office.runs("restore", database, "--force") == 1
    assert said(office, "the database itself")
    office.url = f"sqlite+aiosqlite:///{tmp_path / 'none.db'}"
    assert await office.runs("backup", tmp_path / "copy.db") == 1
    assert said(office, "no database at")


async def test_the_key_beside_the_database_is_named(
    office: Office, tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.data.office.ENVIRON", {})
    database.with_suffix(".key").write_text("sample\n")
    assert await office.runs("backup", tmp_path / "copy.db") == 0
    assert said(office, f"Keep {database.with_suffix('.key')} in another place than the copy")
    assert not (tmp_path / "copy.key").exists()


async def test_postgresql_has_its_own_tools(office: Office, tmp_path: Path) -> None:
    office.url = "postgresql+asyncpg://bot:s3cret@db.example.com:5433/part%20ners"
    copy = tmp_path / "my copy.dump"
    assert await office.runs("backup", copy) == 1
    assert said(office, "pg_dump --format=custom")
    assert said(office, "--host=db.example.com --port=5433 --username=bot")
    assert said(office, f"--file='{copy}'")
    assert not said(office, "s3cret")
    assert await office.runs("restore", copy) == 1
    assert said(office, "pg_restore --clean")
    assert not said(office, "s3cret")
    socket = "postgresql+asyncpg://postgres@/db?host=/run/postgresql"
    for advice in (dump_advice(socket, copy), restore_advice(socket, copy)):
        assert "--host=/run/postgresql --username=postgres --dbname=db" in "\n".join(advice)


async def test_the_folder_of_a_copy_is_made_for_its_owner_alone(
    office: Office, tmp_path: Path
) -> None:
    copy = tmp_path / "backups" / "today.db"
    assert await office.runs("backup", copy) == 0
    assert copy.is_file()
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    (tmp_path / "file").touch()
    assert await office.runs("backup", tmp_path / "file" / "copy.db") == 1
    assert "cannot be made" in office.said[0]
