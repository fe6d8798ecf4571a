"""CSV files of payments, in and out: speed beside batches, and memory at any size of the file."""

import asyncio
import csv
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row
from tests.benchmarks.requests import batch, check, payments
from tests.benchmarks.run import Run
from tests.benchmarks.world import environ, value
from tests.faults.process import ROOT

FEW = 1_000
GROWTH_MIB = 64
SETS_MAX = 20
CHUNK = 10_000
LINE_SECONDS = 30
NAMES = ("payment_id", "client_id", "amount", "currency", "paid_at")


async def measure(run: Run) -> None:
    """Measure on SQLite: what a row costs beyond the start, and the peak of memory."""
    url = await run.databases.fresh("sqlite")
    config, folder = run.shop.config(url), run.shop.folder
    few = await asyncio.to_thread(_import, folder, config, FEW)
    few_out = await asyncio.to_thread(_export, folder, config)
    many = await asyncio.to_thread(_import, folder, config, run.rows)
    many_out = await asyncio.to_thread(_export, folder, config)
    kept = await value(url, "SELECT COUNT(*) FROM payments")
    run.equal("imported payments", kept, FEW + run.rows)
    run.equal("exported payments", _lines(folder / "payments.csv") - 1, FEW + run.rows)
    rate = await _batches(run)
    for name, small, large, base in (
        (f"import of {run.rows} rows", few, many, rate),
        (f"export of {FEW + run.rows} rows", few_out, many_out, 0.0),
    ):
        run.add(
            Row(
                path=name,
                unit="rows/s",
                ours=run.rows / max(large[0] - small[0], 0.001),
                base=base,
                against="batches over HTTP" if base else "-",
                target=0.9 if base else None,
            )
        )
        run.add(
            Row(
                path=f"{name.partition(' ')[0]}, growth of memory",
                unit="MiB",
                ours=max(large[1] - small[1], 0.0),
                base=GROWTH_MIB,
                against=f"{GROWTH_MIB} MiB more than with {FEW} rows",
                target=1.0,
                less_is_better=True,
            )
        )


async def _batches(run: Run) -> float:
    """Return how many payments a second come in as batches."""
    product = await run.shop.started_product(await run.databases.fresh("sqlite"))
    sets = min(max(2, run.rows // 1_000), SETS_MAX)
    load = await drive(product.url, [batch(payments(1_000)) for _ in range(sets)], 1)
    check(load, {200}, "batches beside the import", run.report.faults)
    product.stop()
    return sets * 1_000 / load.seconds


def _import(folder: Path, config: Path, number: int) -> tuple[float, float]:
    """Import so many payments; return seconds and the peak of memory."""
    path = folder / f"payments-{number}.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        for start in range(0, number, CHUNK):
            events = payments(min(CHUNK, number - start), prefix=f"i{start}-")
            writer.writerows(event["data"] for event in events)
    return _run(["import", str(path), "--kind", "payments", "--config", str(config)])


def _export(folder: Path, config: Path) -> tuple[float, float]:
    """Export all payments; return seconds and the peak of memory."""
    path = folder / "payments.csv"
    path.unlink(missing_ok=True)
    return _run(["export", "payments", "--out", str(path), "--config", str(config)])


def _run(arguments: Sequence[str]) -> tuple[float, float]:
    began = said = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environ(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        now = time.perf_counter()
        if now - said > LINE_SECONDS:
            said = now
            sys.stderr.write(f"  {arguments[0]}: {now - began:.0f} s, {peak:.0f} MiB\n")
        time.sleep(0.02)
    if process.returncode != 0:
        raise RuntimeError(f"{arguments[0]} ended with {process.returncode}")
    return time.perf_counter() - began, peak


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(x for x in lines if x.startswith("VmHWM")).split()[1]) / 1024
    except (OSError, StopIteration):
        return 0.0
