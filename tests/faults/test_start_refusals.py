"""What must not run says why and ends with exit code 78; the commands do what they say."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import PostgresServer
from tests.faults.database import Database
from tests.faults.people import join, new_human
from tests.faults.process import Processes
from tests.faults.world import (
    API_TOKEN,
    ENVIRON,
    NOBODY_LISTENS,
    OK,
    WEBHOOK_SECRET,
    Vendor,
    config_text,
    write_config,
)

EXIT_CONFIG = 78
KEY = "PARTNER_BOT_DOCUMENTS_KEY"
NEWER = "UPDATE alembic_version SET version_num = '9999'"

BROKEN = {
    "not TOML": ("port = 0", "port = ", "not TOML"),
    "unknown key": ("port = 0", "prot = 0", "web.prot"),
    "no port": ("port = 0", "port = 65536", "web.port"),
    "no token": ('token = "100200300:', 'token = "', "telegram.token"),
    "unknown mode": ('mode = "polling"', 'mode = "pulling"', "telegram.mode"),
    "no database": ("sqlite+aiosqlite:///", "mysql:///", "database.url"),
    "no such program": ('"flat.toml"', '"round.toml"', "round.toml"),
    "broken program": ('"flat.toml"', '"config.toml"', "config.toml"),
    "no person": ("owners = [901]", "owners = [-901]", "staff.owners"),
    "unsigned billing": ('secret = "whsec_', 'secret = "', "billing.secret"),
    "sample token": (API_TOKEN, "...", "api.tokens"),
    "weak token": (API_TOKEN, "aaaaaaaaaaaaaaaaaaaa", "api.tokens"),
    "public path": (NOBODY_LISTENS + '"', 'https://bot.example.com/path"', "web.public_url"),
}
"""Name: what is replaced in a good config, by what, and the key that must be named."""

WEAK = [
    "",
    "   ",
    "x",
    "short-secret",
    "aaaaaaaaaaaaaaaa",
    "0123456789abcdef",
    "sëcret-sëcret-sëcret",
]


def good_config(folder: Path, **more: str) -> str:
    """Return a config that is in order; nobody answers where it seeks Telegram."""
    database_url = f"sqlite+aiosqlite:///{folder / 'bot.db'}"
    return config_text(**{"api_base_url": NOBODY_LISTENS, "database_url": database_url} | more)


async def assert_refused(processes: Processes, *words: str, **more: dict[str, str]) -> None:
    """Assert that `run` names every word and ends at once, without a traceback."""
    code, output = await processes.run("run", **more)
    assert code == EXIT_CONFIG, output
    assert "Traceback" not in output
    assert "HTTP on" not in output
    errors = [line for line in output.splitlines() if line.startswith("error: ")]
    for word in words:
        assert any(word in line for line in errors), output


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_config_is_refused_by_the_name_of_its_key(
    name: str, tmp_path: Path, processes: Processes
) -> None:
    old, new, key = BROKEN[name]
    content = good_config(tmp_path)
    assert old in content
    write_config(tmp_path, content.replace(old, new))
    await assert_refused(processes, key)
    assert not (tmp_path / "bot.db").exists()


@pytest.mark.parametrize("secret", WEAK)
async def test_an_empty_or_weak_webhook_secret_is_refused(
    secret: str, tmp_path: Path, processes: Processes
) -> None:
    write_config(tmp_path, good_config(tmp_path, mode="webhook").replace(WEBHOOK_SECRET, secret))
    await assert_refused(processes, "telegram.webhook_secret")


async def test_a_webhook_without_tls_is_refused(tmp_path: Path, processes: Processes) -> None:
    content = good_config(tmp_path, mode="webhook", api_base_url="https://api.telegram.org")
    write_config(tmp_path, content.replace(NOBODY_LISTENS, "http://bot.example.com"))
    await assert_refused(processes, "web.public_url")


async def test_everything_wrong_is_told_at_once(tmp_path: Path, processes: Processes) -> None:
    names = ["unknown key", "no token", "unknown mode", "no such program", "no person"]
    content = good_config(tmp_path)
    for old, new, _ in (BROKEN[name] for name in names):
        content = content.replace(old, new)
    write_config(tmp_path, content)
    keys = [BROKEN[name][2] for name in names]
    environ = {KEY: "no base64", "PARTNER_BOT__WEB__PROT": "1"}
    code, output = await processes.run("check", environ=environ)
    assert code == 1
    for key in (*keys, *environ):
        assert f"{key}" in output
    assert all(line.startswith(("error: ", "warning: ")) for line in output.splitlines()[:-1])


async def test_a_missing_file_and_a_bad_variable_are_refused(
    tmp_path: Path, processes: Processes
) -> None:
    await assert_refused(processes, "python -m bot init")
    write_config(tmp_path, good_config(tmp_path))
    await assert_refused(processes, KEY, environ={KEY: "c2hvcnQ="})
    unknown = {"PARTNER_BOT__TELEGRAM__TOKN": "1"}
    await assert_refused(processes, *unknown, environ=ENVIRON | unknown)


async def test_a_newer_schema_is_refused(
    tmp_path: Path, processes: Processes, database_url: str
) -> None:
    write_config(tmp_path, good_config(tmp_path, database_url=database_url))
    await Database(database_url).change(NEWER)
    await assert_refused(processes, "newer")
    code, output = await processes.run("check")
    assert (code, "newer" in output) == (1, True)
    code, output = await processes.run("migrate")
    assert (code, "newer" in output) == (EXIT_CONFIG, True)
    code, output = await processes.run("books")
    assert (code, "the schema is ahead" in output) == (1, True)
    assert await Database(database_url).value("SELECT version_num FROM alembic_version") == "9999"


@pytest.fixture
def empty_url(postgres: PostgresServer) -> Iterator[str]:
    """Return the address of a PostgreSQL database without tables."""
    yield postgres.create("empty", template="template0")
    postgres.drop("empty")


async def test_postgresql_is_migrated_by_command_only(
    tmp_path: Path, processes: Processes, empty_url: str
) -> None:
    database_url = empty_url
    write_config(tmp_path, good_config(tmp_path, database_url=database_url))
    await assert_refused(processes, "run `python -m bot migrate` first")
    tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"
    assert await Database(database_url).value(tables) == 0
    code, output = await processes.run("books")
    assert (code, "the schema is empty" in output) == (1, True)
    assert (await processes.run("migrate"))[0] == 0
    await assert_refused(processes, KEY, environ={})
    process = processes.start("run")
    await process.listens()
    assert await process.stop() == 0


async def test_a_port_that_is_taken_is_named(tmp_path: Path, processes: Processes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        content = good_config(tmp_path).replace("port = 0", f"port = {port}")
        write_config(tmp_path, content)
        code, output = await processes.run("run")
    assert code == 1
    assert f"error: cannot listen on 127.0.0.1:{port}" in output
    assert "Traceback" not in output


async def test_a_database_that_is_away_is_named(tmp_path: Path, processes: Processes) -> None:
    url = "postgresql+asyncpg://bot:sesame@127.0.0.1:9/partners"
    write_config(tmp_path, good_config(tmp_path, database_url=url))
    for command in ("run", "check"):
        code, output = await processes.run(command)
        assert code == 1
        assert "error: " in output
        assert "database" in output
        assert "Traceback" not in output
        assert "sesame" not in output


async def test_init_writes_a_config_that_check_accepts(
    tmp_path: Path, processes: Processes
) -> None:
    answers = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw\n-100500\n42\nhttps://shop.example\n"
    code, output = await processes.run("init", typed=answers, fresh=True)
    assert code == 0, output
    config = tmp_path / "config.toml"
    assert config.stat().st_mode & 0o777 == 0o600
    written = config.read_text()
    code, output = await processes.run("check")
    assert code == 0, output
    code, output = await processes.run("init", typed=answers)
    assert (code, config.read_text()) == (1, written)
    assert (await processes.run("init", "--config", "other.toml", typed="\n"))[0] == 1
    assert not (tmp_path / "other.toml").exists()


async def test_commands_work_beside_a_running_product(vendor: Vendor) -> None:
    url = await vendor.start().ready()
    event = vendor.folder / "event.json"
    data = {"client_id": "ann", "name": "Ann", "registered_at": datetime.now(UTC).isoformat()}
    envelope = {"id": "evt-1", "type": "client.registered", "timestamp": data["registered_at"]}
    event.write_text(json.dumps(envelope | {"data": data}))
    code, output = await vendor.command("send-event", str(event), "--url", url)
    assert (code, '"status": "applied"' in output) == (0, True), output
    code, output = await vendor.command("send-event", str(event), "--url", url)
    assert (code, '"status": "duplicate"' in output) == (0, True), output
    assert (await vendor.billing.get(url, "/api/v1/events/evt-1")).status == OK
    assert (await vendor.command("migrate"))[0] == 0
    assert (await vendor.command("check"))[0] == 0
    await vendor.books_balance()
    event.write_text(json.dumps(envelope | {"id": "evt-2", "type": "client.forgotten"}))
    assert (await vendor.command("send-event", str(event), "--url", url))[0] == 1
    assert (await vendor.command("send-event", str(event), "--url", NOBODY_LISTENS))[0] == 1


async def test_books_finds_a_balance_that_is_not_the_sum_of_its_postings(vendor: Vendor) -> None:
    await vendor.start().ready()
    await join(await new_human(vendor.sim, vendor.simulator, "Ann"), vendor.database)
    await vendor.books_balance()
    await vendor.database.change(
        "UPDATE ledger_accounts SET balance = balance + 1 WHERE kind = 'payable'"
    )
    code, output = await vendor.command("books")
    assert code == 1, output
    assert "payable" in output
