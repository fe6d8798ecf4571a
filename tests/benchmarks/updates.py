"""An update of Telegram from the webhook to the call of the Bot API that answers it."""

import asyncio
import itertools
import time
from collections.abc import Sequence

from tests.benchmarks.business import FIRST_PERSON, PARTNERS
from tests.benchmarks.drive import Caller, Load
from tests.benchmarks.figures import Row, median, percentile
from tests.benchmarks.requests import check, command
from tests.benchmarks.run import Run
from tests.benchmarks.stub import OnCall, Stub
from tests.benchmarks.world import Server, value

_ids = itertools.count(80_000_001)
SAID = "/balance"
PATIENCE_SECONDS = 300


class Speaker(Caller):
    """A connection of Telegram that sends the next update when the last one has its answer."""

    def __init__(self, said: Sequence[tuple[int, bytes]], load: Load, stub: Stub) -> None:
        super().__init__(iter([request for _, request in said]), load, keep=False)
        self._chats = iter([chat for chat, _ in said])
        self._stub = stub
        self._parts = 0
        self._is_real = True

    def _next(self) -> None:
        self._parts = 0
        chat = next(self._chats, None)
        if chat is not None:
            waiting[chat] = self
        super()._next()

    def data_received(self, data: bytes) -> None:
        self._load.statuses[int(data[9:12])] += 1
        self.one_part()

    def one_part(self) -> None:
        """Note one of two things: the acknowledgement, the answer to the person."""
        self._parts += 1
        if self._parts == 2:
            self._load.latencies.append(time.perf_counter() - self._sent_at)
            self._next()


waiting: dict[int, Speaker] = {}


def _on_call(method: str, chat_id: int) -> None:
    if method.startswith("send") and chat_id in waiting:
        waiting.pop(chat_id).one_part()


async def talk(
    server: Server,
    stub: Stub,
    number: int,
    at_once: int,
    *,
    people: range = range(PARTNERS),
    also: OnCall = lambda _method, _chat: None,
) -> Load:
    """Let people say something, each waiting for the answer, so many of them at once.

    Args:
        server: Who is asked.
        stub: Where the answers come.
        number: How many are said.
        at_once: How many people wait at any time.
        people: Who speaks.
        also: Told of each call, too.
    """
    host, _, port = server.url.removeprefix("http://").partition(":")
    load, loop = Load(), asyncio.get_running_loop()

    def on_call(method: str, chat_id: int) -> None:
        _on_call(method, chat_id)
        also(method, chat_id)

    stub.on_call = on_call
    speakers = []
    for lane in range(at_once):
        own = [FIRST_PERSON + i for i in people[lane::at_once]]
        turns = itertools.islice(itertools.cycle(own), number // at_once)
        sayings = [(person, command(next(_ids), person, SAID)) for person in turns]
        _, speaker = await loop.create_connection(
            lambda sayings=sayings: Speaker(sayings, load, stub), host, int(port)
        )
        speakers.append(speaker)
    began = time.perf_counter()
    for speaker in speakers:
        speaker.start()
    patience = max(PATIENCE_SECONDS, number)
    await asyncio.wait_for(asyncio.gather(*(one.done for one in speakers)), patience)
    load.seconds = time.perf_counter() - began
    return load


async def measure(run: Run) -> None:
    """Measure on each database, beside aiogram's own webhook that looks nothing up."""
    bare = await asyncio.to_thread(run.shop.bare, "telegram", run.stub.url)
    empty = await asyncio.to_thread(run.shop.bare, "empty", run.stub.url)
    for kind in run.kinds:
        await _measure(run, kind, bare, empty)


async def _measure(run: Run, kind: str, bare: Server, empty: Server) -> None:
    url = await run.databases.fresh(kind)
    product = await run.shop.started_product(url)
    handled = (await talk(product, run.stub, PARTNERS, 8)).statuses[200]
    await talk(bare, run.stub, PARTNERS, 8)
    for at_once in run.levels:
        ours, base, idle, slow, busy = [], [], [], [], []
        cpu, cpu_base, cpu_idle = [], [], []
        number = run.scaled(160 if at_once == 1 else 640)
        for _ in range(run.rounds):
            with product.busy(cpu):
                load = await talk(product, run.stub, number, at_once)
            check(load, {200}, "updates", run.report.faults)
            handled += load.statuses[200]
            with bare.busy(cpu_base):
                other = await talk(bare, run.stub, number, at_once)
            ours.append(load.rate)
            base.append(other.rate)
            slow.append(percentile(load.latencies, 0.99))
            busy.append(percentile(other.latencies, 0.99))
            with empty.busy(cpu_idle):
                idle.append((await _acknowledge(empty, number, at_once)).rate)
        label = f"update {kind} x{at_once}"
        row = _row(label, ours, base, "stock aiogram, one call", 1.0, 1.3)
        row.cpu_ours = median(cpu) / number * 1e6
        row.cpu_base = median(cpu_base) / number * 1e6
        run.add(row)
        run.add(
            Row(
                path=f"{label}, p99",
                unit="ms",
                ours=median(slow) * 1e3,
                base=median(busy) * 1e3,
                against="stock aiogram, one call",
                target=0.5,
                less_is_better=True,
            )
        )
        target = 0.60 if kind == "sqlite" else 0.45
        row = _row(f"{label}, whole", ours, idle, "stock aiogram, empty handler", target, 0.85)
        row.cpu_ours = median(cpu) / number * 1e6
        row.cpu_base = median(cpu_idle) / number * 1e6
        run.add(row)
    await asyncio.sleep(0.5)
    product.stop()
    done = await value(url, "SELECT COUNT(*) FROM inbox WHERE handled_at IS NOT NULL")
    run.equal(f"updates handled on {kind}", done, handled)


async def _acknowledge(server: Server, number: int, at_once: int) -> Load:
    from tests.benchmarks.drive import drive

    requests = [command(next(_ids), FIRST_PERSON + i % PARTNERS, SAID) for i in range(number)]
    return await drive(server.url, requests, at_once)


def _row(
    path: str,
    ours: Sequence[float],
    base: Sequence[float],
    against: str,
    target: float,
    stretch: float,
) -> Row:
    return Row(
        path=path,
        unit="per s",
        ours=median(ours),
        base=median(base),
        against=against,
        target=target,
        stretch=stretch,
    )
