"""Three real processes on PostgreSQL: one effect, one order, one that polls; N=100 for more."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.figures import seeded
from tests.faults.fleet import leader_of, work_of_a_fleet
from tests.faults.people import new_human
from tests.faults.process import GUARD_SECONDS, Process, Processes, until
from tests.faults.replicas import Replicas, start_replicas
from tests.faults.world import OK, Vendor, vendor_in

N = int(os.environ.get("N") or "6")
"""People who talk at once; with more than a dozen replicas are killed, too."""
LINES = 8
REPLICAS = 3
FEW = 12
REPLACED_SECONDS = 120.0
STRIKES = [signal.SIGKILL, signal.SIGSTOP] if N > FEW else [signal.SIGKILL]
"""A leader that hangs is replaced when the server misses its word, for which CI does not wait."""


@pytest.fixture
async def polling(
    tmp_path: Path, processes: Processes, postgresql_url: str
) -> AsyncIterator[Vendor]:
    """Return a vendor on PostgreSQL whose replicas poll."""
    async with vendor_in(tmp_path, processes, postgresql_url) as vendor:
        yield vendor


@pytest.fixture
async def replicas(
    tmp_path: Path, processes: Processes, postgresql_url: str
) -> AsyncIterator[Replicas]:
    """Return three processes that get updates by webhook."""
    async with vendor_in(tmp_path, processes, postgresql_url, mode="webhook") as vendor:
        yield await start_replicas(vendor, REPLICAS)


async def test_a_rolling_restart_under_load_loses_doubles_and_reorders_nothing(
    replicas: Replicas,
) -> None:
    kills = N // FEW
    figures = await work_of_a_fleet(replicas, seeded("fleet"), people=N, lines=LINES, kills=kills)
    assert figures.updates >= N * LINES
    assert (figures.restarts, figures.kills) == (REPLICAS, kills)


async def test_updates_in_the_hands_of_a_killed_replica_go_over_to_another(
    replicas: Replicas,
) -> None:
    ann = await replicas.person("Ann")
    # While nobody can settle an update, one replica is in the middle of Ann's.
    async with replicas.vendor.database.nobody_writes("conversations"):
        for number in (1, 2, 3):
            assert await replicas.deliver(ann.text(f"/calc {number} 1000"), to=0) == OK
        await replicas.processes[0].kill()
        replicas.processes.pop(0)
        replicas.urls.pop(0)
        assert await replicas.deliver(ann.text("/calc 4 1000"), to=0) == OK
    await replicas.all_handled()
    said = [text for text in ann.texts() if "paying client" in text]
    assert ["4 paying" in text for text in said] == [False] * (len(said) - 1) + [True]
    assert len(set(said)) == 4


@pytest.mark.parametrize("strike", STRIKES, ids=lambda number: number.name)
async def test_one_replica_polls_and_when_it_is_struck_another_does(
    polling: Vendor, strike: signal.Signals
) -> None:
    started = [polling.start() for _ in range(REPLICAS)]
    for process in started:
        await process.ready()
    ann = await new_human(polling.sim, polling.simulator, "Ann")
    await ann.says("/help")
    await ann.is_answered()
    await _settled(polling)
    first = leader_of(started)
    assert first is not None
    assert sum("leads" in process.output for process in started) == 1
    struck = started.pop(first)
    struck.sends(strike)
    await until(lambda: _leads(started), within_seconds=REPLACED_SECONDS)
    struck.sends(signal.SIGCONT)
    await ann.says("/help")
    await ann.is_answered()
    await _settled(polling)
    assert await started[leader_of(started) or 0].stop() == 0
    await ann.says("/help")
    await ann.is_answered()
    assert len(ann.messages()) == 3
    # Nobody polled beside another: Telegram would have told one of them.
    assert not [process for process in started if "getUpdates was refused" in process.output]
    assert strike is signal.SIGKILL or "makes this a replica was lost" in struck.output


async def _leads(processes: list[Process]) -> bool:
    return leader_of(processes) is not None


async def test_a_second_process_on_sqlite_says_why_it_does_not_start(
    tmp_path: Path, processes: Processes, sqlite_url: str
) -> None:
    async with vendor_in(tmp_path, processes, sqlite_url) as vendor:
        first = vendor.start()
        await first.ready()
        code, output = await vendor.command("run")
        assert code == 1
        assert f"process {first.pid} serves" in output
        assert "use PostgreSQL" in output
        assert await first.stop() == 0
        third = vendor.start()
        await third.ready()


async def _settled(vendor: Vendor) -> None:
    """Wait until each answer is kept as given: what a kill cuts off is answered again."""

    async def is_settled() -> bool:
        return not await vendor.database.value(
            "SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL"
        )

    await until(is_settled, within_seconds=GUARD_SECONDS)
