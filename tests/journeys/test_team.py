"""A partner's team, as people press through it (R35)."""

import re

from bot.simulator.actors import PersonActor
from domain.rights import MemberRole
from handlers.ui.callbacks_team import TeamPress
from tests.journeys.world import JourneyWorld


async def _joins(world: JourneyWorld, shown: str, person: PersonActor) -> str:
    found = re.search(r"start=(j_[\w-]+)", shown)
    assert found
    await person.opens(found[1])
    return found[1]


async def test_a_team_grows_and_shrinks(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    code = await world.code_of(ann)
    await world.client_of(code, "Carla")
    await ann.sends("/menu")
    await ann.presses("🏅 Partnership")
    await ann.presses("👥 Team")
    await ann.sees("Ann: Admin, since")
    await ann.presses("➕ Invite a user")
    shown = (await ann.sees("It works once"))["text"]
    bob = await world.sim.person("Bob", language_code="en")
    payload = await _joins(world, shown, bob)
    offered = await bob.sees("Ann invites you to a team")
    assert "Role: User" in offered["text"]
    await bob.presses("✅ Join")
    await bob.sees("You belong to Ann now")
    await ann.sees("Bob has joined Ann")
    await world.restart()
    # The link works once, and what a user sees is the link and masked referrals.
    eve = await world.sim.person("Eve", language_code="en")
    await eve.opens(payload)
    await eve.sees("used, taken back or expired")
    await bob.sends("/referrals")
    assert "Carla" not in (await bob.sees("C***"))["text"]
    for command in ("/balance", "/tier", "/payments", "/stats", "/profile", "/withdraw"):
        await bob.sends(command)
        await bob.sees("This is not available to you")
    await bob.sends("/team")
    await bob.sees("Leave the team of Ann?")
    await _as_staff_see_it(world, code)
    await _changes(world, ann, bob)


async def _as_staff_see_it(world: JourneyWorld, code: str) -> None:
    await world.owner.sends(f"/partner {code}", chat=world.staff)
    shown = await world.owner.sees("Team: 2 people", chat=world.staff)
    assert "Bob: User, since" in shown["text"]


async def _changes(world: JourneyWorld, ann: PersonActor, bob: PersonActor) -> None:
    await ann.sends("/team")
    await ann.presses("👤 Bob")
    await ann.presses("🎚 New role: Admin")
    await ann.sees("Change the role of Bob at once?")
    await ann.presses("🎚 Yes, change")
    await bob.sees("Your role at Ann was changed")
    await bob.sends("/team")
    await bob.presses("➕ Invite an admin")
    await bob.presses("➕ Yes, invite")
    await bob.sees("Role: Admin")
    await ann.sends("/team")
    shown = await ann.sees("invited by Bob")
    await ann.presses("✖️ Take back", message_id=shown["message_id"])
    await ann.presses("✖️ Yes, take back")
    await ann.presses("👤 Bob")
    await ann.presses("➖ Remove from the team")
    await ann.sees("Remove Bob from the team at once?")
    await ann.presses("➖ Yes, remove")
    await bob.sees("You do not belong to Ann any more")
    # The button is from before; the right is read with the effect.
    forged = TeamPress(action="remove", id=ann.id).pack()
    await world.forges_press(bob, forged)
    await bob.sees("You do not take part in a partner program yet")
    async with world.product.open_work.read() as work:
        membership = (await world.caller(ann)).membership
        assert membership
        team = await work.team.members(membership.partner_id)
    assert [(row.name, row.role) for row in team] == [("Ann", MemberRole.ADMIN)]
    await ann.sends("/team")
    await ann.presses("🚪 Leave the team")
    await ann.sees("You are the only member")
