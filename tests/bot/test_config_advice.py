"""Warnings about a configuration, and what a check may still look at."""

import base64
from pathlib import Path

import pytest

from bot.config import ConfigInvalid
from tests.bot.config_files import FULL, WHSEC, WHSEC_OLD, WHSEC_OUT, reading

ROTATING = "billing.secret"
"""The whole configuration is in the middle of changing this secret, and is reminded of it."""
KEY = base64.b64encode(bytes(range(200, 232))).decode()


def whsec(key: bytes) -> str:
    return "whsec_" + base64.b64encode(key).decode()


class TestWarnings:
    def keys(self, folder: Path, text: str, **environ: str) -> list[str]:
        return [warning.key for warning in reading(folder, text, **environ).warnings]

    def test_a_bare_configuration_is_told_what_it_lacks(self, tmp_path: Path) -> None:
        assert set(self.keys(tmp_path, "")) == {
            "billing.secret",
            "staff.second_person_above",
            "programs.landing_url",
            "staff.owners",
            "staff.chat_id",
            "email.smtp_url",
            "PARTNER_BOT_DOCUMENTS_KEY",
        }

    def test_a_whole_configuration_is_told_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "logo.png").touch()
        environ = {"PARTNER_BOT_DOCUMENTS_KEY": KEY}

        assert self.keys(tmp_path, FULL, **environ) == [ROTATING]

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ("http://127.0.0.1:8081/", "http://tg.example.com", "telegram.api_base_url"),
            ("https://billing.", "http://billing.", "billing.outbound_url"),
            ("10.0.0.0/8", "0.0.0.0/0", "web.trusted_proxies[1]"),
            (WHSEC_OLD, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "billing.secret[2]"),
            (WHSEC_OLD, whsec(b"abcdefgh" * 4), "billing.secret[2]"),
            (WHSEC_OLD, whsec(b"the quick brown fox jumps over a dog"), "billing.secret[2]"),
            (WHSEC_OUT, WHSEC, "billing.outbound_secret"),
            (WHSEC_OUT, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "billing.outbound_secret"),
            ("https://shop.example.com", "https://example.com", "programs.landing_url"),
        ],
    )
    def test_a_doubtful_value_is_pointed_out(
        self, tmp_path: Path, old: str, new: str, key: str
    ) -> None:
        (tmp_path / "logo.png").touch()
        environ = {"PARTNER_BOT_DOCUMENTS_KEY": KEY}

        told = self.keys(tmp_path, FULL.replace(old, new), **environ)
        assert sorted(told) == sorted([ROTATING, key])

    def test_a_finished_change_of_secrets_is_told_nothing(self, tmp_path: Path) -> None:
        one = FULL.replace(f'["{WHSEC}", "{WHSEC_OLD}"]', f'"{WHSEC}"')
        (tmp_path / "logo.png").touch()
        assert self.keys(tmp_path, one, PARTNER_BOT_DOCUMENTS_KEY=KEY) == []

    def test_a_wrong_value_is_not_also_called_empty(self, tmp_path: Path) -> None:
        assert "billing.secret" not in self.keys(tmp_path, '[billing]\nsecret = "x"')


def test_a_check_can_go_on_with_the_sections_that_are_sound(tmp_path: Path) -> None:
    found = reading(tmp_path, '[web]\nport = 70000\n[programs]\nactive = ["mine.toml"]\n')

    assert not found.is_sound("web")
    assert found.is_sound("programs")
    assert found.config.programs.active == ("mine.toml",)
    assert found.config.web.port == 8080
    with pytest.raises(ConfigInvalid):
        found.accepted()


def test_a_wrong_variable_makes_its_section_unsound(tmp_path: Path) -> None:
    found = reading(tmp_path, "", PARTNER_BOT__DATABASE__URL="mysql://x/y")

    assert not found.is_sound("database")
    assert found.is_sound("web")
