"""Files with any value of any type in any place: refused in words or read, never a crash."""

import datetime
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import ConfigReading, read_config
from domain.programs.load import load_program
from domain.programs.problems import FileInvalid
from tests.bot.config_files import FULL
from tests.domain.program_files import WHOLE

ODD = [
    0, -1, 10**30, 1.5, float("inf"), float("nan"), True,
    "", " ", "\x00", "\u202e", "%", "[", "://", "http://[", "sqlite+aiosqlite:///%", "smtp://[::",
    "١", "😀" * 5000, [], [[]], [{}], ["", 1], {}, {"": {}}, {"x": 1},
    datetime.date(1, 1, 1), datetime.time(0, 0),
    datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
]  # fmt: skip


def toml(value: object) -> str:
    """Return a value as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii="\x00" in str(value))


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else ()
    for key, child in enumerate(value) if isinstance(value, list) else items:
        yield from places(child, (*path, key))


def put(value: object, path: tuple[str | int, ...], odd: object) -> object:
    if not path:
        return odd
    if isinstance(value, dict):
        return {k: put(v, path[1:], odd) if k == path[0] else v for k, v in value.items()}
    assert isinstance(value, list)
    return [put(v, path[1:], odd) if n == path[0] else v for n, v in enumerate(value)]


def document(data: object) -> str:
    assert isinstance(data, dict)
    return "".join(f"{key} = {toml(value)}\n" for key, value in data.items())


@pytest.mark.parametrize("path", list(places(tomllib.loads(WHOLE))), ids=str)
def test_a_program_file_never_crashes_the_loader(path: tuple[str | int, ...]) -> None:
    for odd in ODD:
        assert "" not in said_of(document(put(tomllib.loads(WHOLE), path, odd)))


def said_of(text: str) -> list[str]:
    """Return what is said of a program file; nothing of one that was read whole."""
    try:
        load_program(text, source="x")
    except FileInvalid as invalid:
        return [problem.message for problem in invalid.problems] or [""]
    return []


@pytest.mark.parametrize("path", list(places(tomllib.loads(FULL))), ids=str)
def test_a_config_file_never_crashes_the_reader(
    tmp_path: Path, path: tuple[str | int, ...]
) -> None:
    file = tmp_path / "config.toml"
    for odd in ODD:
        file.write_text(document(put(tomllib.loads(FULL), path, odd)), encoding="utf-8")
        for problem in read_config(file, {}).problems:
            assert problem.source == str(file)
            assert problem.message


@pytest.mark.parametrize("path", [p for p in places(tomllib.loads(FULL)) if len(p) == 2], ids=str)
def test_a_variable_never_crashes_the_reader(tmp_path: Path, path: tuple[str | int, ...]) -> None:
    file = tmp_path / "config.toml"
    file.write_text(FULL, encoding="utf-8")
    variable = f"PARTNER_BOT__{path[0]}__{path[1]}".upper()
    for odd in ODD:
        told(read_config(file, {variable: toml(odd)}), variable)
    for raw in ("\udcff", "1\n[web]", "\0", "[1"):
        told(read_config(file, {variable: raw}), variable)


def told(read: ConfigReading, variable: str) -> None:
    """Assert that each problem says where it is and what is wrong."""
    assert all(problem.message and problem.source for problem in read.problems), variable
