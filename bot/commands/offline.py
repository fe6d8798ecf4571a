"""The home of the product without Telegram: what commands that work on the database need."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.engine import make_url

from bot.clock import utc_now
from bot.config_model import Config
from bot.ids import IdMaker
from bot.programs import load_programs
from bot.terms import terms_of
from bot.vault_key import used_key
from bot.wiring_surroundings import make_surroundings
from domain.surroundings import Surroundings
from storage.engine import Engines, open_engines
from storage.migrate import SchemaState, schema_state
from storage.vault import Vault
from storage.work import SqlOpenWork


class NotReady(RuntimeError):
    """The database or the programs are not as this command needs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offline:
    """The database with its use cases' surroundings."""

    engines: Engines
    around: Surroundings


@asynccontextmanager
async def offline(config: Config, environ: Mapping[str, str]) -> AsyncIterator[Offline]:
    """Open the database for use cases, beside a bot that may be running.

    Raises:
        NotReady: the tables are not those of this version, or a program with partners is missing.
        KeyMissing: PostgreSQL without the key.
    """
    _ = load_programs(list(config.programs.active), base=config.base, source=config.source)
    engines = open_engines(config.database.url)
    try:
        await require_schema(engines)
        # Only a start publishes: a dry run, too, stores nothing.
        programs = await terms_of(config, environ, keeps=False)
        new_id = IdMaker(utc_now)
        vault = Vault(used_key(environ, config.database.url))
        open_work = SqlOpenWork(engines, vault, new_id)
        async with open_work.read() as work:
            missing = await work.partners.programs() - set(programs)
        if missing:
            names = ", ".join(sorted(missing))
            raise NotReady(f"programs.active lacks {names}, which has partners")
        around = await make_surroundings(config, programs, open_work, utc_now, new_id)
        yield Offline(engines=engines, around=around)
    finally:
        await engines.close()


async def require_schema(engines: Engines) -> None:
    """Test that the tables are those of this version.

    Raises:
        NotReady: they are not.
    """
    state = await schema_state(engines)
    if state is SchemaState.AHEAD:
        raise NotReady("the database is newer than this version of the product")
    if state is not SchemaState.CURRENT:
        raise NotReady("the database has no tables of this version: run `python -m bot migrate`")


def database_name(url: str) -> str:
    """Return what names a database, without its password."""
    return make_url(url).render_as_string(hide_password=True)
