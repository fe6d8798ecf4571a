"""A CSV file of payments, beside batches over HTTP; and how memory grows with the file."""

import asyncio
import csv
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row
from tests.benchmarks.requests import batch, check, payments
from tests.benchmarks.run import Run
from tests.benchmarks.world import environ, value
from tests.faults.process import ROOT

FEW = 1_000
GROWTH_MIB = 64


async def measure(run: Run) -> None:
    """Measure on SQLite: what a row costs beyond the start, and the peak of memory."""
    url = await run.databases.fresh("sqlite")
    config = run.shop.config(url)
    small, base_mib = await asyncio.to_thread(_import, run.shop.folder, config, FEW)
    large, peak_mib = await asyncio.to_thread(_import, run.shop.folder, config, run.rows)
    run.equal(
        "imported payments", await value(url, "SELECT COUNT(*) FROM payments"), FEW + run.rows
    )
    product = await run.shop.started_product(await run.databases.fresh("sqlite"))
    sets = max(2, run.rows // 1_000)
    load = await drive(product.url, [batch(payments(1_000)) for _ in range(sets)], 1)
    check(load, {200}, "batches beside the import", run.report.faults)
    product.stop()
    run.add(
        Row(
            path=f"import of {run.rows} rows",
            unit="ev/s",
            ours=(run.rows - FEW) / max(large - small, 0.001),
            base=sets * 1_000 / load.seconds,
            against="batches over HTTP",
            target=0.9,
        )
    )
    run.add(
        Row(
            path="import, growth of memory",
            unit="MiB",
            ours=max(peak_mib - base_mib, 0.0),
            base=GROWTH_MIB,
            against=f"{GROWTH_MIB} MiB",
            target=1.0,
            less_is_better=True,
        )
    )


def _import(folder: Path, config: Path, number: int) -> tuple[float, float]:
    """Import so many payments; return seconds and the peak of memory."""
    path = folder / f"payments-{number}.csv"
    names = ("payment_id", "client_id", "amount", "currency", "paid_at")
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(event["data"] for event in payments(number, prefix="i"))
    command = [sys.executable, "-m", "bot", "import", str(path)]
    command += ["--kind", "payments", "--config", str(config)]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        time.sleep(0.02)
    assert process.returncode == 0
    return time.perf_counter() - began, peak


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return int(next(x for x in lines if x.startswith("VmHWM")).split()[1]) / 1024
    except (OSError, StopIteration):
        return 0.0
