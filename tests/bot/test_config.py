"""The configuration: what is read, from which file, and with which defaults."""

import tomllib
from dataclasses import fields, is_dataclass
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import get_type_hints
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, ConfigInvalid, TelegramConfig, load_config, read_config
from tests.bot.config_files import (
    FULL,
    OTHER,
    STRONG,
    TOKEN,
    WHSEC,
    WHSEC_OLD,
    WHSEC_OUT,
    line_with,
    reading,
    write,
)

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_everything_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "logo.png").touch()

    config = load_config(write(tmp_path, FULL), {})

    assert config.telegram.token == TOKEN
    assert config.telegram.api_base_url == "http://127.0.0.1:8081"
    assert config.telegram.mode == "webhook"
    assert config.telegram.webhook_secret == (STRONG,)
    assert (config.web.host, config.web.port) == ("::", 0)
    assert config.web.public_url == "https://bot.example.com:8443"
    assert config.web.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    assert config.database.url == "postgresql+asyncpg://bot:p%40ss@db.example.com/partners"
    assert config.staff.chat_id == -1009876543210
    assert config.staff.owners == (42, 7)
    assert config.staff.second_person_above == Decimal("500.50")
    assert config.programs.active == ("saas-tiers", "programs/mine.toml")
    assert config.programs.landing_url == "https://shop.example.com/start?from=partner"
    assert config.programs.logo == tmp_path / "logo.png"
    assert config.documents.folder == Path("papers")
    assert config.documents.retention_days == 30
    assert config.privacy.mask_clients is True
    assert config.billing.secret == (WHSEC, WHSEC_OLD)
    assert config.billing.outbound_url == "https://billing.example.com/hooks"
    assert config.billing.outbound_secret == (WHSEC_OUT,)
    assert config.api.tokens == (STRONG, OTHER)
    assert config.email.smtp_url == "smtps://me:pa%3Ass@mail.example.com:465"
    assert config.email.sender == "Partners <partners@example.com>"
    assert config.reminders.referral_ends_days == 7
    assert config.reminders.form_hours == 0
    assert config.locale.default == "bg"
    assert config.locale.timezone == ZoneInfo("Europe/Sofia")
    assert config.base == tmp_path


def test_what_is_not_written_has_the_documented_default(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, f'[telegram]\ntoken = "{TOKEN}"'), {})

    assert config == Config(
        telegram=TelegramConfig(token=TOKEN), base=tmp_path, source=str(tmp_path / "config.toml")
    )
    assert config.telegram.api_base_url == "https://api.telegram.org"
    assert config.telegram.mode == "polling"
    assert config.web.public_url == "http://127.0.0.1:8080"
    assert config.database.url == "sqlite+aiosqlite:///data/partner-bot.db"
    assert config.programs.active == ("saas-tiers",)
    assert config.documents.retention_days == 1095
    assert config.staff.chat_id is None
    assert config.billing.secret == ()


def test_no_secret_shows_in_the_text_of_the_record(tmp_path: Path) -> None:
    (tmp_path / "logo.png").touch()

    shown = repr(load_config(write(tmp_path, FULL), {}))

    for secret in (TOKEN, STRONG, OTHER, WHSEC, WHSEC_OLD, "p%40ss", "pa%3Ass"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("written", "read"), [("0", None), ("-1001234567890", -1001234567890), ("-5", -5)]
)
def test_the_admin_chat_may_be_unknown(tmp_path: Path, written: str, read: int | None) -> None:
    assert reading(tmp_path, f"[staff]\nchat_id = {written}").config.staff.chat_id == read


class TestWhichFile:
    def test_the_argument_goes_before_the_variable(self, tmp_path: Path) -> None:
        other = tmp_path / "other.toml"
        other.write_text('[telegram]\ntoken = "2:other"')
        file = write(tmp_path, f'[telegram]\ntoken = "{TOKEN}"')
        environ = {"PARTNER_BOT_CONFIG": str(other)}

        assert load_config(file, environ).telegram.token == TOKEN
        assert load_config(None, environ).telegram.token == "2:other"

    def test_without_both_it_is_config_toml_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write(tmp_path, f'[telegram]\ntoken = "{TOKEN}"')

        assert load_config(None, {}).telegram.token == TOKEN
        assert load_config(None, {"PARTNER_BOT_CONFIG": ""}).source == "config.toml"

    def test_the_environment_alone_will_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)

        assert load_config(None, {"PARTNER_BOT__TELEGRAM__TOKEN": TOKEN}).telegram.token == TOKEN

    @pytest.mark.parametrize("named", [True, False])
    def test_a_missing_file_is_named_with_the_way_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool
    ) -> None:
        monkeypatch.chdir(tmp_path)

        with pytest.raises(ConfigInvalid) as caught:
            load_config(Path("there.toml") if named else None, {})

        (problem,) = caught.value.problems
        assert problem.source == ("there.toml" if named else "config.toml")
        assert problem.message == "there is no such file; `python -m bot init` writes one"

    @pytest.mark.parametrize(
        ("content", "line", "message"),
        [
            (b"[telegram]\ntoken = 12:abc\n", 2, "not TOML: "),
            (b"[telegram]\n[telegram]\n", 2, "not TOML: "),
            (b"x = " + b"[" * 50_000, None, "nested too deeply"),
            ("[telegram]\n# ключ".encode("cp1251"), None, "is not UTF-8 text"),
        ],
    )
    def test_what_cannot_be_read_is_told(
        self, tmp_path: Path, content: bytes, line: int | None, message: str
    ) -> None:
        (tmp_path / "config.toml").write_bytes(content)

        with pytest.raises(ConfigInvalid) as caught:
            read_config(tmp_path / "config.toml", {})

        (problem,) = caught.value.problems
        assert problem.line == line
        assert problem.message.startswith(message)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigInvalid, match="cannot be read: Is a directory"):
            read_config(tmp_path, {})


class TestTheExample:
    def test_it_is_valid_and_has_every_key(self) -> None:
        config = load_config(EXAMPLE, {})
        data = tomllib.loads(EXAMPLE.read_text("utf-8"))

        assert {section: set(keys) for section, keys in data.items()} == {
            name: {key.name for key in fields(kind)}
            for name, kind in get_type_hints(Config).items()
            if is_dataclass(kind)
        }
        assert config.staff.chat_id == -1001234567890
        assert config.staff.owners == (111111111,)
        assert config.programs.landing_url == "https://example.com/signup"

    def test_its_secrets_do_not_meet_the_world(self) -> None:
        with pytest.raises(ConfigInvalid) as caught:
            read_config(EXAMPLE, {}).ready()

        text = EXAMPLE.read_text("utf-8")
        assert [(problem.line, problem.key) for problem in caught.value.problems] == [
            (line_with("token =", text), "telegram.token"),
            (line_with("tokens =", text), "api.tokens[1]"),
        ]
        assert "is the sample: put the token that @BotFather gave you" in str(caught.value)
        assert "is the sample: put a random token of 16 or more characters" in str(caught.value)
