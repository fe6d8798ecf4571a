"""Suspending, ending and reinstating a partner, as staff press through it (A47, A48)."""

import aiohttp
from sqlalchemy import select

from bot.simulator.actors import PersonActor
from storage.tables import people
from tests.journeys.world import API_TOKEN, JourneyWorld


async def _status(world: JourneyWorld, code: str) -> str:
    headers = {"Authorization": f"Bearer {API_TOKEN}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{world.web_url}/api/v1/partners/{code}") as answer,
    ):
        return str((await answer.json())["status"])


async def _location(world: JourneyWorld, code: str) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{world.web_url}/r/{code}", allow_redirects=False) as answer,
    ):
        return answer.headers["Location"]


async def test_a_partner_is_suspended_reinstated_and_ended(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    code = await world.code_of(ann)
    client_id = await world.earns(ann, "2000.00")
    owner, staff = world.owner, world.staff
    await ann.sends("/withdraw 60")
    await ann.sends("DE89 3704 0044 0532 0130 00")
    await ann.presses("✅")
    card = (await owner.sees("💸 Pay-out", chat=staff))["message_id"]
    await owner.sends(f"/suspend {code}", chat=staff)
    asked = (await owner.sees("⏸ Suspend Ann", chat=staff))["text"]
    assert "Clients: 1; they stay the partner’s" in asked
    assert "Payable: 140.00 USD" in asked
    assert "Pay-outs under way: 1, 60.00 USD; they wait." in asked
    await owner.presses("A forbidden way of promotion", chat=staff)
    question = await owner.sees("what should the partner be told?", chat=staff)
    await owner.replies(question, "Ads on <our> brand", chat=staff)
    await owner.sees("“Ads on <our> brand”", chat=staff)
    await world.restart()
    await owner.presses("⏸ Yes, suspend", chat=staff)
    await owner.sees("Ann, code", chat=staff)
    told = await ann.sees("is suspended")
    assert "Reason: a forbidden way of promotion" in told["text"]
    assert "“Ads on <our> brand”" in told["text"]
    assert await _status(world, code) == "suspended"
    assert "ref=" in await _location(world, code)
    pressed = await owner.presses("✅", chat=staff, message_id=card)
    assert "The partner is suspended, so it is not paid" in (await pressed.answer())["text"]
    await owner.sends(f"/pay {client_id} 10 USD", chat=staff)
    await owner.sees("the partner was suspended", chat=staff)
    await _is_refused(ann)
    await _goes_on(world, code, card)
    await ann.sees("You take part in “Referral program” again")
    await _ends(world, code)
    await _is_erased(world, ann, card)


async def _is_erased(world: JourneyWorld, ann: PersonActor, card: int) -> None:
    """Let an ended partner give up what it cannot have, and be forgotten."""
    assert "without your code" in (await ann.sees("was ended by the vendor"))["text"]
    await ann.sends("/balance")
    await ann.sees("nothing more can be asked for")
    await ann.sends("/link")
    await ann.sees("without your code")
    await ann.sends("/privacy")
    await ann.presses("Leave the partner")
    await ann.sees("A pay-out is being processed")
    await world.owner.presses("💸", chat=world.staff, message_id=card)
    await ann.sees("has been sent")
    await ann.sends("/privacy")
    await ann.presses("Leave the partner")
    refused = (await ann.sees("140.00 USD is still on the balance"))["text"]
    assert "/withdraw" not in refused
    assert "/convert" not in refused
    assert "/team" not in refused
    await ann.presses("🚪 Give it up and leave")
    await ann.sees("Give up 140.00 USD and leave?")
    await ann.presses("🚪 Yes, give it up and leave")
    await ann.sees("You have left")
    await world.owner.sees("gave up 140.00 USD", chat=world.staff)
    assert await world.committed(select(people.c.id).where(people.c.id == ann.id)) == []
    await world.books_balance()


async def _is_refused(ann: PersonActor) -> None:
    for command, refused in (
        ("/withdraw", "suspended, so pay-outs are stopped"),
        ("/convert 1", "suspended, so nothing can be converted"),
    ):
        await ann.sends(command)
        await ann.sees(refused)
    await ann.sends("/balance")
    shown = await ann.sees("Your participation is suspended: pay-outs and conversions wait")
    assert "You can withdraw" not in shown["text"]
    assert "Withdraw" not in str(shown["inline_keyboard"])
    await ann.sends("/link")
    await ann.sees("registers through them now counts for nobody")
    await ann.sends("/profile")
    await ann.sees("Reason: a forbidden way of promotion")


async def _goes_on(world: JourneyWorld, code: str, card: int) -> None:
    owner, staff = world.owner, world.staff
    await owner.sends(f"/partner {code}", chat=staff)
    await owner.presses("▶️ Reinstate", chat=staff)
    await owner.sees("▶️ Reinstate Ann", chat=staff)
    await owner.presses("It was a mistake", chat=staff)
    await owner.sees("Reply to the next message", chat=staff)
    await owner.presses("➡️ Without a note", chat=staff)
    await owner.presses("▶️ Yes, reinstate", chat=staff)
    await owner.sees("takes part again", chat=staff)
    await owner.presses("✅", chat=staff, message_id=card)
    await owner.sees("🔵", chat=staff)


async def _ends(world: JourneyWorld, code: str) -> None:
    owner, staff = world.owner, world.staff
    await owner.sends(f"/end {code}", chat=staff)
    asked = (await owner.sees("⛔️ End the part of Ann", chat=staff))["text"]
    assert "they lead to the landing page without code" in asked
    await owner.presses("Fraud", chat=staff)
    await owner.sees("Reply to the next message", chat=staff)
    await owner.presses("➡️ Without a note", chat=staff)
    await owner.presses("⛔️ Yes, end it", chat=staff)
    await owner.sees("has ended", chat=staff)
    assert await _status(world, code) == "ended"
    await owner.sends(f"/end {code}", chat=staff)
    await owner.sees("has ended already", chat=staff)
    await owner.sends("/suspend", chat=staff)
    await owner.sees("Which partner?", chat=staff)
