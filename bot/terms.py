"""The home of the published terms at a start: files are compared with what was published."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.clock import utc_now
from bot.config_model import Config
from bot.ids import IdMaker
from bot.programs import read_program_files
from bot.vault_key import KEY_BYTES, known_key
from domain.programs.terms_book import TermsBook
from domain.usecases.terms.publish import publish_terms
from storage.engine import open_engines
from storage.vault import Vault
from storage.work import SqlOpenWork


async def terms_of(
    config: Config,
    environ: Mapping[str, str],
    *,
    clock: Callable[[], datetime] = utc_now,
    keeps: bool = True,
) -> TermsBook:
    """Return the terms of the active programs; a version that is new is published.

    Args:
        config: Names the programs and the database, which has the tables of this version.
        environ: The environment.
        clock: Tells the time.
        keeps: ``False`` only looks.

    Raises:
        ProgramFileInvalid: a file is wrong, or changes terms that are published.
    """
    files = read_program_files(
        list(config.programs.active), base=config.base, source=config.source
    )
    engines = open_engines(config.database.url)
    try:
        # Terms are not sealed: without a key they are read all the same, and none is made.
        vault = Vault(known_key(environ, config.database.url) or bytes(KEY_BYTES))
        open_work = SqlOpenWork(engines, vault, IdMaker(clock))
        return await publish_terms(open_work, files, clock, keeps=keeps)
    finally:
        await engines.close()
