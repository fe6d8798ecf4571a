"""Billing events, one a request, beside the same server without a database."""

from tests.benchmarks.drive import drive
from tests.benchmarks.figures import Row, median, percentile
from tests.benchmarks.requests import check, payments, single
from tests.benchmarks.run import Run
from tests.benchmarks.world import Server, value

TARGETS = {"sqlite": (0.45, 0.60), "postgresql": (0.33, 0.50)}


async def measure(run: Run) -> None:
    """Measure on each database; every answer means a durable commit."""
    bare = run.shop.bare("signed")
    for kind in run.kinds:
        await _measure(run, kind, bare)


async def _measure(run: Run, kind: str, bare: Server) -> None:
    url = await run.databases.fresh(kind)
    product = await run.shop.started_product(url)
    sent = 0
    warm = [single(event) for event in payments(200, prefix="w")]
    sent += len((await drive(product.url, warm, 32)).latencies)
    target, stretch = TARGETS[kind]
    for at_once in run.levels:
        ours, base, slow, cpu, cpu_base = [], [], [], [], []
        number = run.scaled(400 if at_once == 1 else 3_000)
        for _ in range(run.rounds):
            requests = [single(event) for event in payments(number)]
            with product.busy(cpu):
                load = await drive(product.url, requests, at_once)
            check(load, {200}, "events", run.report.faults)
            sent += load.statuses[200]
            ours.append(load.rate)
            slow.append(percentile(load.latencies, 0.99))
            with bare.busy(cpu_base):
                base.append((await drive(bare.url, requests, at_once)).rate)
        is_goal = at_once > 1
        run.add(
            Row(
                path=f"event {kind} x{at_once}",
                unit="per s",
                ours=median(ours),
                base=median(base),
                against="HMAC and JSON alone",
                target=target if is_goal else None,
                stretch=stretch if is_goal else None,
                cpu_ours=median(cpu) / number * 1e6,
                cpu_base=median(cpu_base) / number * 1e6,
                note=f"p99 {median(slow) * 1e3:.1f} ms",
            )
        )
    product.stop()
    run.equal(f"payments on {kind}", await value(url, "SELECT COUNT(*) FROM payments"), sent)
    run.equal(f"commissions on {kind}", await value(url, "SELECT COUNT(*) FROM commissions"), sent)
    run.equal(f"trial balance on {kind}", await value(url, "SELECT SUM(minor) FROM postings"), 0)
