"""The environment: what it overrides, secrets in files, and the key for documents."""

import base64
import tomllib
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import ConfigInvalid, documents_key, load_config
from bot.config_environment import known_variables
from storage.vault_keys import VaultKeys
from tests.bot.config_files import FULL, TOKEN, WHSEC, WHSEC_OLD, problems, reading, write

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.mark.parametrize(
    ("variable", "value", "section", "key", "expected"),
    [
        ("TELEGRAM__TOKEN", "987:from-the-environment", "telegram", "token", None),
        ("TELEGRAM__TOKEN", '"987:quoted"', "telegram", "token", "987:quoted"),
        ("WEB__PORT", "9090", "web", "port", 9090),
        ("WEB__HOST", "bot.local", "web", "host", None),
        ("STAFF__OWNERS", "[1, 2]", "staff", "owners", (1, 2)),
        ("STAFF__CHAT_ID", "-100", "staff", "chat_id", -100),
        ("STAFF__CHAT_ID", "", "staff", "chat_id", None),
        ("STAFF__SECOND_PERSON_ABOVE", "500.50", "staff", "second_person_above", Decimal("500.5")),
        ("STAFF__SECOND_PERSON_ABOVE", "", "staff", "second_person_above", None),
        ("PROGRAMS__ACTIVE", '["a", "b.toml"]', "programs", "active", ("a", "b.toml")),
        ("PRIVACY__MASK_CLIENTS", "true", "privacy", "mask_clients", True),
        ("BILLING__SECRET", WHSEC, "billing", "secret", (WHSEC,)),
        (
            "BILLING__SECRET",
            f'["{WHSEC}", "{WHSEC_OLD}"]',
            "billing",
            "secret",
            (WHSEC, WHSEC_OLD),
        ),
        ("API__TOKENS", "[]", "api", "tokens", ()),
        ("LOCALE__DEFAULT", "ru", "locale", "default", "ru"),
        ("LOCALE__TIMEZONE", "Asia/Tokyo", "locale", "timezone", ZoneInfo("Asia/Tokyo")),
        ("DATABASE__URL", "sqlite+aiosqlite:////srv/x.db", "database", "url", None),
        ("DOCUMENTS__FOLDER", "x = 1\ny = 2", "documents", "folder", "refused"),
    ],
)
def test_the_environment_goes_before_the_file(
    tmp_path: Path, variable: str, value: str, section: str, key: str, expected: object
) -> None:
    if expected == "refused":
        found = problems(tmp_path, "", **{f"PARTNER_BOT__{variable}": value})
        assert [problem.key for problem in found] == [f"PARTNER_BOT__{variable}"]
        return
    config = reading(tmp_path, FULL.replace("logo.png", ""), **{f"PARTNER_BOT__{variable}": value})

    assert not config.problems
    found_value = getattr(getattr(config.config, section), key)
    optional = key in {"chat_id", "second_person_above"}
    assert found_value == (expected if expected is not None or optional else value)


@pytest.mark.parametrize(
    ("variable", "value", "key", "message"),
    [
        ("PARTNER_BOT__TELEGRAM__TOKN", "x", None, "did you mean PARTNER_BOT__TELEGRAM__TOKEN?"),
        ("PARTNER_BOT__TELEGRAN__TOKEN", "x", None, "did you mean PARTNER_BOT__TELEGRAM__TOKEN?"),
        ("PARTNER_BOT__TELEGRAM", "x", None, "allowed: PARTNER_BOT__SECTION__KEY"),
        ("PARTNER_BOT__WEB__PORT__X", "1", None, "did you mean PARTNER_BOT__WEB__PORT?"),
        ("PARTNER_BOT__web__port", "1", None, "in capitals"),
        ("PARTNER_BOT_WEB_PORT", "1", None, "did you mean PARTNER_BOT__WEB__PORT?"),
        ("PARTNER_BOT_TELEGRAM__TOKEN", "1", None, "did you mean PARTNER_BOT__TELEGRAM__TOKEN?"),
        ("PARTNER_BOT__WEB__PORT", "eighty", None, "a whole number is needed, this is text"),
        ("PARTNER_BOT__WEB__PORT", "", None, "a whole number is needed"),
        ("PARTNER_BOT__WEB__PORT", "70000", None, "70000 is not allowed: from 0 to 65535"),
        ("PARTNER_BOT__TELEGRAM__TOKEN", "12345", None, "is no bot token"),
        ("PARTNER_BOT__PROGRAMS__ACTIVE", "saas-tiers", None, "a list in [] is needed"),
        ("PARTNER_BOT__STAFF__OWNERS", "[1, 0]", "PARTNER_BOT__STAFF__OWNERS[2]", "from 1"),
    ],
)
def test_a_wrong_variable_is_named(
    tmp_path: Path, variable: str, value: str, key: str | None, message: str
) -> None:
    (problem,) = problems(tmp_path, "", **{variable: value})

    assert problem.source == "environment"
    assert problem.line is None
    assert problem.key == (key or variable)
    assert message in problem.message


