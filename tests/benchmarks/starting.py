"""From the start to the first answer, and the memory of an idle process."""

import asyncio
import subprocess
import sys
import time

from tests.benchmarks.figures import Row, median
from tests.benchmarks.run import Run
from tests.benchmarks.updates import talk
from tests.benchmarks.world import environ
from tests.faults.process import ROOT

IMPORT = "import aiogram"
PACKAGES = (
    "import aiogram, aiohttp, aiosqlite, asyncpg, alembic, sqlalchemy.ext.asyncio, babel.messages"
    ", babel.numbers, babel.dates, cryptography.hazmat.primitives.ciphers.aead, jinja2, limits"
    ", phonenumbers, prometheus_client, aiosmtplib, apscheduler.schedulers.asyncio"
)
"""What the product imports before it is asked for a picture or a paper."""


async def measure(run: Run) -> None:
    """Measure on SQLite."""
    url = await run.databases.fresh("sqlite")
    ours, base = [], []
    product = None
    for _ in range(run.rounds):
        if product is not None:
            product.stop()
        began = time.perf_counter()
        product = await run.shop.started_product(url)
        await talk(product, run.stub, 1, 1)
        ours.append(time.perf_counter() - began)
        base.append(await asyncio.to_thread(_imported, IMPORT))
    assert product is not None
    run.add(_less("start to the first answer", "s", median(ours), median(base), IMPORT, 1.3))
    await asyncio.sleep(2)
    idle = product.rss_mib
    packages = await asyncio.to_thread(_resident, PACKAGES)
    run.add(_less("memory, idle", "MiB", idle, packages, "the same packages imported", 1.2))
    product.stop()


def _less(path: str, unit: str, ours: float, base: float, against: str, target: float) -> Row:
    return Row(
        path=path,
        unit=unit,
        ours=ours,
        base=base,
        against=against,
        target=target,
        less_is_better=True,
    )


def _imported(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environ())
    return time.perf_counter() - began


def _resident(code: str) -> float:
    """Return the resident memory of a Python that has imported something."""
    show = f"{code}; print(open('/proc/self/status').read())"
    done = subprocess.run(
        [sys.executable, "-c", show], check=True, cwd=ROOT, env=environ(), stdout=subprocess.PIPE
    )
    line = next(x for x in done.stdout.decode().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
