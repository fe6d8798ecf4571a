"""The redirect, beside aiohttp answering 302 without looking."""

import asyncio
import itertools

from tests.benchmarks.business import PARTNERS, code_of
from tests.benchmarks.drive import drive, get
from tests.benchmarks.figures import Row, median, percentile
from tests.benchmarks.requests import check
from tests.benchmarks.run import Run
from tests.benchmarks.world import value

_sources = itertools.count(2)


async def measure(run: Run) -> None:
    """Measure it on SQLite; the database is asked for a code once and written to in sets."""
    url = await run.databases.fresh("sqlite")
    product, bare = await run.shop.started_product(url), run.shop.bare("redirect")
    clicks = 0
    for at_once in run.levels:
        ours, base, slow, busy, cpu, cpu_base = [], [], [], [], [], []
        number = run.scaled(1_500 if at_once == 1 else 6_000)
        for _ in range(run.rounds):
            requests = [get(f"/r/{code_of(i % PARTNERS)}") for i in range(number)]
            # A visitor has an address of its own, else the limit of one address is measured.
            first = next(_sources) % 250
            with product.busy(cpu):
                load = await drive(
                    product.url, requests, at_once, source=lambda n, f=first: f"127.0.{f}.{n + 1}"
                )
            check(load, {302}, "redirect", run.report.faults)
            clicks += number
            ours.append(load.rate)
            slow.append(percentile(load.latencies, 0.99))
            with bare.busy(cpu_base):
                other = await drive(bare.url, requests, at_once)
            base.append(other.rate)
            busy.append(percentile(other.latencies, 0.99))
        run.add(
            Row(
                path=f"redirect x{at_once}",
                unit="per s",
                ours=median(ours),
                base=median(base),
                against="bare aiohttp 302",
                target=0.70,
                stretch=0.90,
                cpu_ours=median(cpu) / number * 1e6,
                cpu_base=median(cpu_base) / number * 1e6,
                note=f"p99 {median(slow) * 1e3:.1f} ms, base {median(busy) * 1e3:.1f} ms",
            )
        )
    await asyncio.sleep(1.0)
    product.stop()
    kept = await value(url, "SELECT COUNT(*) FROM clicks")
    run.equal("clicks of the redirect kept", kept, clicks)
