"""However often and wherever a withdrawal is confirmed, no balance is reserved twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.process import Processes
from tests.faults.races import confirm_often, confirm_together, deliver_often
from tests.faults.replicas import Replicas, start_replicas
from tests.faults.world import OK, vendor_in

AT_ONCE = 20
REPEATS = 200
"""Each race is run once; ``make faults`` runs many, with more at once."""


@pytest.fixture
async def replicas(
    tmp_path: Path, processes: Processes, database_url: str
) -> AsyncIterator[Replicas]:
    """Return two processes on one PostgreSQL database, or one process on SQLite."""
    number = 2 if database_url.startswith("postgresql") else 1
    async with vendor_in(tmp_path, processes, database_url, mode="webhook") as vendor:
        yield await start_replicas(vendor, number)


async def test_one_confirmation_pressed_or_delivered_often_reserves_once(
    replicas: Replicas,
) -> None:
    await confirm_often(replicas, 1, AT_ONCE)


async def test_many_members_confirm_at_once_and_only_the_balance_is_reserved(
    replicas: Replicas,
) -> None:
    await confirm_together(replicas, 1, AT_ONCE)


async def test_many_deliveries_of_one_update_have_one_effect(replicas: Replicas) -> None:
    await deliver_often(replicas, REPEATS, AT_ONCE)


async def test_an_unreadable_update_is_parked_and_holds_up_nobody(replicas: Replicas) -> None:
    visitor = await replicas.person("Visitor")
    broken = visitor.text("/start")
    broken["message"]["chat"] = "nowhere"
    assert await replicas.deliver(broken) == OK
    await visitor.says("/start")
    await visitor.is_answered()
    await replicas.all_handled()
    database = replicas.vendor.database
    assert await database.value("SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL") == 1
    assert len(await replicas.vendor.staff.messages()) == 1 + 1
