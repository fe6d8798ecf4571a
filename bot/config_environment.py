"""The home of overrides: every key of config.toml may be given by the environment instead."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import get_type_hints

from bot.config_model import Config
from domain.programs.problems import Path, Problem
from domain.programs.reading import Spoken
from domain.programs.values import guess

PREFIX = "PARTNER_BOT__"


def overrides(
    data: Mapping[str, object], environ: Mapping[str, str]
) -> tuple[dict[str, object], dict[Path, str]]:
    """Put the known variables over the file.

    Returns:
        The merged data, and the variable behind each overridden path.
    """
    merged = {
        key: dict(value) if isinstance(value, dict) else value for key, value in data.items()
    }
    variables: dict[Path, str] = {}
    for variable, (section, key) in known_variables().items():
        table = merged.setdefault(section, {}) if variable in environ else None
        if isinstance(table, dict):
            table[key] = _spoken(environ[variable])
            variables[section, key] = variable
    return merged, variables


def _spoken(raw: str) -> Spoken:
    try:
        parsed = tomllib.loads(f"value = {raw}")
    except (ValueError, RecursionError):
        return Spoken(raw, raw)
    return Spoken(raw, parsed["value"] if parsed.keys() == {"value"} else raw)


def strangers(environ: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each variable that sets nothing.

    These are the unknown ones with our prefix, and known ones but for an underscore.
    """
    known = known_variables()
    slips = {name.replace("__", "_") for name in known}
    return [
        _unknown(variable, known)
        for variable in sorted(environ)
        if variable not in known
        and (variable.startswith(PREFIX) or variable.replace("__", "_") in slips)
    ]


def _unknown(variable: str, known: Iterable[str]) -> Problem:
    message = (
        f"unknown variable; {guess(variable, known)}allowed: {PREFIX}SECTION__KEY, in capitals"
    )
    return Problem("environment", None, variable, message)


def known_variables() -> dict[str, tuple[str, str]]:
    """Return section and key behind every variable that overrides one."""
    hints = get_type_hints(Config)
    return {
        f"{PREFIX}{section}__{key.name}".upper(): (section, key.name)
        for section, kind in hints.items()
        if is_dataclass(kind)
        for key in fields(kind)
    }
