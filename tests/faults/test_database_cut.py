"""The database breaks every connection, again and again: nothing is lost and nothing doubled."""

from pathlib import Path

from tests.faults.figures import seeded
from tests.faults.process import Processes
from tests.faults.scene import set_scene
from tests.faults.world import vendor_in

CUTS = 8
EVENTS = 300
CLIENTS = 12
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def test_cut_off_at_random_it_loses_and_doubles_nothing(
    tmp_path: Path, processes: Processes, postgresql_url: str
) -> None:
    chance = seeded("cut")
    async with vendor_in(tmp_path, processes, postgresql_url) as vendor:
        scene = await set_scene("cut", vendor, chance, events=EVENTS, clients=CLIENTS)

        async def cut() -> None:
            await vendor.database.rows(CUT)

        await scene.play([cut] * CUTS)
        assert scene.serving.kills == 0
        await scene.assert_all_well()
