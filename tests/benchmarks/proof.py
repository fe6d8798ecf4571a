"""The audit of all books: what a full proof costs, per million postings."""

import time

from storage.books import audit
from storage.engine import open_engines
from tests.benchmarks.figures import Row
from tests.benchmarks.large import build
from tests.benchmarks.run import Run


async def measure(run: Run) -> None:
    """Measure on each database; a proof since a checkpoint does not exist, so the ratio is 1."""
    for kind in run.kinds:
        url = await run.databases.empty(kind, "proof")
        await build(url, run.postings)
        engines = open_engines(url)
        began = time.perf_counter()
        found = await audit(engines)
        seconds = time.perf_counter() - began
        await engines.close()
        books = [f for f in found if f.check.startswith(("entr", "post", "trial", "account"))]
        run.equal(f"differences in the books on {kind}", len(books), 0)
        run.add(
            Row(
                path=f"proof {kind}, {run.postings // 1000}k postings",
                unit="s",
                ours=seconds,
                base=seconds,
                against="the full proof: there is no other",
                target=0.02,
                less_is_better=True,
            )
        )
