"""A message to many people, from the first word to the last figure."""

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from domain.rights import StaffRole
from storage.tables import broadcast_recipients, broadcasts
from tests.journeys.world import JourneyWorld


async def _writes(world: JourneyWorld, text: str, bold: str = "") -> Json:
    """Let the owner press through to the question and reply, with one part in bold."""
    owner, staff = world.owner, world.staff
    await owner.sends("/broadcast", chat=staff)
    await owner.sees("Message to many people", chat=staff)
    await owner.presses("✍️ Text", chat=staff)
    await owner.sees("In which language", chat=staff)
    await owner.presses("English", chat=staff)
    question = await owner.sees("reply with the text in English", chat=staff)
    entities = [{"type": "bold", "offset": text.index(bold), "length": len(bold)}] if bold else []
    await world.types(owner, text, chat=staff, entities=entities, reply_to=question)
    return await owner.sees("✍️ Texts: English", chat=staff)


async def _staff_member(world: JourneyWorld, name: str, role: StaffRole) -> PersonActor:
    person = await world.sim.person(name, language_code="en")
    await world.staff.sets(person, status="member")
    async with world.product.open_work() as work:
        await work.staff.put(person.id, role, invited_by=world.owner.id, at=world.product.clock())
        await work.commit()
    return person


async def test_everybody_gets_what_the_preview_showed(world: JourneyWorld) -> None:
    owner, staff = world.owner, world.staff
    ann = await world.partner("Ann")
    dan = await world.partner("Dan", language="uk")
    gone = await world.partner("Gone")
    text = "Rates <b>grow</b> & more: 20 %"
    card = await _writes(world, text, bold="grow")
    assert "It goes to 3 people." in card["text"]
    assert "English: 2" in card["text"]
    preview = next(
        m for m in await owner.messages(chat=staff) if m["text"] == text and m["from"]["is_bot"]
    )
    assert [e["type"] for e in preview["entities"]] == ["bold"]
    await gone.blocks()
    await owner.presses("Send to 3 people", chat=staff)
    await owner.sees("now?", chat=staff)
    await owner.presses("Yes, send", chat=staff)
    for person in (ann, dan):
        shown = await person.sees("Rates")
        assert (shown["text"], shown["entities"]) == (text, preview["entities"])
    await owner.sees("is out", chat=staff)
    final = await owner.sees("✅ Sent", chat=staff)
    assert "🟢 delivered: 2" in final["text"]
    # Who blocked the bot in the meantime is left out when it is let go.
    assert "2 of 2" in final["text"]
    await world.restart()
    await ann.sends("/menu")
    await ann.sees("What would you like to see?")
    assert sum(m["text"] == text for m in await ann.messages()) == 1


async def test_recipients_are_narrowed_by_presses(world: JourneyWorld) -> None:
    owner, staff = world.owner, world.staff
    await world.partner("Ann")
    await world.partner("Dan", language="uk")
    await owner.sends("/broadcast", chat=staff)
    await owner.presses("Recipients", chat=staff)
    await owner.sees("It goes to 2 people.", chat=staff)
    await owner.presses("⚪️ 🇺🇦", chat=staff)
    await owner.sees("It goes to 1 person.", chat=staff)
    await owner.presses("🔘 🇺🇦", chat=staff)
    await owner.sees("It goes to 2 people.", chat=staff)
    await owner.presses("can ask for a pay-out", chat=staff)
    await owner.sees("It goes to 0 people.", chat=staff)
    await owner.presses("Ready", chat=staff)
    await owner.sees("partners who can ask for a pay-out", chat=staff)
    await owner.presses("Throw away", chat=staff)
    await owner.sees("was thrown away", chat=staff)
    assert await world.count(broadcast_recipients) == 0


async def test_a_manager_asks_and_another_person_confirms(world: JourneyWorld) -> None:
    staff = world.staff
    ann = await world.partner("Ann")
    may = await _staff_member(world, "May", StaffRole.MANAGER)
    await _writes(world, "Hello")
    await may.presses("Send to 1 person", chat=staff)
    await may.presses("Yes, send", chat=staff)
    await may.sees("May asks for it. A second person must confirm.", chat=staff)
    await may.presses("Confirm and send", chat=staff)
    pressed = await may.presses("Yes, send", chat=staff)
    assert "another owner or manager must confirm" in (await pressed.answer())["text"]
    await world.owner.presses("Yes, send", chat=staff)
    await ann.sees("Hello")


async def test_support_cannot_write_to_everybody(world: JourneyWorld) -> None:
    sue = await _staff_member(world, "Sue", StaffRole.SUPPORT)
    await sue.sends("/broadcast", chat=world.staff)
    await sue.sees("not available to you", chat=world.staff)
    assert await world.count(broadcasts) == 0
