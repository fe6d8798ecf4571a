"""The home of the file behind the configuration: finds it, reads it, and says why it cannot."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bot.config_environment import PREFIX
from domain.programs.locate import line_of_error, words_of_error
from domain.programs.problems import FileInvalid, Problem

DEFAULT_FILE = "config.toml"


class ConfigInvalid(FileInvalid):
    """The configuration cannot be used; every mistake in it is named at once."""

    code = "config_invalid"


def text_of(file: Path, environ: Mapping[str, str]) -> str:
    """Return the text of the file; an absent default file is empty if the environment has all.

    Raises:
        ConfigInvalid: it cannot be read.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        named = any(f"{PREFIX}TELEGRAM__{key}" in environ for key in ("TOKEN", "TOKEN_FILE"))
        if file == Path(DEFAULT_FILE) and named:
            return ""
        message = "there is no such file; `python -m bot init` writes one"
    except UnicodeDecodeError:
        message = "is not UTF-8 text: save the file in UTF-8"
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or 'no path'}"
    raise ConfigInvalid([Problem(str(file), None, "", message)])


def parsed(text: str, source: str) -> dict[str, object]:
    """Return the file as TOML.

    Raises:
        ConfigInvalid: it is none.
    """
    try:
        return tomllib.loads(text)
    except ValueError as error:
        message = f"not TOML: {words_of_error(error)}"
        raise ConfigInvalid([Problem(source, line_of_error(error, text), "", message)]) from None
    except RecursionError:
        raise ConfigInvalid([Problem(source, None, "", "nested too deeply")]) from None
