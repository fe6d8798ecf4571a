"""The home of `python -m bot check`: everything that is wrong, at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from aiogram.exceptions import TelegramAPIError
from aiosmtplib.errors import SMTPException
from sqlalchemy.exc import SQLAlchemyError

from bot.catalogues import problems as catalogue_problems
from bot.commands.check_terms import terms_report
from bot.config import ConfigReading, read_config
from bot.programs import load_programs
from bot.telegram import make_bot
from bot.vault_key import KeyMissing, known_key
from domain.programs.model import Program
from domain.programs.problems import FileInvalid
from handlers.jobs.smtp import NoEncryption, SmtpAddress, SmtpLine
from storage.engine import open_engines
from storage.migrate import SchemaState, schema_state


async def run_check(
    path: Path | None,
    environ: Mapping[str, str],
    *,
    live: bool,
    say: Callable[[str], None] = print,
) -> int:
    """Say everything that is wrong in config, programs, catalogues and database.

    Args:
        path: The config file, ``None`` for the default one.
        environ: The environment.
        live: Also ask Telegram who the bot is, and log in to the mail server; nothing is sent.
        say: Prints a line.

    Returns:
        1 if anything is wrong, else 0; warnings alone are 0.
    """
    try:
        reading = read_config(path, environ)
    except FileInvalid as invalid:
        for problem in invalid.problems:
            say(f"error: {problem}")
        return 1
    wrong = [str(problem) for problem in (*reading.problems, *reading.samples)]
    programs, problems = _programs_of(reading)
    wrong += problems
    wrong += list(catalogue_problems())
    if reading.is_sound("database"):
        wrong += await _database_problems(reading, environ)
    if live and reading.is_sound("telegram"):
        wrong += await _telegram_problems(reading)
    if live and reading.is_sound("email"):
        wrong += await _mail_problems(reading)
    if reading.is_sound("database") and reading.is_sound("programs") and not wrong:
        found, told = await terms_report(reading.config, environ)
        wrong += found
        for line in told:
            say(line)
    for text in wrong:
        say(f"error: {text}")
    warnings = [*map(str, reading.warnings), *_vendor_warnings(reading, programs)]
    for warning in warnings:
        say(f"warning: {warning}")
    say(_summary(wrong, warnings))
    return 1 if wrong else 0


def _summary(wrong: Sequence[str], warnings: Sequence[object]) -> str:
    if not wrong and not warnings:
        return "Everything is in order."
    return f"{_counted(len(wrong), 'error')}, {_counted(len(warnings), 'warning')}"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _programs_of(reading: ConfigReading) -> tuple[Mapping[str, Program], list[str]]:
    """Return the active programs, or what is wrong with them."""
    config = reading.config
    try:
        found = load_programs(list(config.programs.active), base=config.base, source=config.source)
    except FileInvalid as invalid:
        return {}, [str(problem) for problem in invalid.problems]
    front = config.programs.front
    if front and front not in found:
        return found, [f"{config.source}: programs.front: no active program has the key {front!r}"]
    return found, []


def _vendor_warnings(reading: ConfigReading, programs: Mapping[str, Program]) -> list[str]:
    """Return what documents of pay-outs lack: they would name nobody who is to pay (R22)."""
    making = [key for key, program in programs.items() if program.payout_documents is not None]
    if not making or not reading.is_sound("vendor") or reading.config.vendor.details is not None:
        return []
    warning = (
        f"{reading.config.source}: vendor.name: is empty, and {', '.join(making)} makes documents "
        "for pay-outs: they would have blank lines for whom they are made out to; fill in "
        "[vendor], or take [payout_documents] out of the program"
    )
    return [warning]


async def _database_problems(reading: ConfigReading, environ: Mapping[str, str]) -> list[str]:
    config = reading.config
    found: list[str] = []
    engines = open_engines(config.database.url)
    try:
        state = await schema_state(engines)
        if state is SchemaState.AHEAD:
            found.append("database: newer than this version of the product")
        elif state is not SchemaState.CURRENT and engines.is_postgresql:
            found.append("database: run `python -m bot migrate` first")
        known_key(environ, config.database.url)
    except KeyMissing as missing:
        found.append(str(missing))
    except FileInvalid:
        pass  # A key that is none is among the problems of the config already.
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        found.append(f"database: cannot be opened: {_first_line(error)}")
    finally:
        await engines.close()
    return found


async def _telegram_problems(reading: ConfigReading) -> list[str]:
    telegram = reading.config.telegram
    bot = make_bot(telegram.token, telegram.api_base_url)
    try:
        await bot.me()
    except (TelegramAPIError, OSError, TimeoutError) as error:
        return [f"telegram: {_first_line(error)}"]
    finally:
        await bot.session.close()
    return []


async def _mail_problems(reading: ConfigReading) -> list[str]:
    """Greet the mail server and log in; only the kind of a failure is told, not its words."""
    url = reading.config.email.smtp_url
    if not url:
        return []
    line = SmtpLine(SmtpAddress.read(url))
    try:
        await line.connect()
    except NoEncryption as refusal:
        return [f"email: {refusal}, and the password would travel in clear"]
    except (SMTPException, OSError, TimeoutError) as error:
        code = getattr(error, "code", "")
        return [
            f"email: the mail server does not let us in: {type(error).__name__} {code}".strip()
        ]
    finally:
        await line.close()
    return []


def _first_line(error: Exception) -> str:
    lines: Iterator[str] = iter(str(error).splitlines())
    return next(lines, type(error).__name__)
