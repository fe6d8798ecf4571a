"""The home of `python -m bot init`: asks four questions and writes a config.toml."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from bot.config_fields import TELEGRAM_ID_MAX, chat_id, optional
from bot.config_fresh import fresh_config, fresh_documents_key
from bot.config_secrets import SAMPLE_TOKEN, bot_token
from domain.programs.values import Read, Unfit, integer, web_address

T = TypeVar("T")
ATTEMPTS_MAX = 5
OWNER_ONLY = 0o600

_QUESTIONS = {
    "token": "Bot token, from @BotFather: ",
    "chat": "Id of the admin chat (Enter to skip: later an owner sends /here in the group): ",
    "owner": "Your Telegram id (Enter to skip: send /privacy to the bot and it tells you): ",
    "landing": "Page where referral links lead, https://... (Enter for links to Telegram only): ",
}

_KEEP_THE_KEY = """\
Keep this key, and set it wherever the bot runs. Without it the documents and pay-out
   details that were stored can never be read again.
   export PARTNER_BOT_DOCUMENTS_KEY={key}"""


class _GaveUp(Exception):
    """The person ended the questions, or never gave a fitting answer."""


def run_init(
    path: Path, *, ask: Callable[[str], str] = input, say: Callable[[str], None] = print
) -> int:
    """Ask for what cannot be guessed and write the config, readable by its owner only.

    Args:
        path: The file to write; one that exists is never touched.
        ask: Shows a question and returns the answer.
        say: Shows a line.

    Returns:
        The exit code: 0 where the file was written, else 1.
    """
    if os.path.lexists(path):
        say(f"{path} exists already and stays as it is. Move it away, or give --config.")
        return 1
    try:
        token, chat, owner, landing = _answers(ask, say)
    except (_GaveUp, EOFError, KeyboardInterrupt):
        say("\nNothing was written.")
        return 1
    try:
        _write(path, fresh_config(token, chat, owner, landing_url=landing))
    except OSError as error:
        say(f"Cannot write {path}: {error.strerror or error}. Nothing was written.")
        return 1
    for line in _next_steps(path, chat=chat, owner=owner):
        say(line)
    return 0


def _answers(
    ask: Callable[[str], str], say: Callable[[str], None]
) -> tuple[str, int | None, int | None, str]:
    def answer(name: str, read: Read[T]) -> T:
        for _ in range(ATTEMPTS_MAX):
            try:
                return read(ask(_QUESTIONS[name]).strip())
            except Unfit as wrong:
                say(f"  This {wrong}.")
        raise _GaveUp

    return (
        answer("token", _token),
        answer("chat", lambda value: chat_id(_number(value))),
        answer("owner", _owner),
        answer("landing", optional(web_address)),
    )


def _token(value: object) -> str:
    token = bot_token(value)
    if token == SAMPLE_TOKEN:
        raise Unfit("is the sample of the documents: put the token that @BotFather gave you")
    return token


def _owner(value: object) -> int | None:
    number = _number(value)
    return integer(1, TELEGRAM_ID_MAX)(number) if number != "" else None


def _number(value: object) -> int | str:
    text = str(value)
    if not text:
        return text
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit():
        raise Unfit("is no number: a Telegram id has digits only, and a minus for groups")
    return int(text[:40])


def _write(path: Path, text: str) -> None:
    """Write a new file that nobody else can read, or none at all."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


def _next_steps(path: Path, *, chat: int | None, owner: int | None) -> list[str]:
    steps = [
        _KEEP_THE_KEY.format(key=fresh_documents_key()),
        "python -m bot check    says what is still wrong",
        "python -m bot run      starts the bot",
    ]
    if owner is None:
        steps.append(
            "Send /privacy to the bot, put the id that it tells you into `owners`, restart"
        )
    if chat is None:
        steps.append("Make a group for your staff, add the bot, and send /here in it")
    lines = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
    return [f"{path} is written, readable by you alone. It holds fresh secrets.", "", *lines]
