"""The home of what `check` says of terms: edits of published ones, and what a version changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import utc_now
from bot.config_model import Config
from bot.terms import terms_of
from domain.programs.model import Program
from domain.programs.problems import FileInvalid
from handlers.ui.language import Language, Languages
from handlers.ui.terms_words import changes_of
from storage.engine import open_engines
from storage.migrate import SchemaState, schema_state


async def terms_report(config: Config, environ: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return what is wrong with the versions of terms, and what is to be known of them.

    Nothing is published by it. A database without the tables of this version is passed over.
    """
    engines = open_engines(config.database.url)
    try:
        is_current = await schema_state(engines) is SchemaState.CURRENT
    except (SQLAlchemyError, OSError, TimeoutError):
        is_current = False
    finally:
        await engines.close()
    if not is_current:
        return [], []
    try:
        book = await terms_of(config, environ, keeps=False)
    except FileInvalid as invalid:
        return [str(problem) for problem in invalid.problems], []
    language = Languages("en", config.locale.timezone).of("en")
    now = utc_now()
    told = [line for program in book.values() for line in _coming(language, program, now)]
    return [], told


def _coming(language: Language, program: Program, now: datetime) -> list[str]:
    """Return in words what every version changes that does not hold yet or holds the first day."""
    told: list[str] = []
    for before, after in zip(program.versions, program.versions[1:], strict=False):
        begins = after.holds_from
        if begins is not None and begins.date() >= now.date():
            told.append(f"{program.key}: version {after.version} holds from {begins:%Y-%m-%d}:")
            told += [f"  - {line.plain}" for line in changes_of(language, before, after)]
            if after.is_to_accept:
                told.append("  - partners accept it again; until then pay-outs wait")
    return told