def test_variables_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    environ = {"PARTNER_BOT_CONFIG": "x", "PARTNER_BOT_TEST_DATABASE": "y", "PATH": "/bin"}

    assert not reading(tmp_path, "", **environ).problems


def test_every_key_has_a_variable() -> None:
    data = tomllib.loads(EXAMPLE.read_text("utf-8"))

    assert set(known_variables()) == {
        f"PARTNER_BOT__{section}__{key}".upper() for section in data for key in data[section]
    }


def test_a_good_variable_mends_a_bad_line(tmp_path: Path) -> None:
    text = '[telegram]\ntoken = "x"\n'

    assert not problems(tmp_path, text, PARTNER_BOT__TELEGRAM__TOKEN=TOKEN)


class TestTokenFile:
    def test_it_is_sought_from_the_folder_of_the_config(self, tmp_path: Path) -> None:
        (tmp_path / "token.txt").write_text(f"{TOKEN}\n")

        config = load_config(write(tmp_path, '[telegram]\ntoken_file = "token.txt"'), {})

        assert config.telegram.token == TOKEN
        assert config.telegram.token_file == tmp_path / "token.txt"

    def test_a_wrong_token_in_it_is_not_repeated(self, tmp_path: Path) -> None:
        (tmp_path / "token.txt").write_text("hush")

        (problem,) = problems(tmp_path, '[telegram]\ntoken_file = "token.txt"')

        assert problem.key == "telegram.token_file"
        assert "token.txt: the token in it is no bot token" in problem.message
        assert "hush" not in problem.message

    def test_token_and_file_together_are_refused(self, tmp_path: Path) -> None:
        text = f'[telegram]\ntoken = "{TOKEN}"\ntoken_file = "token.txt"'

        (problem,) = problems(tmp_path, text)

        assert (problem.key, problem.line) == ("telegram.token_file", 3)
        assert problem.message == "give either token or token_file, not both"

    def test_the_one_in_the_environment_goes_first(self, tmp_path: Path) -> None:
        (tmp_path / "token.txt").write_text("555:from-a-file")
        both = {"PARTNER_BOT__TELEGRAM__TOKEN_FILE": "token.txt"}
        only_file = write(tmp_path, '[telegram]\ntoken_file = "nowhere"')
        only_text = {"PARTNER_BOT__TELEGRAM__TOKEN": TOKEN}

        assert load_config(only_file, only_text).telegram.token == TOKEN
        assert reading(tmp_path, "", **both).config.telegram.token == "555:from-a-file"


class TestDocumentsKey:
    KEY = base64.b64encode(bytes(range(200, 232))).decode()

    def test_it_is_32_bytes_or_not_there(self) -> None:
        environ = {"PARTNER_BOT_DOCUMENTS_KEY": self.KEY}

        assert documents_key(environ) == VaultKeys(bytes(range(200, 232)))
        assert documents_key({}) is None
        assert documents_key({"PARTNER_BOT_DOCUMENTS_KEY": ""}) is None

    def test_while_it_is_changed_there_are_several_and_one_that_marks(
        self, tmp_path: Path
    ) -> None:
        new, marks = (base64.b64encode(bytes(range(n, n + 32))).decode() for n in (1, 60))
        read = documents_key({"PARTNER_BOT_DOCUMENTS_KEY": f"{new},{self.KEY},marks:{marks}"})

        assert read == VaultKeys(
            bytes(range(1, 33)), (bytes(range(200, 232)),), bytes(range(60, 92))
        )
        assert documents_key({"PARTNER_BOT_DOCUMENTS_KEY": f"{new},marks:{marks}"}) == VaultKeys(
            bytes(range(1, 33)), (), bytes(range(60, 92))
        )
        assert new not in repr(read)
        value = f"{new},{self.KEY},marks:{marks}"
        warned = reading(tmp_path, "", PARTNER_BOT_DOCUMENTS_KEY=value).warnings
        assert any("holds several keys" in str(warning) for warning in warned)

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (f"{KEY},{KEY}", "put marks:... behind them"),
            (f"marks:{KEY}", "a key of marks alone"),
            (f"{KEY},marks:hush", "base64 of exactly 32 bytes"),
            (f"{KEY},,marks:{KEY}", "base64 of exactly 32 bytes"),
            ("hush", "base64 of exactly 32 bytes"),
            (base64.b64encode(b"x" * 31).decode(), "base64 of exactly 32 bytes"),
            (base64.b64encode(bytes(range(33))).decode(), "base64 of exactly 32 bytes"),
            ("ключ", "base64 of exactly 32 bytes"),
            (base64.b64encode(bytes(32)).decode(), "too weak, one byte repeated"),
        ],
    )
    def test_anything_else_is_a_problem_of_the_whole_configuration(
        self, tmp_path: Path, value: str, message: str
    ) -> None:
        (problem,) = problems(tmp_path, "", PARTNER_BOT_DOCUMENTS_KEY=value)

        assert problem.key == "PARTNER_BOT_DOCUMENTS_KEY"
        assert message in problem.message
        assert value not in problem.message
        with pytest.raises(ConfigInvalid):
            documents_key({"PARTNER_BOT_DOCUMENTS_KEY": value})
