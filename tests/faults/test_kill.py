"""Killed at any moment, under load of both kinds: nothing is lost and nothing doubled."""

import os
from functools import partial
from pathlib import Path

import pytest

from tests.faults.figures import seeded
from tests.faults.process import Processes
from tests.faults.scene import set_scene
from tests.faults.world import vendor_in

KILLS = int(os.environ.get("KILLS", "20"))
"""On both databases together."""
KILLS_EACH = max(4, KILLS // 2)
EVENTS = max(1_000, 60 * KILLS_EACH)
CLIENTS = max(42, 3 * KILLS_EACH)


@pytest.mark.timeout(110 + 6 * KILLS)
async def test_killed_at_random_it_loses_and_doubles_nothing(
    tmp_path: Path, processes: Processes, database_url: str
) -> None:
    kind = database_url.partition("+")[0]
    chance = seeded(f"kill {kind}")
    async with vendor_in(tmp_path, processes, database_url) as vendor:
        scene = await set_scene(kind, vendor, chance, events=EVENTS, clients=CLIENTS)
        # A quarter of the kills strikes a process that is just starting.
        in_start = KILLS_EACH // 4
        more = [0] * (KILLS_EACH - in_start)
        for _ in range(in_start):
            more[chance.randrange(len(more))] += 1
        await scene.play([partial(scene.serving.kill_and_start, more=number) for number in more])
        assert scene.serving.kills == KILLS_EACH
        await scene.assert_all_well()
