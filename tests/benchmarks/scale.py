"""What people look at, in a large database beside a small one: it should cost the same."""

import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.config import load_config
from bot.wiring import Product, make_product
from domain.entities.people import Caller
from domain.entities.views import Cursor
from tests.benchmarks.business import FIRST_PERSON
from tests.benchmarks.figures import Row
from tests.benchmarks.large import build
from tests.benchmarks.run import Run
from tests.faults.world import ENVIRON

FEW = 1_000
TIMES = 60
Look = Callable[[], Awaitable[object]]


@dataclass
class Reader:
    """A partner that looks at its money.

    Attributes:
        product: Where.
        caller: The partner with most of everything.
    """

    product: Product
    caller: Caller

    async def middle(self) -> Cursor:
        """Return a place in the middle of the list of payments."""
        from sqlalchemy import text

        async with self.product.engines.reads.connect() as connection:
            found = await connection.execute(
                text(
                    "SELECT paid_at, id FROM payments WHERE enrolment_id = 1 AND paid_at >="
                    " (SELECT (MIN(paid_at) + MAX(paid_at)) / 2 FROM payments"
                    " WHERE enrolment_id = 1) ORDER BY paid_at LIMIT 1"
                )
            )
            at, key = found.one()
        from storage.types import Instant

        instant = Instant().process_result_value(at, connection.dialect)
        assert instant is not None
        return Cursor(instant, key)

    async def looks(self) -> dict[str, Look]:
        """Return what it looks at."""
        cases, caller = self.product.use_cases, self.caller
        middle = await self.middle()
        return {
            "/balance": lambda: cases.show_balance(caller),
            "/stats month": lambda: cases.show_stats(caller, "month"),
            "/payments, first page": lambda: cases.list_payments(caller),
            "/payments, in the middle": lambda: cases.list_payments(caller, before=middle),
        }


async def measure(run: Run) -> None:
    """Measure use cases in this process: whatever HTTP and Telegram cost is the same for both."""
    for kind in run.kinds:
        await _measure(run, kind)


async def _measure(run: Run, kind: str) -> None:
    urls = [await run.databases.empty(kind, name) for name in ("small", "large")]
    began = time.monotonic()
    await build(urls[0], FEW)
    await build(urls[1], run.postings)
    sys.stderr.write(f"  {run.postings} postings in {time.monotonic() - began:.0f} s\n")
    readers = [await _reader(run, url) for url in urls]
    try:
        few, many = [await reader.looks() for reader in readers]
        for name, look in many.items():
            ours, base = [], []
            for number in range(TIMES):
                # In turn, and each of them first as often: a busy machine favours the first.
                pair = [(base, few[name]), (ours, look)]
                for times, shown in pair if number % 2 else reversed(pair):
                    times.append(await _seconds(shown))
            run.add(
                Row(
                    path=f"{name} {kind}, {run.postings // 1000}k postings",
                    unit="ms",
                    ours=statistics.median(ours[3:]) * 1e3,
                    base=statistics.median(base[3:]) * 1e3,
                    against="1 000 postings",
                    target=1.2,
                    stretch=1.1,
                    less_is_better=True,
                )
            )
    finally:
        for reader in readers:
            await reader.product.close()


async def _reader(run: Run, url: str) -> Reader:
    config = load_config(run.shop.config(url), dict(ENVIRON))
    product = await make_product(config, ENVIRON)
    async with product.open_work.read() as work:
        caller = await work.people.caller(FIRST_PERSON)
    assert caller is not None
    return Reader(product, caller)


async def _seconds(look: Look) -> float:
    began = time.perf_counter()
    await look()
    return time.perf_counter() - began
