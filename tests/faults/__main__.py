"""``make faults``: break what the product stands on, and count what is lost or doubled.

    python -m tests.faults [--kills N] [--only WORD ...] [--seed N] [--json FILE] [--list]
        [--without-strace]

Ends with 1 if anything was lost, doubled or left without an answer, or if the books do not
balance; times decide nothing. The seed repeats the random choices.
"""

import argparse
import asyncio
import logging
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from storage.engine import open_engines
from storage.migrate import upgrade
from tests.conftest import running_postgres
from tests.faults.figures import say
from tests.faults.ground import SETTINGS, Ground
from tests.faults.process import Preloaded
from tests.faults.row import Row, as_json, table
from tests.faults.scenarios.everything import SCENARIOS, Scenario

log = logging.getLogger(__name__)

AT_ONCE, QUIET_AT_ONCE = 4, 2


def main(arguments: Sequence[str]) -> int:
    """Run the chosen scenarios and return the exit code."""
    options = _parse(arguments)
    chosen = [one for one in SCENARIOS if _is_chosen(one, options.only)]
    if options.list or not chosen:
        say("\n".join(f"{one.name:<28}{one.about}" for one in SCENARIOS))
        return int(not chosen)
    began = time.monotonic()
    rows = _run(chosen, options)
    seconds = time.monotonic() - began
    say(f"{machine()}\n{table(rows)}")
    for row in rows:
        for complaint in row.complaints:
            say(f"{row.scenario} on {row.database}, seed {row.seed}: {complaint}")
    bad = [row for row in rows if not row.is_well]
    say(f"{len(rows) - len(bad)} of {len(rows)} are well; {seconds:.0f} s; SEED={options.seed}")
    if options.json:
        content = as_json(rows, machine=machine(), seed=options.seed, seconds=round(seconds))
        Path(options.json).write_text(content)
    return int(bool(bad))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--kills", type=int, default=0, help="strikes of each long scenario")
    parser.add_argument("--only", nargs="*", default=[], help="scenarios whose names have a word")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--json", default="", help="a file for the figures")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="scenarios side by side")
    parser.add_argument(
        "--without-strace",
        action="store_true",
        help="where there is no strace, leave out what needs it instead of failing",
    )
    parser.add_argument("--list", action="store_true", help="name the scenarios")
    return parser.parse_args(arguments)


def _is_chosen(scenario: Scenario, words: Sequence[str]) -> bool:
    return not words or any(word.lower() in scenario.name.lower() for word in words)


def _run(chosen: Sequence[Scenario], options: argparse.Namespace) -> list[Row]:
    preloaded = Preloaded()
    try:
        with (
            running_postgres(SETTINGS) as postgres,
            tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as name,
        ):
            # How many may connect is settled at the server's start.
            postgres.restart()
            folder = Path(name)
            migrated = folder / "migrated.db"
            asyncio.run(_migrate(f"sqlite+aiosqlite:///{migrated}"))
            ground = Ground(
                preloaded,
                folder,
                migrated,
                postgres,
                options.seed,
                options.kills,
                options.without_strace,
            )
            return asyncio.run(_run_side_by_side(ground, chosen, options.at_once))
    finally:
        preloaded.close()


async def _migrate(url: str) -> None:
    engines = open_engines(url)
    await upgrade(engines)
    await engines.close()


async def _run_side_by_side(ground: Ground, chosen: Sequence[Scenario], at_once: int) -> list[Row]:
    slots, quiet = asyncio.Semaphore(at_once), asyncio.Semaphore(QUIET_AT_ONCE)

    async def one(scenario: Scenario) -> list[Row]:
        async with quiet if scenario.is_quiet else slots:
            began = time.monotonic()
            rows = await _guarded(ground, scenario)
            for row in rows:
                row.seconds = row.seconds or time.monotonic() - began
                say(f"{row.scenario} on {row.database}: {row.seconds:.0f} s, {row.note}")
            return rows

    beside = [scenario for scenario in chosen if not scenario.is_alone]
    found = await asyncio.gather(*map(one, beside))
    found += [await one(scenario) for scenario in chosen if scenario.is_alone]
    return [row for rows in found for row in rows]


async def _guarded(ground: Ground, scenario: Scenario) -> list[Row]:
    try:
        found = await scenario.run(ground)
    except Exception as error:  # one broken scenario leaves the others their rows
        row = ground.row(scenario.name)
        row.wrong = "; ".join(_told(error))
        log.exception("%s failed", scenario.name)
        return [row]
    return found if isinstance(found, list) else [found]


def _told(error: BaseException) -> list[str]:
    if isinstance(error, BaseExceptionGroup):
        return [said for one in error.exceptions for said in _told(one)]
    return [f"{type(error).__name__}: {error}"]


def machine() -> str:
    """Describe this machine."""
    memory = next(
        (line for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line),
        "MemTotal: 0 kB",
    )
    gigabytes = int(memory.split()[1]) / 1024**2
    cores = len(os.sched_getaffinity(0))
    return (
        f"{platform.system()} {platform.machine()}, {cores} cores, {gigabytes:.0f} GB, "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
