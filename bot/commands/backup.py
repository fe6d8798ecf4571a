"""The home of `python -m bot backup`: a checked copy of the database while the bot runs."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.commands.bars import bar
from bot.commands.postgresql_tools import dump_advice
from bot.config import documents_key
from bot.config_model import Config
from bot.vault_key import VARIABLE
from storage.books import audit
from storage.engine import open_engines
from storage.migrate import SchemaState, schema_state
from storage.sqlite_copy import Damaged, check_pages, copy_database, make_single

Say = Callable[[str], None]


async def run_backup(
    file: Path, config: Config, environ: Mapping[str, str], *, force: bool, say: Say = print
) -> int:
    """Copy the database and check the copy; return 0 if it can be relied on."""
    source = sqlite_file(config)
    if source is None:
        for line in dump_advice(config.database.url, file):
            say(line)
        return 1
    problem = _problem(source, file, force=force)
    if problem:
        say(f"error: {problem}")
        return 1
    part = Path(f"{file}.part")
    try:
        with bar("copying, pages") as on_pages:
            await asyncio.to_thread(copy_database, source, part, on_pages)
        state, findings = await check_copy(part)
    except Damaged as damaged:
        say(f"error: {damaged}")
        say("The copy cannot be relied on and was not kept. The database itself may be damaged.")
        part.unlink(missing_ok=True)
        return 1
    part.replace(file)
    size = file.stat().st_size / 1_048_576
    say(f"{file}: {size:.1f} MiB; its pages and tables are whole")
    if state is not SchemaState.CURRENT:
        say(f"Its tables are {state.value} this version, so its books were not audited.")
    for finding in findings:
        say(f"  {finding}")
    if state is SchemaState.CURRENT and not findings:
        say("Its books are right: every total agrees with its postings.")
    for line in (papers_advice(config), *key_advice(config, environ)):
        say(line)
    return 1 if findings else 0


def sqlite_file(config: Config) -> Path | None:
    """Return the file of an SQLite database, ``None`` for another one."""
    url = make_url(config.database.url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _problem(source: Path, file: Path, *, force: bool) -> str | None:
    if not source.is_file():
        return f"there is no database at {source}"
    if file.exists() and file.resolve() == source.resolve():
        return "the copy cannot be the database itself"
    if file.is_dir():
        return f"{file} is a folder: give the copy a name in it"
    if file.exists() and not force:
        return f"{file} is there already; --force replaces it"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        return f"the folder {file.parent} cannot be made: {error.strerror}"
    return None


async def check_copy(path: Path) -> tuple[SchemaState, list[str]]:
    """Test pages and tables of a copy, and audit its books where this version can read them.

    Returns:
        How its tables stand to this version, and what is wrong with its books.

    Raises:
        Damaged: it is no database of this product, or its pages do not fit together.
    """
    await asyncio.to_thread(check_pages, path)
    engines = open_engines(f"sqlite+aiosqlite:///{path}")
    try:
        state = await schema_state(engines)
        if state is SchemaState.EMPTY:
            raise Damaged(f"{path} is no database of this product: it has none of its tables")
        found = []
        if state is SchemaState.CURRENT:
            found = [
                f"books: {each.check} {each.subject}: expected {each.expected}, found {each.found}"
                for each in await audit(engines)
            ]
    finally:
        await engines.close()
    # Reading it has put a log of writes beside the copy.
    await asyncio.to_thread(make_single, path)
    return state, found


def papers_advice(config: Config) -> str:
    """Return what else belongs to a copy."""
    return f"Papers are NOT in the copy: copy the folder {config.documents.folder} now, too."


def key_advice(config: Config, environ: Mapping[str, str]) -> list[str]:
    """Return how to keep what opens the sealed parts of a copy."""
    sealed = "Pay-out accounts, forms and messages in it are sealed; the key is NOT in the copy."
    if documents_key(environ) is not None:
        return [
            sealed,
            f"Keep the value of ${VARIABLE} in another place, such as a password safe.",
        ]
    source = sqlite_file(config)
    key = source.with_suffix(".key") if source else None
    if key is not None and key.is_file():
        return [sealed, f"Keep {key} in another place than the copy: whoever has both reads all."]
    return [sealed, f"No key was found: neither ${VARIABLE} nor {key}. Look for it now."]
