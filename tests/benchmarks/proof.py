"""The audit of all books, and the proof of what came since a checkpoint beside it."""

import sys
import time

from bot.clock import utc_now
from bot.ids import first_id_after
from storage.books import Proof, prove_everything, prove_news
from storage.engine import Engines, open_engines
from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row, median
from tests.benchmarks.large import CLIENTS, build
from tests.benchmarks.requests import batch, check, payments
from tests.benchmarks.run import Run

NEW_POSTINGS = 10_000
TIMES = 3


async def measure(run: Run) -> None:
    """Measure on each database; the new postings are made by the product, over HTTP."""
    for kind in run.kinds:
        began = time.monotonic()
        url = await run.databases.empty(kind, "proof")
        await build(url, run.postings, has_events=True)
        sys.stderr.write(f"  {run.postings} postings in {time.monotonic() - began:.0f} s\n")
        engines = open_engines(url)
        try:
            await _measure(run, kind, url, engines)
        finally:
            await engines.close()


async def _measure(run: Run, kind: str, url: str, engines: Engines) -> None:
    full, seconds = await _proved(engines, is_short=False)
    sys.stderr.write(f"  the full proof in {seconds:.1f} s\n")
    run.equal(f"differences in the books on {kind}", len(full.findings), 0)
    await _pay(run, url)
    times = []
    for _ in range(TIMES):
        short, took = await _proved(engines, is_short=True)
        times.append(took)
        run.equal(f"differences since the checkpoint on {kind}", len(short.findings), 0)
        run.equal(f"postings since the checkpoint on {kind}", short.postings, NEW_POSTINGS)
        if short.refused:
            run.report.faults.append(f"proof {kind}: {short.refused}")
    run.add(
        Row(
            path=f"proof since a checkpoint {kind}, {run.postings // 1000}k postings",
            unit="s",
            ours=median(times),
            base=seconds,
            against=f"the full proof; {NEW_POSTINGS} postings are new",
            target=0.02,
            less_is_better=True,
        )
    )


async def _proved(engines: Engines, *, is_short: bool) -> tuple[Proof, float]:
    at = utc_now()
    prove = prove_news if is_short else prove_everything
    began = time.perf_counter()
    proof = await prove(engines, at=at, first_id=first_id_after(at))
    return proof, time.perf_counter() - began


async def _pay(run: Run, url: str) -> None:
    events = payments(NEW_POSTINGS // 2, prefix="n")
    for number, event in enumerate(events):
        event["data"]["client_id"] = f"client-{number % CLIENTS}"
    product = await run.shop.started_product(url)
    sets = [batch(events[start : start + 1_000]) for start in range(0, len(events), 1_000)]
    check(await drive(product.url, sets, 1), {200}, "payments to prove", run.report.faults)
    product.stop()
