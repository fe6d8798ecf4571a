"""The log tells what went wrong, and neither what stands in people's rows nor a secret."""

import asyncio
import json
import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from aiogram.types import Update
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

import bot.log_hiding
from bot.cli import main
from bot.config import load_config
from bot.config_hidden import secrets_of
from bot.config_model import Config
from bot.log import JSON, TEXT, set_up_logging
from bot.log_hiding import hide
from storage.engine import Engines, open_engines
from storage.rows import insert_all
from storage.tables import people
from tests.bot.test_log import own_log
from tests.journeys.world import BILLING_SECRET, TOKEN

NAME, PHONE = "Ann Secret", "+359888123456"
SPREAD = "Ann\nSecret\n" + PHONE
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PASSWORD = 'p@ss"w\\ö:rd'
API_TOKENS = ("n7Qz_4kWvT2x-Lr9Yb3c", "journey-api-token-0123456789")
WEBHOOK_SECRET = "Zt5mP8_wKd1q-Hf6Xs0v"
OUTBOUND_SECRET = "whsec_" + b64encode(b"what our webhooks are signed by!").decode()
DOCUMENTS_KEY = b64encode(b"the key of papers and of accounts"[:32]).decode()
SMTP_PASSWORD = "sesame of the mail"
CONFIG = f"""
[telegram]
token = "{TOKEN}"
mode = "webhook"
webhook_secret = "{WEBHOOK_SECRET}"
[web]
public_url = "https://bot.example.com"
[database]
url = "postgresql+asyncpg://bot:{quote(PASSWORD, safe="")}@db/bot"
[staff]
owners = [901]
[billing]
secret = "{BILLING_SECRET}"
outbound_url = "https://shop.example.com/hooks?key=of-the-receiver"
outbound_secret = "{OUTBOUND_SECRET}"
[email]
smtp_url = "smtp://bot:{quote(SMTP_PASSWORD)}@post.example.com:587"
sender = "bot@example.com"
[api]
tokens = {json.dumps(API_TOKENS)}
"""
VALUES = (
    TOKEN,
    TOKEN.partition(":")[2],
    WEBHOOK_SECRET,
    BILLING_SECRET,
    BILLING_SECRET.removeprefix("whsec_"),
    OUTBOUND_SECRET,
    *API_TOKENS,
    DOCUMENTS_KEY,
    PASSWORD,
    quote(PASSWORD, safe=""),
    SMTP_PASSWORD,
    quote(SMTP_PASSWORD),
    "key=of-the-receiver",
)


@contextmanager
def logging_as(form: str) -> Iterator[logging.Logger]:
    """Log to the standard error with the formatter of the product."""
    with own_log():
        set_up_logging(logging.INFO, form)
        yield logging.getLogger("test")


@pytest.fixture
async def shared(postgresql_url: str) -> AsyncIterator[Engines]:
    engines = open_engines(postgresql_url)
    yield engines
    await engines.close()


async def lacks_a_value(engines: Engines) -> None:
    """Break NOT NULL with a row of somebody."""
    async with engines.writes.begin() as connection:
        await connection.execute(
            text("INSERT INTO people (id, name, username) VALUES (1, :name, :phone)"),
            {"name": NAME, "phone": PHONE},
        )


async def lacks_a_value_on_lines(engines: Engines) -> None:
    async with engines.writes.begin() as connection:
        await connection.execute(
            text("INSERT INTO people (id, name) VALUES (1, :name)"), {"name": SPREAD}
        )


async def lacks_a_value_the_straight_way(engines: Engines) -> None:
    async with engines.writes.begin() as connection:
        await connection.execute(text("SELECT 1"))
        row = {"id": 1, "name": NAME, "username": PHONE, "created_at": None}
        await insert_all(connection, people, [row])


async def comes_twice(engines: Engines) -> None:
    """Break a unique key, whose value is told."""
    async with engines.writes.begin() as connection:
        await connection.execute(text(f'CREATE TEMP TABLE of_phones ("{PHONE[:4]}" text UNIQUE)'))
        for _ in range(2):
            await connection.execute(text("INSERT INTO of_phones VALUES (:p)"), {"p": PHONE})


async def is_no_number(engines: Engines) -> None:
    async with engines.writes.connect() as connection:
        await connection.execute(text("SELECT CAST(CAST(:p AS text) AS date)"), {"p": SPREAD})


async def is_of_a_wrong_type(engines: Engines) -> None:
    async with engines.writes.connect() as connection:
        await connection.execute(text("SELECT CAST(:p AS bigint)"), {"p": f"{NAME} {PHONE}"})


