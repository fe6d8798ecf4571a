"""The home of choosing the command for data that was asked for."""

import argparse
import sqlite3
from collections.abc import Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot.commands.offline import NotReady
from bot.config_model import Config
from bot.vault_key import KeyMissing


async def run_data(
    options: argparse.Namespace,
    config: Config,
    environ: Mapping[str, str],
    *,
    say: Callable[[str], None] = print,
) -> int:
    """Run ``import``, ``export``, ``backup`` or ``restore``; return the exit code."""
    try:
        return await _run(options, config, environ, say)
    except (NotReady, KeyMissing) as refused:
        say(f"error: {refused}")
    except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        say(f"error: {said}")
        if options.command == "import":
            say("What was applied stays. Run the same command again: it goes on from there.")
    return 1


async def _run(
    options: argparse.Namespace,
    config: Config,
    environ: Mapping[str, str],
    say: Callable[[str], None],
) -> int:
    match options.command:
        case "import":
            from bot.commands.import_file import run_import

            return await run_import(options, config, environ, say=say)
        case "export":
            from bot.commands.export_file import run_export

            return await run_export(options.kind, options.out, config, say=say)
        case "backup":
            from bot.commands.backup import run_backup

            return await run_backup(options.file, config, environ, force=options.force, say=say)
        case _:
            from bot.commands.restore import run_restore

            return await run_restore(options.file, config, environ, force=options.force, say=say)
