"""Text answers while QR codes and charts are drawn, beside text answers alone."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from tests.benchmarks.business import FIRST_PERSON, PARTNERS
from tests.benchmarks.drive import Load, drive
from tests.benchmarks.figures import Row, median, percentile
from tests.benchmarks.requests import batch, check, command, payments
from tests.benchmarks.run import Run
from tests.benchmarks.updates import talk
from tests.benchmarks.world import Server

PICTURES = 50
EACH_SECONDS = 0.05
AT_ONCE = 4
SLICE = 40
ROUNDS_MAX = 2
TALKERS = range(ROUNDS_MAX * PICTURES, PARTNERS)
PATIENCE_SECONDS = 40
_ids = itertools.count(85_000_001)


@dataclass
class Album:
    """Pictures that were asked for, and when they came.

    Attributes:
        people: Who asks: every other one for the link with its QR code, or for figures.
        took: Seconds from asking to the picture.
    """

    people: range
    took: list[float] = field(default_factory=list)
    _asked_at: dict[int, float] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Test if all have come."""
        return len(self.took) == len(self.people)

    def on_call(self, method: str, chat_id: int) -> None:
        """Note a picture that came."""
        if method == "sendPhoto" and chat_id in self._asked_at:
            self.took.append(time.perf_counter() - self._asked_at.pop(chat_id))

    async def ask(self, server: Server, faults: list[str]) -> None:
        """Ask for one after another, at a steady pace."""
        for number, person in enumerate(self.people):
            said = "/stats" if number % 2 else "/link"
            self._asked_at[FIRST_PERSON + person] = time.perf_counter()
            request = command(next(_ids), FIRST_PERSON + person, said)
            check(await drive(server.url, [request], 1), {200}, "pictures", faults)
            await asyncio.sleep(EACH_SECONDS)


async def measure(run: Run) -> None:
    """Measure on SQLite: alone, while pictures are drawn, and while they come from the cache."""
    url = await run.databases.fresh("sqlite")
    product = await run.shop.started_product(url)
    sales = await drive(product.url, [batch(payments(1_000)) for _ in range(2)], 1)
    check(sales, {200}, "sales before the pictures", run.report.faults)
    await talk(product, run.stub, 200, AT_ONCE, people=TALKERS)
    alone, drawing, again = [], [], []
    first, second = [], []
    for number in range(min(run.rounds, ROUNDS_MAX)):
        people = range(number * PICTURES, (number + 1) * PICTURES)
        quiet = await talk(product, run.stub, 10 * SLICE, AT_ONCE, people=TALKERS)
        alone.append(percentile(quiet.latencies, 0.95) * 1e3)
        for heard, took in ((drawing, first), (again, second)):
            album = Album(people)
            heard.append(await _talked(run, product, album))
            took.append(median(album.took) * 1e3)
            run.equal("pictures that came", len(album.took), PICTURES)
    product.stop()
    words = f"text answers while {PICTURES} pictures are drawn, p95"
    run.add(_less(words, drawing, alone, "text answers alone", 1.3))
    words = "the same while they come from the cache, p95"
    run.add(_less(words, again, alone, "text answers alone", 1.3))
    run.add(_less("a picture that was drawn before", second, first, "drawn for the first time"))


async def _talked(run: Run, product: Server, album: Album) -> float:
    """Let people talk until all pictures are there; return the 95th percentile, milliseconds."""
    load = Load()
    deadline = time.monotonic() + PATIENCE_SECONDS
    asking = asyncio.create_task(album.ask(product, run.report.faults))
    while not (album.is_full and asking.done()) and time.monotonic() < deadline:
        part = await talk(product, run.stub, SLICE, AT_ONCE, people=TALKERS, also=album.on_call)
        load.latencies += part.latencies
    await asking
    return percentile(load.latencies, 0.95) * 1e3


def _less(
    path: str, ours: list[float], base: list[float], against: str, target: float | None = None
) -> Row:
    return Row(
        path=path,
        unit="ms",
        ours=median(ours),
        base=median(base),
        against=against,
        target=target,
        less_is_better=True,
    )
