"""Pay-outs that are still to be paid: the short proof asks for each, however old it is."""

# ruff: noqa: S608 - the SQL here is all written here

from collections.abc import Callable

import pytest

from storage.engine import Engines
from storage.work import SqlOpenWork
from tests.storage.quarter import live_a_quarter
from tests.storage.test_proofs import NO_ID, edit, news, prove
from tests.storage.world import World, new_world


@pytest.fixture
async def world(open_work: SqlOpenWork, new_id: Callable[[], int]) -> World:
    return new_world(open_work, new_id)


@pytest.mark.parametrize("status", ["requested", "approved"])
async def test_an_older_payout_that_is_still_to_be_paid_is_proved_each_time(
    engines: Engines, world: World, status: str
) -> None:
    await live_a_quarter(world)
    await edit(engines, "payouts", f"status = '{status}' WHERE status = 'requested'")
    await prove(engines, first_id=NO_ID)
    assert (await news(engines)).findings == []
    one = f"(SELECT MIN(id) FROM payouts WHERE status = '{status}')"
    await edit(engines, "payouts", f"minor = minor + 1 WHERE id = {one}")
    await edit(engines, "payout_parts", f"minor = minor + 1 WHERE payout_id = {one}")

    short = await news(engines)

    assert short.since
    assert "payout_books" in {finding.check for finding in short.findings}
