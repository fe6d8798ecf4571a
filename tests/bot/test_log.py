"""The log: one reference number for a person and all lines about it, and no secret anywhere."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.log import JSON, TEXT, set_up_logging
from handlers.reference import REFERENCE

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz"
HIDDEN = [
    f"https://api.telegram.org/bot{TOKEN}/getMe",
    f'{{"secret": "whsec_{"c2VjcmV0" * 4}"}}',
    "Authorization: Bearer n7Qz_4kWvT2x-Lr9Yb3c",
    "postgresql+asyncpg://bot:hunter2hunter2@db/bot",
]
SECRETS = ("AAE-abc", "c2VjcmV0", "n7Qz_4kWv", "hunter2")


@contextmanager
def own_log() -> Iterator[None]:
    """Let the log be set up as in a process of its own, without the handlers of pytest."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    root.handlers = []
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)


@pytest.mark.parametrize("form", [TEXT, JSON])
def test_no_secret_is_in_a_line_or_a_traceback(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with own_log():
        set_up_logging()
        set_up_logging(logging.INFO, form)
        for line in HIDDEN:
            logging.getLogger("test").error("failed: %s", line, exc_info=ValueError(line))
    said = capsys.readouterr().err
    assert said.count("ValueError") >= len(HIDDEN)
    assert not [secret for secret in SECRETS if secret in said]


def test_each_line_is_an_object_with_the_reference(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with own_log():
        set_up_logging(logging.INFO, JSON)
        kept = REFERENCE.set("2Z4")
        logging.getLogger("test").warning("two\nlines")
        REFERENCE.reset(kept)
        logging.getLogger("test").info("other")
        logging.getLogger("test").debug("nothing")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["level"], first["message"], first["reference"]) == (
        "WARNING",
        "two\nlines",
        "2Z4",
    )
    assert "reference" not in second


def test_lines_for_people_end_with_the_reference(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with own_log():
        set_up_logging()
        kept = REFERENCE.set("2Z4")
        logging.getLogger("test").info("%s done", "all")
        REFERENCE.reset(kept)
    assert capsys.readouterr().err.endswith("INFO test: all done [2Z4]\n")
