"""`python -m bot init`: a fresh config that works, and nothing that was there is lost."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.init import run_init
from bot.config import documents_key, load_config, read_config
from bot.config_fresh import EXAMPLE, fresh_config

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def answering(*answers: str) -> Callable[[str], str]:
    left = list(answers)

    def ask(question: str) -> str:
        assert question.endswith(": ")
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


def test_a_fresh_config_is_ready_and_keeps_the_comments(tmp_path: Path) -> None:
    text = fresh_config(TOKEN, -100500, 42, landing_url="https://shop.example/#start")
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")

    config = read_config(file, {}).ready()

    assert config.telegram.token == TOKEN
    assert config.staff.chat_id == -100500
    assert config.staff.owners == (42,)
    assert config.programs.landing_url == "https://shop.example/#start"
    assert len(config.billing.secret) == 1
    assert len(config.api.tokens) == 1
    assert config.telegram.webhook_secret
    example = EXAMPLE.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in example.splitlines() if line.startswith("#")
    ]


def test_every_secret_is_new_each_time() -> None:
    first, second = (tomllib.loads(fresh_config(TOKEN, None, None)) for _ in range(2))

    for section, key in [
        ("telegram", "webhook_secret"),
        ("billing", "secret"),
        ("billing", "outbound_secret"),
        ("api", "tokens"),
    ]:
        assert first[section][key] != second[section][key]
    assert first["billing"]["secret"] != first["billing"]["outbound_secret"]


def test_the_questions_end_in_a_file_for_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    said: list[str] = []

    code = run_init(
        file, ask=answering(TOKEN, "-100500", "42", "https://shop.example"), say=said.append
    )

    assert code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    config = load_config(file, {})
    assert (config.telegram.token, config.staff.chat_id) == (TOKEN, -100500)
    assert config.staff.owners == (42,)
    assert config.programs.landing_url == "https://shop.example"
    assert "python -m bot check" in "\n".join(said)
    assert "/here" not in "\n".join(said)


def test_the_key_for_documents_is_shown_and_works(tmp_path: Path) -> None:
    said: list[str] = []

    run_init(tmp_path / "c.toml", ask=answering(TOKEN, "", "", ""), say=said.append)

    shown = re.search(
        r"^ *export (PARTNER_BOT_DOCUMENTS_KEY)=(\S+)$", "\n".join(said), re.MULTILINE
    )
    assert shown is not None
    keys = documents_key({shown[1]: shown[2]})
    assert keys is not None
    assert len(keys.first) == 32
    assert shown[2] not in (tmp_path / "c.toml").read_text()


def test_all_but_the_token_may_wait(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    said: list[str] = []

    assert run_init(file, ask=answering(f" {TOKEN} ", "", "", ""), say=said.append) == 0

    config = load_config(file, {})
    assert config.staff.chat_id is None
    assert config.staff.owners == ()
    assert config.programs.landing_url == ""
    assert "send /here" in "\n".join(said)
    assert "Send /privacy to the bot" in "\n".join(said)


def test_a_wrong_answer_is_explained_and_asked_again(tmp_path: Path) -> None:
    said: list[str] = []
    answers = answering(
        "", "hush", "123456:secret", TOKEN, "12", "abc", "-100500", "-1", "0", "42", "shop", ""
    )

    assert run_init(tmp_path / "c.toml", ask=answers, say=said.append) == 0

    told = "\n".join(said)
    assert "This is empty: put the token" in told
    assert "This is no bot token" in told
    assert "This is the sample of the documents" in told
    assert "This is no number" in told
    assert "12 is the id of a person" in told
    assert "-1 is not allowed: from 1" in told
    assert "https://" in told
    assert "hush" not in told


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("mine")
    said: list[str] = []

    assert run_init(file, ask=answering(), say=said.append) == 1

    assert file.read_text() == "mine"
    assert "exists already" in said[0]


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "config.toml"
    link.symlink_to(tmp_path / "elsewhere.toml")

    assert run_init(link, ask=answering(TOKEN, "", "", ""), say=lambda _: None) == 1

    assert not (tmp_path / "elsewhere.toml").exists()


@pytest.mark.parametrize("answers", [(), (TOKEN,), ("x",) * 9, (TOKEN, "", "", "x", "x")])
def test_giving_up_writes_nothing(tmp_path: Path, answers: tuple[str, ...]) -> None:
    file = tmp_path / "config.toml"
    said: list[str] = []

    assert run_init(file, ask=answering(*answers), say=said.append) == 1

    assert not file.exists()
    assert said[-1].strip() == "Nothing was written."


def test_an_interrupt_is_an_answer_too(tmp_path: Path) -> None:
    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    assert run_init(tmp_path / "c.toml", ask=interrupted, say=lambda _: None) == 1


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    said: list[str] = []

    code = run_init(tmp_path / "no" / "c.toml", ask=answering(TOKEN, "", "", ""), say=said.append)

    assert code == 1
    assert "No such file or directory. Nothing was written." in said[-1]
