"""What is refused for want of a right is kept in the audit trail, and changes nothing else."""

from typing import Any

from sqlalchemy import select

from storage.tables import audit
from tests.journeys.world import JourneyWorld


async def _denials(world: JourneyWorld) -> list[dict[str, Any]]:
    statement = select(audit).where(audit.c.action == "denied").order_by(audit.c.id)
    async with world.product.engines.reads.connect() as connection:
        return [dict(row._mapping) for row in await connection.execute(statement)]


async def test_a_denied_command_is_kept_without_what_was_typed_behind_it(
    world: JourneyWorld,
) -> None:
    eve = await world.sim.person("Eve", language_code="en")
    await world.staff.sets(eve, status="member")
    await eve.sends("/pay secret-client 10 USD", chat=world.staff)
    await eve.sees("not available to you", chat=world.staff)
    (row,) = await _denials(world)
    assert (row["actor"], row["role"], row["subject"]) == (eve.id, "nobody", "right:staff")
    assert row["details"] == {"asked": "/pay", "chat_id": world.staff.id}


async def test_a_button_that_leads_to_nothing_of_ones_own_is_kept(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    forged = "y:cancel:123456789"
    await world.forges_press(ann, forged)
    await ann.sees("Nothing was found")
    (row,) = await _denials(world)
    assert (row["actor"], row["role"], row["subject"]) == (ann.id, "nobody", "right:not_found")
    assert row["details"] == {"asked": forged, "chat_id": ann.id}


async def test_a_wrong_word_typed_by_staff_is_no_denial(world: JourneyWorld) -> None:
    await world.owner.sends("/partner nosuch", chat=world.staff)
    await world.owner.sees("No partner was found for", chat=world.staff)
    assert await _denials(world) == []
