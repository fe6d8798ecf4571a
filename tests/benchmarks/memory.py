"""Resident memory while updates and events come, beside that of an idle process."""

import asyncio
import sys

from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row
from tests.benchmarks.requests import check, payments, single
from tests.benchmarks.run import Run
from tests.benchmarks.updates import talk
from tests.benchmarks.world import value

PARTS = 10
AT_ONCE = 32
SETTLED_SECONDS = 2


async def measure(run: Run) -> None:
    """Measure on SQLite, in ten parts; requests of one part are all that this process keeps."""
    url = await run.databases.fresh("sqlite")
    product = await run.shop.started_product(url)
    await talk(product, run.stub, 1, 1)
    await asyncio.sleep(SETTLED_SECONDS)
    idle = product.rss_mib
    number = max(run.updates // PARTS, AT_ONCE)
    sizes, said = [], 1
    for part in range(1, PARTS + 1):
        load = await drive(product.url, [single(one) for one in payments(number)], AT_ONCE)
        check(load, {200}, "events while memory is watched", run.report.faults)
        talked = await talk(product, run.stub, number, AT_ONCE)
        check(talked, {200}, "updates while memory is watched", run.report.faults)
        said += len(talked.latencies)
        sizes.append(product.rss_mib)
        sys.stderr.write(
            f"  {part * number} updates and events: {sizes[-1]:.1f} MiB,"
            f" {talked.rate:.0f} updates/s, {load.rate:.0f} events/s\n"
        )
    await asyncio.sleep(SETTLED_SECONDS)
    product.stop()
    kept = await value(url, "SELECT COUNT(*) FROM payments")
    run.equal("payments while memory is watched", kept, PARTS * number)
    handled = await value(url, "SELECT COUNT(*) FROM inbox WHERE handled_at IS NOT NULL")
    run.equal("updates while memory is watched", handled, said)
    total = PARTS * number
    run.add(_size(f"memory, after {total} updates and events", sizes[-1], idle, "idle", 1.3))
    run.add(_size("memory, the last tenth", sizes[-1], sizes[1], "the second tenth", 1.1))


def _size(path: str, ours: float, base: float, against: str, target: float) -> Row:
    return Row(
        path=path,
        unit="MiB",
        ours=ours,
        base=base,
        against=against,
        target=target,
        less_is_better=True,
    )
