"""Questions to the vendor, renewals, the profile and leaving, as people press through them."""

from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.simulator.actors import PersonActor
from domain.period import text_of
from domain.usecases.events.record import ReportedEvent
from tests.journeys.world import JourneyWorld, start_world
from tests.simulator.support import png


async def _says(person: PersonActor, typed: str, told: str) -> None:
    await person.sends(typed)
    await person.sees(told)


async def test_a_partner_asks_and_staff_answer_in_order(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    owner, staff = world.owner, world.staff
    await ann.sends("/menu")
    await ann.presses("❓ Help")
    await ann.presses("💬 Support")
    await ann.sees("Ask the vendor anything")
    await ann.presses("✏️ Ask a question")
    await ann.sees("Write it in one message")
    await world.restart()
    await ann.sends("Where is <my> money & when?")
    await ann.sees("Question 1 has arrived")
    card = await owner.sees("Question 1", chat=staff)
    assert "🟡 open" in card["text"]
    assert "Where is <my> money & when?" in card["text"]
    assert "An•••" in card["text"]
    await _says(ann, "/support And how do I change my name?", "Question 2 has arrived")
    await owner.sends("/queue", chat=staff)
    await owner.presses("💬 Questions", chat=staff)
    await owner.sees("Where is <my> money", chat=staff)
    await owner.presses("🪪 Who asks", chat=staff)
    await owner.sees(await world.code_of(ann), chat=staff)
    await owner.presses("✏️ Reply", chat=staff, message_id=card["message_id"])
    question = await owner.sees("reply to this message with the answer", chat=staff)
    await owner.sends("just talking to a colleague", chat=staff)
    await owner.replies(question, "On its way <3", chat=staff)
    await owner.sees("The answer to question 1 is sent", chat=staff)
    told = await ann.sees("The vendor answered your question 1")
    assert "On its way <3" in told["text"]
    assert "talking" not in told["text"]
    await owner.presses("▶️ Next question", chat=staff)
    await owner.sees("And how do I change my name?", chat=staff)
    await _shows_a_photo(world, ann, told["message_id"])


async def _shows_a_photo(world: JourneyWorld, ann: PersonActor, answer_id: int) -> None:
    owner, staff = world.owner, world.staff
    await ann.presses("✏️ Write", message_id=answer_id)
    await ann.sees("Your message to question 1")
    await ann.attaches(png(), "bill.png", "photo", caption="This one")
    await ann.sees("Your message is in question 1")
    await owner.sees("A new message in question 1", chat=staff)
    await owner.presses("📂 Open the question", chat=staff)
    await owner.sees("📎 1. Photo", chat=staff)
    await owner.presses("📎 1", chat=staff)
    await ann.presses("📂 Open")
    shown = await ann.sees("Question 1")
    assert shown["text"].index("On its way") < shown["text"].index("This one")
    await ann.presses("✔️ Close")
    await ann.sees("⚪️ closed")
    await owner.sends("/tickets closed", chat=staff)
    await owner.sees("⚪️ closed", chat=staff)
    await ann.presses("↩️ Open it again")
    await _says(ann, "/cancel", "Cancelled")


async def test_a_clients_question_is_handed_to_its_partner_and_back(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    owner, staff = world.owner, world.staff
    carla, _ = await world.client_of(await world.code_of(ann), "Carla")
    await carla.sends("/support")
    await carla.presses("✏️ Ask a question")
    await carla.sees("Write it in one message")
    await _says(carla, "Which plan is best?", "Question 1 has arrived")
    await owner.sees("Which plan is best?", chat=staff)
    await owner.presses("➡️ Hand over to the partner", chat=staff)
    await owner.sees("🔵 waiting for the partner", chat=staff)
    await carla.sees("handed your question 1 over to your partner")
    await ann.sees("Your client Carla has a question for you")
    await _says(ann, "/tickets", "These wait for your answer")
    await ann.presses("Which plan is best?")
    await ann.sees("Asked by: Carla")
    await ann.presses("✏️ Reply")
    await ann.sees("Your message to question 1")
    await _says(ann, "The small one.", "Your message is in question 1")
    told = await carla.sees("Your partner answered your question 1")
    assert "The small one." in told["text"]
    await carla.presses("✏️ Write", message_id=told["message_id"])
    await carla.sees("Your message to question 1")
    await _says(carla, "And the invoice?", "Your message is in question 1")
    await ann.sees("wrote again in question 1")
    await ann.presses("📂 Open the question")
    await ann.presses("➡️ Hand over to the vendor")
    await ann.sees("🟡 open")
    await carla.sees("handed your question 1 over to the vendor")
    await owner.sends("/queue", chat=staff)
    await owner.presses("💬 Questions", chat=staff)
    await owner.sees("And the invoice?", chat=staff)
    await owner.presses("✔️ Close", chat=staff)
    await carla.sees("Your question 1 is closed")


async def test_a_long_correspondence_is_read_in_pages(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/support")
    await ann.presses("✏️ Ask a question")
    await ann.sees("Write it in one message")
    await _says(ann, f"first{'я' * 3900}last", "Question 1 has arrived")
    await ann.presses("📂 Open")
    shown = await ann.sees("last")
    assert "Page 2 of 2" in shown["text"]
    await ann.presses("◀️ Earlier")
    await ann.sees("first")
    await ann.presses("✏️ Write")
    await ann.sees("Your message to question 1")
    await _says(ann, "x" * 4050, "at most 4,000 fit")
    await ann.presses("✖️ Cancel")
    await ann.sees("Your questions")


async def test_a_partner_changes_its_name_leaves_and_comes_back(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    code = await world.code_of(ann)
    await ann.sends("/menu")
    await ann.presses("🏅 Partnership")
    await ann.presses("🪪 Profile")
    await ann.sees("Team: 1 person")
    await ann.presses("✏️ Change the name")
    await ann.sees("What name")
    await _says(ann, "?", "This cannot be a name")
    await _says(ann, "Ann & Sons <b>", "Your name is Ann & Sons <b> now")
    await world.earns(ann, "600.00")
    await ann.sees("You earned")
    await _says(ann, "/leave", "that you can withdraw")
    await ann.sends("/withdraw 60")
    await ann.sends("DE89 3704 0044 0532 0130 00")
    await ann.presses("✅")
    await ann.sees("📨")
    await _says(ann, "/profile", "Ann & Sons <b>")
    await ann.presses("🚪 Leave the program")
    asked = await ann.sees("Your links stop")
    assert "Pay-outs under way go on: 60.00 USD" in asked["text"]
    await ann.presses("🚪 Yes, leave")
    await ann.sees("You have left the program")
    await world.owner.sees(f"with the code {code} has left", chat=world.staff)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{world.web_url}/r/{code}", allow_redirects=False) as answer,
    ):
        assert answer.status == 302
        assert "ref=" not in answer.headers["Location"]
    await _says(ann, "/link", "You have left the program")
    await _says(ann, "/withdraw", "You have left this program")
    await ann.sends("/join")
    await ann.presses("✅ Activate")
    await ann.sees(f"r_{code}")
    await world.owner.sees("takes part in the program again", chat=world.staff)
    await world.books_balance()


async def test_renewals_are_reminded_with_a_text_to_forward(tmp_path: Path) -> None:
    async with start_world(tmp_path, programs=("hosting-matrix",)) as world:
        ann = await _hosting_partner(world)
        await ann.sends("/menu")
        await ann.presses("🗂 Clients")
        await ann.presses("♻️ Renewals")
        shown = await ann.sees("what ends in the next 60 days")
        assert "in 5 days" in shown["text"]
        await ann.presses("✉️ Acme")
        text = await ann.sees("Please renew it in time")
        assert text["text"].startswith("Hello! “Shop <1>”")
        await world.product.use_cases.show_renewals(await world.caller(ann))


async def _hosting_partner(world: JourneyWorld) -> PersonActor:
    """Return a partner of the hosting program with one client and its service."""
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.presses("🤝")
    await ann.presses("✅")
    await ann.sees("r_")
    now, code = world.product.clock(), await world.code_of(ann)
    account = {"account_id": "a1", "name": "A"}
    for number, (kind, data) in enumerate(
        (
            (
                "client.registered",
                {"name": "Acme", "registered_at": text_of(now), "referral_code": code}
                | {"account": account},
            ),
            (
                "service.activated",
                {"account_id": "a1", "service_id": "s1", "category": "shared_hosting"}
                | {"name": "Shop <1>", "at": text_of(now)}
                | {"renews_at": text_of(now + timedelta(days=5))},
            ),
        )
    ):
        event = ReportedEvent(id=f"e{number}", kind=kind, data={"client_id": "acme"} | data)
        results = await world.product.use_cases.record_events([[event]])
        assert results[0][0].status == "applied", results
    return ann
