"""The home of the configuration: reads config.toml and the environment, or says what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.config_advice import mode_problems, samples_in, warnings_for
from bot.config_environment import PREFIX, overrides, strangers
from bot.config_file import DEFAULT_FILE, ConfigInvalid, parsed, text_of
from bot.config_model import (
    ApiConfig,
    BillingConfig,
    Config,
    DatabaseConfig,
    DocumentsConfig,
    EmailConfig,
    LocaleConfig,
    PrivacyConfig,
    ProgramsConfig,
    StaffConfig,
    TelegramConfig,
    WebConfig,
)
from bot.config_secrets import documents_keys
from bot.config_sections import read_sections
from domain.programs.locate import lines_of
from domain.programs.problems import Problem, Report
from domain.programs.reading import Table
from domain.programs.values import Unfit
from storage.vault_keys import VaultKeys

__all__ = [
    "ApiConfig",
    "BillingConfig",
    "Config",
    "ConfigInvalid",
    "ConfigReading",
    "DatabaseConfig",
    "DocumentsConfig",
    "EmailConfig",
    "LocaleConfig",
    "PrivacyConfig",
    "ProgramsConfig",
    "StaffConfig",
    "TelegramConfig",
    "WebConfig",
    "config_path",
    "documents_key",
    "load_config",
    "read_config",
]

FILE_VARIABLE = "PARTNER_BOT_CONFIG"
DOCUMENTS_KEY_VARIABLE = "PARTNER_BOT_DOCUMENTS_KEY"
NO_KEY = "is not set: with SQLite a key file is kept beside the database, PostgreSQL needs it set"
KEY_HALF_CHANGED = "holds several keys: take the old one out when `rewrap` has ended with 0"


@dataclass(frozen=True, slots=True)
class ConfigReading:
    """What was read, and everything that is to be said about it.

    Attributes:
        config: The configuration; where a value is wrong, its default.
        problems: What is wrong.
        samples: Secrets that are still those of config.example.toml.
        warnings: What an operator should know, and may leave as it is.
    """

    config: Config
    problems: tuple[Problem, ...]
    samples: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    def accepted(self) -> Config:
        """Return the configuration, sample secrets and all.

        Raises:
            ConfigInvalid: something is wrong.
        """
        if self.problems:
            raise ConfigInvalid(self.problems)
        return self.config

    def ready(self) -> Config:
        """Return the configuration if it may meet the world.

        Raises:
            ConfigInvalid: something is wrong, or a secret is a sample that everybody knows.
        """
        if self.problems or self.samples:
            raise ConfigInvalid(self.problems + self.samples)
        return self.config

    def is_sound(self, section: str) -> bool:
        """Return whether nothing is wrong in the section, so that a check may look further."""
        variable = f"{PREFIX}{section.upper()}__"
        return not any(
            problem.key.startswith((f"{section}.", variable)) or problem.key in {"", section}
            for problem in self.problems
        )


def config_path(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the file to read: the argument, ``$PARTNER_BOT_CONFIG``, or ``config.toml``."""
    return path or Path(environ.get(FILE_VARIABLE) or DEFAULT_FILE)


def load_config(path: Path | None, environ: Mapping[str, str]) -> Config:
    """Read the configuration.

    Args:
        path: The file; ``None`` takes ``$PARTNER_BOT_CONFIG``, else ``config.toml``.
        environ: The environment; ``PARTNER_BOT__SECTION__KEY`` goes before the file.

    Raises:
        ConfigInvalid: with everything that is wrong.
    """
    return read_config(path, environ).accepted()


def read_config(path: Path | None, environ: Mapping[str, str]) -> ConfigReading:
    """Read the configuration, with problems, samples and warnings side by side.

    Raises:
        ConfigInvalid: the file cannot be read at all.
    """
    file = config_path(path, environ)
    text = text_of(file, environ)
    data = parsed(text, str(file))
    merged, variables = overrides(data, environ)
    report = Report(str(file), lines_of(text), variables)
    config = read_sections(Table.over(merged, report), file.parent, str(file))
    report.problems += strangers(environ)
    for key_path, message in mode_problems(config, report):
        report.add(key_path, message)
    warnings = Report(report.source, report.lines, report.variables)
    for key_path, message in warnings_for(config):
        if not report.has(key_path):
            warnings.add(key_path, message)
    try:
        keys = documents_key(environ)
        if keys is None:
            warnings.problems.append(_of_the_key(NO_KEY))
        elif keys.others:
            warnings.problems.append(_of_the_key(KEY_HALF_CHANGED))
    except ConfigInvalid as invalid:
        report.problems += invalid.problems
    samples = tuple(report.at(*sample) for sample in samples_in(config))
    return ConfigReading(config, report.in_order(), samples, warnings.in_order())


def documents_key(environ: Mapping[str, str]) -> VaultKeys | None:
    """Return the keys that encrypt documents and pay-out details, or ``None`` where none is set.

    Raises:
        ConfigInvalid: the variable is no base64 of exactly 32 bytes, nor several of them.
    """
    encoded = environ.get(DOCUMENTS_KEY_VARIABLE, "")
    if not encoded:
        return None
    try:
        return documents_keys(encoded)
    except Unfit as wrong:
        raise ConfigInvalid([_of_the_key(str(wrong))]) from None


def _of_the_key(message: str) -> Problem:
    return Problem("environment", None, DOCUMENTS_KEY_VARIABLE, message)