async def in_a_group(engines: Engines) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(lacks_a_value_on_lines(engines))


async def is_no_update(_: Engines) -> None:
    raw = {"update_id": 1, "message": {"from": {"first_name": NAME, "phone": PHONE}}}
    Update.model_validate(raw)


BREAKING = (
    lacks_a_value,
    lacks_a_value_on_lines,
    lacks_a_value_the_straight_way,
    comes_twice,
    is_no_number,
    is_of_a_wrong_type,
    in_a_group,
    is_no_update,
)


@pytest.mark.parametrize("form", [TEXT, JSON])
@pytest.mark.parametrize("breaks", BREAKING, ids=lambda breaks: breaks.__name__)
async def test_no_row_is_in_the_log(
    breaks: Callable[[Engines], Awaitable[None]],
    form: str,
    shared: Engines,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logging_as(form) as log:
        try:
            await breaks(shared)
        except Exception as error:
            log.exception("could not be kept")
            log.warning("it said: %s", error)
    said = capsys.readouterr().err
    assert "could not be kept" in said
    assert "Traceback" in said
    assert "Error" in said
    assert "it said: " in said
    for value in ("Ann", "Secret", PHONE):
        assert value not in said
    if form == JSON:
        assert all(json.loads(line) for line in said.splitlines())


@pytest.mark.parametrize("form", [TEXT, JSON])
async def test_what_went_wrong_is_still_told(
    form: str, shared: Engines, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_as(form) as log:
        try:
            await lacks_a_value(shared)
        except SQLAlchemyError:
            log.exception("could not be kept")
    said = capsys.readouterr().err
    for words in ("NotNullViolationError", "null value in column", "INSERT INTO people"):
        assert words in said
    assert said.count("DETAIL: HIDDEN") >= 1
    assert "The above exception was the direct cause" in said


@pytest.fixture
def configured(tmp_path: Path) -> Iterator[None]:
    """Let the process know of a configuration."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    known = set(bot.log_hiding._known)
    hide(secrets_of(load_config(path, {}), {"PARTNER_BOT_DOCUMENTS_KEY": DOCUMENTS_KEY}))
    yield
    bot.log_hiding._known.clear()
    hide(known)


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize("form", [TEXT, JSON])
@pytest.mark.parametrize("number", range(len(VALUES)))
def test_no_configured_secret_is_in_the_log(
    number: int, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not in words, in JSON within words, in an error, its ``repr``, or beside other letters."""
    value = VALUES[number]
    with logging_as(form) as log:
        log.error("said %s, %r, %s, x%sx", value, value, json.dumps({"k": value}), value)
        log.error("failed", exc_info=ValueError({"given": value}))
    said = capsys.readouterr().err
    assert said.count("SECRET") + said.count("TOKEN") >= 5
    kept = max(value.split('"')[0].split("\\")[-1], value, key=len)
    assert kept not in said
    assert json.dumps(value)[1:-1] not in said
    assert repr(value)[1:-1] not in said


def test_the_key_beside_the_database_is_a_secret(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    config = load_config(path, {})
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    config = replace(config, database=replace(config.database, url=url))
    assert DOCUMENTS_KEY not in secrets_of(config, {})
    (tmp_path / "bot.key").write_text(DOCUMENTS_KEY + "\n")
    assert DOCUMENTS_KEY in secrets_of(config, {})


def test_what_is_too_short_is_hidden_in_addresses_only() -> None:
    known = set(bot.log_hiding._known)
    hide(["bot"])
    assert bot.log_hiding._known == known
    told = bot.log_hiding.without_secrets("bot: postgresql://bot:bot@db/bot is away")
    assert told == "bot: postgresql://bot:PASSWORD@db/bot is away"


def test_a_command_that_fails_tells_no_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the log and not by a bare traceback, and with the secrets of its configuration hidden."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    monkeypatch.setenv("PARTNER_BOT_DOCUMENTS_KEY", DOCUMENTS_KEY)

    async def fail(config: Config) -> int:
        raise RuntimeError(f"{NAME}: {config.api.tokens} {config.database.url} {DOCUMENTS_KEY}")

    monkeypatch.setattr("bot.commands.maintenance.run_migrate", fail)
    known = set(bot.log_hiding._known)
    with own_log():
        assert main(["--config", str(path), "migrate"]) == 1
    bot.log_hiding._known.clear()
    hide(known)
    said = capsys.readouterr().err
    assert "migrate failed" in said
    assert "RuntimeError: Ann Secret: ('SECRET', 'SECRET') postgresql+asyncpg://bot:" in said
    assert DOCUMENTS_KEY not in said
