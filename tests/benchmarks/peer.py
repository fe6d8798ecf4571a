"""One payment, whole work, beside django-affiliate-system; needs a package index, so on request.

It is installed into a virtual environment in the folder of the run, at the versions below, and
works in a process of its own. Ours is asked over HTTP, with signature and answer; it is called
as a function, so what HTTP would cost it is left out.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row, median
from tests.benchmarks.requests import check, payments, single
from tests.benchmarks.run import Run
from tests.benchmarks.world import environ, value

VERSIONS = (
    "asgiref==3.13.0",
    "Django==5.2.19",
    "django-affiliate-system==0.1.0",
    "djangorestframework==3.18.3",
    "djangorestframework_simplejwt==5.5.1",
    "PyJWT==2.15.1",
    "sqlparse==0.6.1",
)
WORK = Path(__file__).parent / "peer_at_work.py"
PAYMENTS = 500


async def measure(run: Run) -> None:
    """Measure on SQLite: the same number of payments in turn, ours alone and at once."""
    python = await asyncio.to_thread(_installed, run.shop.folder / "peer")
    url = await run.databases.fresh("sqlite")
    product = await run.shop.started_product(url)
    warm = [single(event) for event in payments(200, prefix="w")]
    check(await drive(product.url, warm, 32), {200}, "peer", run.report.faults)
    number, sent = run.scaled(PAYMENTS), len(warm)
    theirs: list[float] = []
    ours: dict[int, list[float]] = {level: [] for level in run.levels}
    for turn in range(run.rounds):
        database = run.shop.folder / f"peer-{turn}.db"
        seconds, made = await asyncio.to_thread(_worked, python, database, number)
        run.equal("commissions of the peer", made, number)
        theirs.append(number / seconds)
        for level, rates in ours.items():
            requests = [single(event) for event in payments(number)]
            load = await drive(product.url, requests, level)
            check(load, {200}, "peer", run.report.faults)
            sent += load.statuses[200]
            rates.append(load.rate)
    product.stop()
    run.equal("payments beside the peer", await value(url, "SELECT COUNT(*) FROM payments"), sent)
    for level, rates in ours.items():
        run.add(
            Row(
                path=f"one payment, whole work x{level}",
                unit="per s",
                ours=median(rates),
                base=median(theirs),
                against="django-affiliate-system, a function called",
                target=10,
                stretch=18,
            )
        )


def _installed(folder: Path) -> Path:
    """Return the interpreter of a new virtual environment with the peer in it."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *VERSIONS], check=True, stdout=sys.stderr)
    return python


def _worked(python: Path, database: Path, number: int) -> tuple[float, int]:
    """Let the peer work; return seconds, and how many commissions it made."""
    done = subprocess.run(
        [str(python), str(WORK), str(database), str(number)],
        check=True,
        env=environ(),
        stdout=subprocess.PIPE,
    )
    seconds, made = done.stdout.decode().split()
    return float(seconds), int(made)
