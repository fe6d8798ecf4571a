"""What `check` says of a version that is coming and of published terms that were edited."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.commands.check import run_check
from bot.config import load_config
from bot.run import prepare_database
from bot.terms import terms_of
from domain.programs.problems import ProgramFileInvalid
from tests.domain.builders import TEXTS

FIRST = """\
[program]
key = "acme"
currency = "EUR"
version_date = 2026-01-01
[commission]
duration_months = 12
rates = [{ rate = "10%" }]
[payout]
minimum = "50.00"
"""


def _second() -> str:
    coming = date.today() + timedelta(days=30)  # noqa: DTZ011 - the command reads the real clock
    return (
        FIRST.replace("version_date = 2026-01-01", f"version = 2\nversion_date = {coming}")
        .replace("10%", "12.5%")
        .replace("duration_months = 12", "duration_months = 6")
        .replace('"50.00"', '"200.00"\nschedule = "quarterly"\nday = 5')
    )


@pytest.fixture
def environ() -> Mapping[str, str]:
    return {}


async def test_check_tells_a_coming_version_in_words_and_refuses_edits(
    tmp_path: Path, environ: Mapping[str, str]
) -> None:
    file, config_file = tmp_path / "acme.toml", tmp_path / "config.toml"
    config_file.write_text(
        f"""
        [telegram]
        token = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
        [database]
        url = "sqlite+aiosqlite:///{tmp_path}/a.db"
        [programs]
        active = ["acme.toml"]
        landing_url = "https://shop.acme.test/start"
        """
    )

    async def checked() -> list[str]:
        said: list[str] = []
        await run_check(config_file, environ, live=False, say=said.append)
        return [line for line in said if not line.startswith("warning")][:-1]

    file.write_text(FIRST + TEXTS)
    config = load_config(config_file, environ)
    await prepare_database(config)
    await terms_of(config, environ)
    assert await checked() == []
    file.write_text(_second() + TEXTS)
    told = await checked()
    assert told[0].startswith("acme: version 2 holds from ")
    assert told[1:] == [
        "  - Any payment: 10% → 12.5%",
        "  - A client brings you money for: 12 months → 6 months",
        "  - Least pay-out: 50.00 EUR → 200.00 EUR",
        "  - Pay-outs: when you ask → after each quarter, on day 5 of the next month",
    ]
    file.write_text((FIRST + TEXTS).replace('"10%"', '"11%"'))
    (told_wrong,) = await checked()
    assert told_wrong.startswith("error: acme.toml:1: program.version: 1 is published since ")
    assert "commission.rates changed: write version 2" in told_wrong
    with pytest.raises(ProgramFileInvalid):
        await terms_of(config, environ)


DOCUMENTS = """
[payout_documents]
kinds = ["invoice"]
purpose = "For clients brought"
"""


async def test_check_tells_that_documents_would_name_no_vendor(
    tmp_path: Path, environ: Mapping[str, str]
) -> None:
    file, config_file = tmp_path / "acme.toml", tmp_path / "config.toml"
    config = f"""
        [telegram]
        token = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
        [database]
        url = "sqlite+aiosqlite:///{tmp_path}/a.db"
        [programs]
        active = ["acme.toml"]
        landing_url = "https://shop.acme.test/start"
        """

    async def warned(program: str, more: str = "") -> list[str]:
        file.write_text(program)
        config_file.write_text(config + more)
        said: list[str] = []
        assert await run_check(config_file, environ, live=False, say=said.append) == 0
        return [line for line in said if "vendor.name" in line]

    (line,) = await warned(FIRST + DOCUMENTS + TEXTS)
    assert "config.toml: vendor.name: is empty, and acme makes documents" in line
    assert line.startswith("warning: ")
    assert await warned(FIRST + TEXTS) == []
    assert await warned(FIRST + DOCUMENTS + TEXTS, '[vendor]\nname = "Acme Ltd"\n') == []
