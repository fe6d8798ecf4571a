"""The home of the active programs: finds their files and reads them all before complaining."""

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from domain.programs.load import load_program
from domain.programs.locate import lines_of
from domain.programs.model import Program
from domain.programs.problems import Problem, ProgramFileInvalid
from domain.programs.publishing import ProgramFile
from domain.programs.values import hint

_PRESET_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_KEY = "programs.active"
FILE_BYTES_MAX = 1_000_000


def preset_names() -> list[str]:
    """Return the names of the programs that ship with the product."""
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in _presets().iterdir()
        if entry.name.endswith(".toml")
    )


def load_programs(
    active: list[str], *, base: Path, source: str = "config.toml"
) -> dict[str, Program]:
    """Return the active programs as their files say, in the order given.

    Raises:
        ProgramFileInvalid: with everything that is wrong in any of the files.
    """
    files = read_program_files(active, base=base, source=source)
    return {file.program.key: file.program for file in files}


def read_program_files(
    active: list[str], *, base: Path, source: str = "config.toml"
) -> list[ProgramFile]:
    """Read the files of the active programs, in the order given.

    Args:
        active: Names of presets, or paths to TOML files.
        base: The folder from which relative paths start: the one of the config file.
        source: The file that lists them, for the messages.

    Raises:
        ProgramFileInvalid: with everything that is wrong in any of the files.
    """
    problems: list[Problem] = []
    programs: dict[str, ProgramFile] = {}
    for position, name in enumerate(active, start=1):
        file = _source_of(name)
        try:
            text = _text_of(name, base)
            program = load_program(text, source=file)
        except _NoFile as missing:
            problems.append(Problem(source, None, f"{_KEY}[{position}]", str(missing)))
        except ProgramFileInvalid as invalid:
            problems.extend(invalid.problems)
        else:
            if program.key in programs:
                problems.append(_same_key(program.key, file, text, programs[program.key].source))
            found = ProgramFile(program=program, text=text, source=file)
            programs.setdefault(program.key, found)
    if problems:
        raise ProgramFileInvalid(problems)
    return list(programs.values())


class _NoFile(Exception):
    """There is no readable file behind the name."""


def _presets() -> Traversable:
    return files("domain.programs") / "presets"


def _is_path(name: str) -> bool:
    return name.endswith(".toml") or not _PRESET_NAME.fullmatch(name)


def _source_of(name: str) -> str:
    return name if _is_path(name) else f"presets/{name}.toml"


def _text_of(name: str, base: Path) -> str:
    if not _is_path(name):
        preset = _presets() / f"{name}.toml"
        if not preset.is_file():
            known = hint(name, preset_names())
            raise _NoFile(f"no preset is called {name!r}; {known}, or a path to a .toml file")
        return preset.read_text(encoding="utf-8")
    try:
        with (base / name).open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise _NoFile(
            f"cannot read {name!r}, sought from the folder of the config: {reason}"
        ) from None
    return _decoded(data, name)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > FILE_BYTES_MAX:
        raise _NoFile(f"{name!r} is too large for a program file: at most {FILE_BYTES_MAX} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(name, line, "", "is not UTF-8 text: save the file in UTF-8")
        raise ProgramFileInvalid([problem]) from None


def _same_key(key: str, file: str, text: str, other: str) -> Problem:
    message = f"{key!r} is also the key of {other}: each active program needs a key of its own"
    return Problem(file, lines_of(text).get(("program", "key")), "program.key", message)
