"""The home of the command line: `python -m bot COMMAND`."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.data_arguments import DATA_COMMANDS, add_data_commands
from bot.config import Config, config_path, read_config
from bot.log import set_up_logging
from bot.log_hiding import hide
from domain.programs.problems import FileInvalid

log = logging.getLogger(__name__)

EXIT_CONFIG = 78
"""Exit code of a broken configuration (sysexits: EX_CONFIG)."""


def main(arguments: Sequence[str]) -> int:
    """Run a command; return the exit code."""
    options = _parser().parse_args(arguments)
    set_up_logging(logging.WARNING if options.command != "run" else logging.INFO)
    try:
        return int(_run(options))
    except FileInvalid as invalid:
        for problem in invalid.problems:
            print(f"error: {problem}", file=sys.stderr)
        return EXIT_CONFIG
    except KeyboardInterrupt:
        return 130
    except Exception:
        # By the log, which hides secrets and rows: a bare traceback would print them.
        log.exception("%s failed", options.command)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Partner Bot")
    parser.add_argument("--config", type=Path, help="the config file (default: config.toml)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in (
        ("run", "run the bot, the HTTP server and the jobs"),
        ("demo", "the whole product on this machine, with a Telegram simulator"),
        ("init", "write a config.toml with fresh secrets"),
        ("migrate", "bring the database to the newest schema"),
        ("rewrap", "seal what is stored with a new key of documents"),
    ):
        _add(commands, name, text)
    books = _add(commands, "books", "audit the ledger; exit 1 on a difference")
    books.add_argument(
        "--since-checkpoint",
        action="store_true",
        help="only what came since the last full audit that found nothing",
    )
    check = _add(commands, "check", "say everything that is wrong; exit 1 if anything is")
    check.add_argument("--live", action="store_true", help="also ask Telegram and the mail server")
    event = _add(commands, "send-event", "sign and post an event, as billing would")
    event.add_argument("file", type=Path, help="a JSON file: type, timestamp, data")
    event.add_argument("--url", help="where to post (default: web.public_url)")
    add_data_commands(lambda name, text: _add(commands, name, text))
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    """Add a command; --config may stand before or behind it."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def _run(options: argparse.Namespace) -> int:
    # Each command imports what it needs: `init` and `check` must start fast and on any machine.
    match options.command:
        case "demo":
            from bot.commands.demo import run_demo

            return asyncio.run(run_demo())
        case "init":
            from bot.commands.init import run_init

            return run_init(config_path(options.config, os.environ))
        case "check":
            from bot.commands.check import run_check

            return asyncio.run(run_check(options.config, os.environ, live=options.live))
        case _:
            return _run_with_config(options, _config(options))


def _run_with_config(options: argparse.Namespace, config: Config) -> int:
    match options.command:
        case "run":
            level = logging.getLevelNamesMapping()[config.log.level.upper()]
            set_up_logging(level, config.log.form)
            return _run_product(config)
        case "migrate":
            from bot.commands.maintenance import run_migrate
            from storage.migrate import SchemaAhead

            try:
                return asyncio.run(run_migrate(config))
            except SchemaAhead:
                print("error: database: newer than this version of the product", file=sys.stderr)
                return EXIT_CONFIG
        case "books":
            from bot.commands.maintenance import run_books

            return asyncio.run(run_books(config, is_short=options.since_checkpoint))
        case "rewrap":
            return _rewrap(config)
        case name if name in DATA_COMMANDS:
            from bot.commands.data import run_data

            return asyncio.run(run_data(options, config, os.environ))
        case _:
            return _send_event(options, config)


def _run_product(config: Config) -> int:
    from bot.only_one import AnotherRuns
    from bot.run import CannotStart, NotMigrated, ProgramMissing, run_until_stopped
    from bot.vault_key import KeyMissing
    from storage.migrate import SchemaAhead

    try:
        asyncio.run(run_until_stopped(config, os.environ))
    except (NotMigrated, ProgramMissing, SchemaAhead, KeyMissing) as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return EXIT_CONFIG
    except (CannotStart, AnotherRuns) as outage:
        print(f"error: {outage}", file=sys.stderr)
        return 1
    return 0


def _rewrap(config: Config) -> int:
    from bot.commands.offline import NotReady
    from bot.commands.rewrap import run_rewrap
    from bot.vault_key import KeyMissing

    try:
        return asyncio.run(run_rewrap(config, os.environ))
    except (KeyMissing, NotReady) as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return EXIT_CONFIG


def _send_event(options: argparse.Namespace, config: Config) -> int:
    from bot.commands.send_event import run_send_event

    if not config.billing.secret:
        print("error: billing.secret is empty, so events are refused", file=sys.stderr)
        return EXIT_CONFIG
    url = options.url or config.web.public_url
    return asyncio.run(run_send_event(options.file, url=url, secret=config.billing.secret[0]))


def _config(options: argparse.Namespace) -> Config:
    """Return the config; sample secrets are refused, warnings are shown."""
    from bot.config_hidden import secrets_of

    reading = read_config(options.config, os.environ)
    for warning in reading.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    config = reading.ready()
    hide(secrets_of(config, os.environ))
    return config
