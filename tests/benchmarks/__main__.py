"""`python -m tests.benchmarks`: measure the paths and print one table."""

import argparse
import asyncio
import importlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.run import Run
from tests.benchmarks.stub import open_stub
from tests.benchmarks.world import opened

PATHS = (
    "redirect",
    "events",
    "batch",
    "updates",
    "pictures",
    "starting",
    "memory",
    "imports",
    "scale",
    "notices",
)
"""What is measured when nothing is named; `proof` and `peer` take long, or need the network."""


def arguments() -> argparse.Namespace:
    """Return what was asked for, by options or by variables of the same name."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    known = os.environ
    parser.add_argument("--only", default=known.get("ONLY", ""), help="paths, by commas")
    parser.add_argument("--json", default=known.get("JSON") or "bench.json", type=Path)
    parser.add_argument("--rounds", default=int(known.get("ROUNDS") or 3), type=int)
    parser.add_argument("--size", default=float(known.get("N") or 1), type=float)
    parser.add_argument("--at-once", default=known.get("AT_ONCE") or "1,32")
    parser.add_argument("--kinds", default=known.get("KINDS") or "sqlite,postgresql")
    parser.add_argument("--scale", default=known.get("SCALE") or "200k")
    parser.add_argument("--rows", default=known.get("ROWS") or "5k")
    parser.add_argument("--updates", default=known.get("UPDATES") or "2000")
    parser.add_argument("--notices", default=known.get("NOTICES") or "300")
    return parser.parse_args()


def number(text: str) -> int:
    """Return a number written as ``10m`` or ``200k``."""
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower(), 1)
    return int(float(text.rstrip("kKmM")) * factor)


async def main() -> int:
    """Measure; 1 where something was lost or doubled, 2 where a path broke off, never a time."""
    asked = arguments()
    only = [name for name in asked.only.split(",") if name] or PATHS
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        async with open_stub() as stub:
            with opened(folder, stub.url) as (shop, databases):
                run = Run(
                    shop=shop,
                    databases=databases,
                    stub=stub,
                    rounds=asked.rounds,
                    levels=tuple(int(level) for level in asked.at_once.split(",")),
                    size=asked.size,
                    kinds=tuple(asked.kinds.split(",")),
                    postings=number(asked.scale),
                    rows=number(asked.rows),
                    notices=number(asked.notices),
                    updates=number(asked.updates),
                )
                for name in only:
                    began = time.monotonic()
                    sys.stderr.write(f"{name}\n")
                    try:
                        await importlib.import_module(f"tests.benchmarks.{name}").measure(run)
                    except Exception as error:  # noqa: BLE001 - the other paths are measured
                        run.report.broken.append(f"{name}: {type(error).__name__}: {error}")
                    sys.stderr.write(f"  ({time.monotonic() - began:.0f} s)\n")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(run.report.text() + "\n")
    run.report.keep(asked.json)
    return 1 if run.report.faults else 2 if run.report.broken else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
