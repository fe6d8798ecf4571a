"""Claims, objections and fraud holds, as people press their way through them."""

from sqlalchemy import select

from bot.simulator.actors import PersonActor
from domain.usecases.events.record import ReportedEvent
from storage.tables import claims, enrolments, referrals
from tests.journeys.world import JourneyWorld


async def _report(world: JourneyWorld, kind: str, event_id: str, /, **data: object) -> None:
    event = ReportedEvent(id=event_id, kind=kind, data=data)
    results = await world.product.use_cases.record_events([[event]])
    assert results[0][0].status == "applied", results


async def _client(world: JourneyWorld, name: str, **more: object) -> None:
    await _report(
        world,
        "client.registered",
        f"reg-{name}",
        client_id=name,
        name=name.title(),
        registered_at="2026-03-01T10:00:00Z",
        **more,
    )


async def _asks(person: PersonActor, typed: str, told: str) -> None:
    await person.sends(typed)
    await person.sees(told)


async def test_a_partner_asks_claims_and_gets_the_client(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    owner, staff = world.owner, world.staff
    await _client(world, "acme", email="boss@acme.example")
    await ann.sends("/menu")
    await ann.presses("🗂 Clients")
    await ann.presses("🔎 Where is my client?")
    await ann.sees("Name the client in one of these ways")
    await _asks(ann, "who@@", "I cannot read this")
    await _asks(ann, "2026-03-01", "registered: 0")
    await _asks(ann, "stranger@example.com", "Nobody is known by this yet")
    await _asks(ann, "boss@acme.example", "did not come by your link")
    await ann.presses("This client is mine")
    await ann.sees("in one message how the client came by you")
    await world.restart()
    await _asks(ann, "We <met> at the fair on Monday", "is with the vendor’s staff")
    await ann.presses("📨 My claims")
    shown = await ann.sees("🟡 being decided")
    assert "boss@acme.example" in shown["text"]
    await _staff_accept(world)
    told = await ann.sees("is your client from now on")
    assert "Sorry & welcome" in told["text"]
    await owner.sends("/pay acme 100 USD", chat=staff)
    await ann.sees("You earned 10.00 USD")
    await _asks(ann, "/claim acme", "This client is yours")
    await world.books_balance()


async def _staff_accept(world: JourneyWorld) -> None:
    owner, staff = world.owner, world.staff
    card = await owner.sees("We <met> at the fair", chat=staff)
    assert "boss@acme" not in card["text"]
    assert "Ac•••" in card["text"]
    pressed = await owner.presses("👁 Show the client", chat=staff)
    assert "boss@acme.example" in (await pressed.answer())["text"]
    await owner.sends("/queue", chat=staff)
    await owner.sees("Queue", chat=staff)
    await owner.sends("/claims", chat=staff)
    await owner.sees("Claims to decide", chat=staff)
    await owner.presses("🙋", chat=staff)
    await owner.sees("Answer by", chat=staff)
    await owner.presses("✅ Accept", chat=staff)
    await owner.sees("Why does the client belong there?", chat=staff)
    await owner.presses("It was our mistake", chat=staff)
    question = await owner.sees("what should the person who asked be told", chat=staff)
    await owner.replies(question, "Sorry & welcome", chat=staff)
    await owner.sees("🟢 accepted", chat=staff)


async def test_a_client_is_moved_only_with_words_and_the_loser_is_told(
    world: JourneyWorld,
) -> None:
    ann, bob = await world.partner("Ann"), await world.partner("Bob")
    owner, staff = world.owner, world.staff
    _, client_id = await world.client_of(await world.code_of(ann), "Carla")
    await owner.sends(f"/pay {client_id} 100 USD", chat=staff)
    await ann.sees("You earned 10.00 USD")
    await _asks(bob, f"/claim {client_id}", "came to the program through another partner")
    await bob.presses("This client is mine")
    await bob.presses("Send without a note")
    await bob.sees("is with the vendor’s staff")
    await _asks(bob, f"/claim {client_id}", "You have claimed it")
    await owner.sees("has the client now", chat=staff)
    await owner.presses("✅ Accept", chat=staff)
    await owner.presses("contact with the client is proven", chat=staff)
    prompt = await owner.sees("A partner loses the client", chat=staff)
    assert all("without" not in b["text"] for row in prompt["inline_keyboard"] for b in row)
    question = await owner.sees("what should the person who asked be told", chat=staff)
    await owner.replies(question, "Signed in January", chat=staff)
    card = await owner.sees("🟢 accepted", chat=staff)
    (button,) = [b for row in card["inline_keyboard"] for b in row]
    assert button["text"] == "📋 Copy /adjust for 10.00 USD"
    lost = await ann.sees("moved your client Carla away")
    assert "Signed in January" not in lost["text"]
    await bob.sees("Carla is your client from now on")
    await world.books_balance()


async def test_a_rejected_claim_says_why(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await _client(world, "acme")
    await _asks(ann, "/claim acme", "did not come by your link")
    await ann.presses("This client is mine")
    await ann.presses("Send without a note")
    await world.owner.sees("🙋 Claim", chat=world.staff)
    await world.owner.presses("❌ Reject", chat=world.staff)
    await world.owner.presses("Nothing shows that the client came", chat=world.staff)
    await world.owner.presses("Reject without a note", chat=world.staff)
    await world.owner.sees("🔴 rejected", chat=world.staff)
    told = await ann.sees("is rejected")
    assert "nothing shows that the client came by the partner" in told["text"]


async def test_a_contact_card_names_a_client_and_a_form_can_be_left(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    carla, _ = await world.client_of(await world.code_of(ann), "Carla")
    await _asks(ann, "/claim", "Where is my client?")
    await ann.shares_contact(of=carla)
    await ann.sees("This client is yours")
    await ann.presses("Ask about another")
    await ann.presses("✖️ Cancel")
    await ann.sees("Cancelled")
    eve = await world.sim.person("Eve", language_code="en")
    await eve.opens()
    await _asks(eve, "/claim", "You do not take part")
    assert await world.count(claims) == 0


async def test_a_client_says_who_really_invited_it(world: JourneyWorld) -> None:
    ann, bob = await world.partner("Ann"), await world.partner("Bob")
    owner, staff = world.owner, world.staff
    carla, _ = await world.client_of(await world.code_of(ann), "Carla")
    await carla.sends("/my")
    await carla.presses("This is not who invited me")
    await carla.sees("Who was it really?")
    await carla.sends("It was Bob")
    await carla.sees("is with the vendor’s staff")
    await owner.sees("It was Bob", chat=staff)
    await owner.presses("Another partner", chat=staff)
    question = await owner.sees("reply with the code", chat=staff)
    # What nobody has is refused at once, and who was chosen is named before it is decided.
    await owner.replies(question, "nosuchcode", chat=staff)
    await owner.sees("No partner has the code", chat=staff)
    await owner.replies(question, await world.code_of(bob), chat=staff)
    await owner.sees("The client would go to Bob", chat=staff)
    await owner.presses("The client says so", chat=staff)
    await owner.sees("The client would go to Bob", chat=staff)
    question = await owner.sees("what should the person who asked be told", chat=staff)
    await owner.replies(question, "Thank you", chat=staff)
    await carla.sees("has corrected who invited you")
    await bob.sees("The client Carla says that you invited it")
    lost = await ann.sees("Carla is not your client any more")
    assert "says so" not in lost["text"]
    assert "Thank you" not in lost["text"]
    await carla.sends("/my")
    await carla.sees("Invited by: Bob")
    statement = select(referrals.c.enrolment_id, enrolments.c.code).join(
        enrolments, enrolments.c.id == referrals.c.enrolment_id
    )
    [(_, code)] = await world.committed(statement)
    assert code == await world.code_of(bob)


async def test_staff_hold_a_payment_then_confirm_and_the_partner_is_told(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    owner, staff = world.owner, world.staff
    client_id = await world.earns(ann, "600.00")
    shown = await owner.sees("Payment ID", chat=staff)
    payment_id = shown["text"].split("Payment ID: ")[1].split()[0]
    await owner.sends("/hold", chat=staff)
    question = await owner.sees("partner’s code or a payment’s ID", chat=staff)
    await owner.replies(question, payment_id, chat=staff)
    question = await owner.sees("Reply with the reason", chat=staff)
    await owner.replies(question, "odd <client>", chat=staff)
    await owner.sees("🟠 on hold", chat=staff)
    told = await ann.sees("checks one of your commissions: 60.00 USD")
    assert "odd" not in told["text"]
    await ann.sends("/balance")
    await ann.sees("On hold: 60.00 USD")
    await owner.presses("⛔️ Confirm fraud", chat=staff)
    await owner.sees("taken back for good", chat=staff)
    await owner.presses("⬅️ Back", chat=staff)
    await owner.presses("⛔️ Confirm fraud", chat=staff)
    await owner.presses("The clients are not real", chat=staff)
    await owner.presses("Confirm without a note", chat=staff)
    await owner.sees("🔴 confirmed as fraud", chat=staff)
    await ann.sees("a commission of 60.00 USD was taken back")
    await owner.sends(f"/pay {client_id} 10 USD", chat=staff)
    await ann.sees("You earned 1.00 USD")
    await world.books_balance()


async def test_a_barred_partner_is_told_with_care_and_freed(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    owner, staff = world.owner, world.staff
    await world.earns(ann, "600.00")
    await owner.sends(f"/hold {await world.code_of(ann)} strange visits", chat=staff)
    await ann.sees("The vendor checks your account")
    await ann.sends("/withdraw")
    shown = await ann.sees("You will be told here as soon as the check is over")
    assert "What you earned stays yours" in shown["text"]
    await owner.sees("strange visits", chat=staff)
    await owner.sends("/queue", chat=staff)
    await owner.sees("Queue", chat=staff)
    await owner.presses("🛡", chat=staff)
    await owner.presses("✅ Release", chat=staff)
    await owner.presses("The partner explained it", chat=staff)
    question = await owner.sees("what should the partner be told?", chat=staff)
    await owner.replies(question, "Thank you for the call", chat=staff)
    freed = await ann.sees("you can withdraw again")
    assert "Thank you for the call" in freed["text"]
    await ann.sends("/withdraw")
    await ann.sees("How much should we pay out?")


async def test_a_self_referral_comes_to_staff_as_a_check(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    code = await world.code_of(ann)
    await _client(
        world, "acme", referral_code=code, owner_account_id=f"crm-{ann.id}", phone="+359881234567"
    )
    card = await world.owner.sees("may be the partner itself", chat=world.staff)
    assert "made from the partner’s own account" in card["text"]
    await _asks(ann, "/claim +359 88 123 4567", "counts as yourself")
    await world.owner.presses("✅ Release", chat=world.staff)
    await world.owner.presses("It was a false alarm", chat=world.staff)
    await world.owner.presses("Release without a note", chat=world.staff)
    await world.owner.sees("🟢 released", chat=world.staff)
    await ann.sees("registered through your link")
