"""Staff's daily work: two people, a queue, lists for the bank, days, undo, search, denials."""

from pathlib import Path

from sqlalchemy import select

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from domain.entities.payout import PayoutStatus
from domain.period import text_of
from domain.usecases.events.record import ReportedEvent
from domain.usecases.payouts.request import PayoutRequest
from handlers.ui.callbacks import PayoutBatch
from storage.tables import audit, payout_lists, payouts
from tests.journeys.world import JourneyWorld, start_world

IBAN = "DE89 3704 0044 0532 0130 00"


async def invite(world: JourneyWorld, name: str, role: str) -> PersonActor:
    """Let a person join the staff and the admin chat."""
    person = await world.sim.person(name, language_code="en")
    await world.staff.sets(person, status="member")
    await world.owner.sends("/staff", chat=world.staff)
    await world.owner.presses(f"➕ {role}", chat=world.staff)
    shown = await world.owner.sees("start=s_", chat=world.staff)
    await person.opens(f"s_{shown['text'].split('start=s_')[1].split()[0]}")
    await person.sees("You joined the staff")
    return person


async def asked(world: JourneyWorld, *amounts: str) -> PersonActor:
    """Let Ann earn 300.00 by Carla and ask for these amounts."""
    ann = await world.partner("Ann")
    at = text_of(world.product.clock())
    code = await world.code_of(ann)
    client = {"client_id": "c-1", "name": "Carla", "registered_at": at, "referral_code": code}
    paid = {"payment_id": "p-1", "client_id": "c-1", "amount": "3000.00", "currency": "USD"}
    events = [
        ReportedEvent(id="e-1", kind="client.registered", data=client),
        ReportedEvent(id="e-2", kind="payment.succeeded", data={**paid, "paid_at": at}),
    ]
    await world.product.use_cases.record_events([events])
    await ann.sees("You earned 300.00 USD")
    for amount in amounts:
        await ask_for(world, ann, amount)
    return ann


async def ask_for(world: JourneyWorld, partner: PersonActor, amount: str) -> None:
    """Let a partner ask for a pay-out; test_partner walks the form."""
    request = PayoutRequest(
        amount=f"{amount}.00", account=IBAN, comment="", request_key=f"key-{amount}"
    )
    await world.product.use_cases.request_payout(await world.caller(partner), request)
    await world.owner.sees(f"{amount}.00 USD", chat=world.staff)


async def denied(world: JourneyWorld) -> list[tuple[int | None, str, str]]:
    """Return actor, role and right of each recorded denial."""
    async with world.product.engines.reads.connect() as connection:
        rows = await connection.execute(
            audit.select().where(audit.c.action == "denied").order_by(audit.c.id)
        )
        return [(row.actor, row.role, row.subject) for row in rows]


def buttons(shown: Json) -> list[str]:
    return [button["text"] for row in shown["inline_keyboard"] or [] for button in row]


async def test_the_queue_leads_to_each_list_and_to_the_next_in_line(world: JourneyWorld) -> None:
    await asked(world, "60", "70")
    owner, staff = world.owner, world.staff
    await owner.sends("/queue", chat=staff)
    shown = await owner.sees("2 pay-outs to decide", chat=staff)
    assert "130.00 USD" in shown["text"]
    assert "waits longest: 1 minute" in shown["text"]
    await owner.presses("Next in line", chat=staff)
    await owner.sees("60.00 USD", chat=staff)
    await owner.presses("Approve", chat=staff)
    await owner.sees("Approved by: Olena", chat=staff)
    await owner.sends("/queue", chat=staff)
    shown = await owner.sees("1 pay-out to be paid", chat=staff)
    await owner.presses("To be paid · 1", chat=staff)
    shown = await owner.sees("Approved pay-outs, to be paid", chat=staff)
    assert any("60.00 USD · Ann" in text for text in buttons(shown))
    await owner.presses("📥 Queue", chat=staff, message_id=shown["message_id"])
    await owner.sees("1 pay-out to decide", chat=staff)


async def test_a_rejection_is_taken_back_by_a_colleague(world: JourneyWorld) -> None:
    ann = await asked(world, "60")
    fay = await invite(world, "Fay", "Finance")
    owner, staff = world.owner, world.staff
    await owner.presses("❌ Reject", chat=staff)
    await owner.presses("Documents are missing", chat=staff)
    await owner.presses("Reject without a note", chat=staff)
    await owner.sees("Ended by: Olena", chat=staff)
    await ann.sees("was rejected: documents are missing")
    await fay.presses("Take the rejection back", chat=staff)
    shown = await fay.sees("🟡 new", chat=staff)
    assert "Reject" in " ".join(buttons(shown))
    await ann.sees("is being processed again")
    await ann.sends("/balance")
    await ann.sees("In pay-outs being processed: 60.00 USD")
    await world.books_balance()


async def test_a_rejection_stands_when_the_partner_asked_anew(world: JourneyWorld) -> None:
    ann = await asked(world, "60")
    owner, staff = world.owner, world.staff
    card = await owner.last(chat=staff)
    await owner.presses("❌ Reject", chat=staff)
    await owner.presses("Other", chat=staff)
    await owner.presses("Reject without a note", chat=staff)
    await ann.sees("was rejected")
    await ask_for(world, ann, "61")
    pressed = await owner.presses(
        "Take the rejection back", chat=staff, message_id=card["message_id"]
    )
    assert "asked for a new pay-out" in (await pressed.answer())["text"]
    await world.books_balance()


async def test_two_people_above_the_sum_and_the_owner_alone_is_not_enough(
    tmp_path: Path,
) -> None:
    async with start_world(tmp_path, staff_config='second_person_above = "50.00"') as world:
        ann = await asked(world, "60")
        fay = await invite(world, "Fay", "Finance")
        owner, staff = world.owner, world.staff
        card = next(
            m
            for m in reversed(await owner.messages(chat=staff))
            if "two people" in (m["text"] or "")
        )
        assert "💸 Done" not in buttons(card)
        await owner.presses("✅ Approve", chat=staff)
        card = await owner.sees("Approved by: Olena", chat=staff)
        pressed = await owner.presses("💸 Done", chat=staff, message_id=card["message_id"])
        assert "another person presses Done" in (await pressed.answer())["text"]
        await fay.presses("💸 Done", chat=staff, message_id=card["message_id"])
        shown = await fay.sees("🟢 done", chat=staff)
        assert "Approved by: Olena" in shown["text"]
        assert "Done by: Fay" in shown["text"]
        await ann.sees("has been sent")
        assert (world.owner.id, "owner", "right:second_person_needed") in await denied(world)
        await world.books_balance()


async def test_done_on_another_day_by_a_button_and_by_typing(world: JourneyWorld) -> None:
    ann = await asked(world, "60", "70")
    owner, staff = world.owner, world.staff
    await owner.presses("Done on another day", chat=staff)
    shown = await owner.sees("On which day did the bank send it?", chat=staff)
    assert buttons(shown)[0].startswith("Today, ")
    await owner.presses("Another date", chat=staff)
    question = await owner.sees("Reply with the date", chat=staff)
    await owner.replies(question, "1.1.2020", chat=staff)
    await owner.sees("cannot be the day of the payment", chat=staff)
    await owner.replies(question, f"{world.product.clock():%d.%m.%Y}", chat=staff)
    await owner.sees("🟢 done", chat=staff)
    await ann.sees("Date of the payment")
    await owner.presses("Done on another day", chat=staff)
    await owner.presses("Today, ", chat=staff)
    await owner.sees("Paid on:", chat=staff)
    await world.books_balance()


async def test_what_the_bank_returns_has_a_reason_for_the_partner(world: JourneyWorld) -> None:
    ann = await asked(world, "60")
    owner, staff = world.owner, world.staff
    await owner.presses("💸 Done", chat=staff)
    await ann.sees("has been sent")
    await owner.presses("The bank sent it back", chat=staff)
    await owner.presses("The account is closed", chat=staff)
    question = await owner.sees("what should the partner be told?", chat=staff)
    await owner.replies(question, "Closed since May", chat=staff)
    await owner.sees("Reason: the account is closed — Closed since May", chat=staff)
    shown = await ann.sees("sent your pay-out of 60.00 USD back")
    assert "the account is closed" in shown["text"]
    assert "Closed since May" in shown["text"]
    await ann.sends("/payouts")
    await ann.sees("🟠 returned by the bank")
    await world.books_balance()


async def test_a_bank_list_goes_to_one_person_and_all_of_it_is_done_once(
    world: JourneyWorld,
) -> None:
    ann = await asked(world, "60", "70", "80")
    fay = await invite(world, "Fay", "Finance")
    owner, staff = world.owner, world.staff
    for _ in range(3):
        await owner.presses("✅ Approve", chat=staff)
        await owner.sees("approved, to be paid", chat=staff)
    await fay.sends("/payouts", chat=staff)
    await fay.presses("Bank list and Done for many", chat=staff)
    await fay.presses("All approved (3)", chat=staff)
    shown = await fay.sees("3 pay-outs: 210.00 USD", chat=staff)
    assert IBAN not in shown["text"]
    pressed = await fay.presses("CSV for the bank", chat=staff)
    assert "private chat" in (await pressed.answer())["text"]
    sent = await fay.last()
    content = (await world.sim.file(sent["document"]["file_id"])).decode("utf-8-sig")
    head, *rows = content.splitlines()
    assert head == "Date,Request,Partner,Account,Amount,Currency,Purpose"
    assert [row.split(",")[4:6] for row in rows] == [
        ["60.00", "USD"],
        ["70.00", "USD"],
        ["80.00", "USD"],
    ]
    assert content.count(IBAN) == 3
    await fay.presses("XLSX", chat=staff)
    # Meanwhile one is decided by a colleague.
    await owner.presses("💸 Done", chat=staff)
    await owner.sees("🟢 done", chat=staff)
    await fay.presses("All of these are paid", chat=staff)
    await fay.sees("2 pay-outs: ", chat=staff)
    await fay.presses("✅ Yes, 2 are paid", chat=staff)
    shown = await fay.sees("✅ Done:", chat=staff)
    assert "⏭ Skipped: 1 pay-out" in shown["text"]
    assert "🟢 done · Olena" in shown["text"]
    # The same press once more, as after a crash: nothing is paid twice, and it says so.
    data = PayoutBatch(action="settle", id=await _list_id(world)).pack()
    await world.sim.update(_press(fay, shown, data))
    shown = await fay.sees("☑️ Done by you before: 2 pay-outs", chat=staff)
    assert "✅ Done: 0 pay-outs" in shown["text"]
    for _ in range(3):
        await ann.sees("has been sent")
    await world.books_balance()


async def _list_id(world: JourneyWorld) -> int:
    async with world.product.engines.reads.connect() as connection:
        return int(await connection.scalar(payout_lists.select()))


def _press(person: PersonActor, shown: Json, data: str) -> Json:
    """Return the update of a press on a button that stands in the message no more."""
    chat = {"id": shown["chat_id"], "type": "group", "title": "Staff"}
    bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
    message = {"message_id": shown["message_id"], "date": 1, "chat": chat, "from": bot}
    sender = {"id": person.id, "is_bot": False, "first_name": "Fay"}
    press = {"id": "again", "from": sender, "chat_instance": "1", "data": data}
    return {"callback_query": {**press, "message": {**message, "text": "list"}}}


async def test_a_person_that_never_wrote_in_private_is_told_how_to_get_the_file(
    world: JourneyWorld,
) -> None:
    await asked(world, "60")
    owner, staff = world.owner, world.staff
    await owner.presses("✅ Approve", chat=staff)
    await owner.sends("/payouts", chat=staff)
    await owner.presses("Bank list", chat=staff)
    await owner.presses("All approved (1)", chat=staff)
    pressed = await owner.presses("CSV", chat=staff)
    assert "open a chat with me" in (await pressed.answer())["text"]


async def test_partners_and_clients_are_found_by_parts_and_opened(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.partner("Anna-Maria")
    _, carla = await world.client_of(await world.code_of(ann), "Carla")
    owner, staff = world.owner, world.staff
    await owner.sends("/partner ann", chat=staff)
    shown = await owner.sees("🔎 Found for “ann”", chat=staff)
    assert len(buttons(shown)) == 2
    await owner.presses("🤝 Anna-Maria", chat=staff)
    await owner.sees("🤝 Anna-Maria, code", chat=staff)
    await owner.sends("/client", chat=staff)
    question = await owner.sees("Which client?", chat=staff)
    await owner.replies(question, "carl", chat=staff)
    shown = await owner.sees("🙋 Carla", chat=staff)
    await owner.presses("🧾 Enter a payment", chat=staff, message_id=shown["message_id"])
    question = await owner.sees("A payment by Carla", chat=staff)
    await owner.replies(question, "1 000,50", chat=staff)
    question = await owner.sees("in which currency?", chat=staff)
    await owner.replies(question, "usd", chat=staff)
    shown = await owner.sees("Payment of 1,000.50 USD recorded for Carla", chat=staff)
    assert "Earned by: Ann, code" in shown["text"]
    await owner.sends(f"/client {carla}", chat=staff)
    shown = await owner.sees("Last payments", chat=staff)
    await owner.presses("↩️ Refund 1,000.50 USD", chat=staff)
    question = await owner.sees("amount up to 1,000.50 USD", chat=staff)
    await owner.replies(question, "0.50", chat=staff)
    await owner.sees("commission now: 100.00 USD", chat=staff)
    await owner.presses("↩️ Undo", chat=staff)
    await owner.sees("opposite entry of 0.50 USD", chat=staff)
    await world.books_balance()


async def test_a_masked_reader_sees_little_and_may_do_little(world: JourneyWorld) -> None:
    ann = await asked(world, "60")
    sue = await invite(world, "Sue", "Support")
    staff = world.staff
    await sue.sends("/client carla", chat=staff)
    shown = await sue.sees("🙋 C***", chat=staff)
    assert "Carla" not in shown["text"]
    assert not [text for text in buttons(shown) if "payment" in text or "Refund" in text]
    await sue.sends(f"/partner {await world.code_of(ann)}", chat=staff)
    shown = await sue.sees("Payable: 240.00 USD", chat=staff)
    assert "Carla" not in shown["text"]
    for label in ("❌ Reject", "📅 Done on another day"):
        pressed = await sue.presses(label, chat=staff)
        assert "your role is Support" in (await pressed.answer())["text"]
    pressed = await sue.presses("✅ Approve", chat=staff)
    answer = await pressed.answer()
    assert "your role is Support. Who may do it: Owner, Manager, Finance." in answer["text"]
    assert await denied(world) == [
        (sue.id, "support", "right:payout.reject"),
        (sue.id, "support", "right:payout.settle"),
        (sue.id, "support", "right:payout.approve"),
    ]


async def test_every_denial_is_answered_and_recorded(world: JourneyWorld) -> None:
    staff, owner = world.staff, world.owner
    eve = await world.sim.person("Eve", language_code="en")
    await staff.sets(eve, status="member")
    await owner.sends("/help", chat=staff)
    await owner.sees("Help for staff", chat=staff)
    pressed = await eve.presses("📥 Queue", chat=staff)
    assert "for the vendor’s staff" in (await pressed.answer())["text"]
    await eve.sends("/pay bot-x 1 USD", chat=staff)
    await eve.sees("for the vendor’s staff", chat=staff)
    await staff.changes(bot_rights={"can_manage_chat": True})
    await staff.sets(owner, status="administrator", is_anonymous=True)
    await owner.sends("good morning everybody", chat=staff)
    await owner.sends("/queue", chat=staff)
    await owner.sees("turn “Remain anonymous” off", chat=staff)
    told = [m for m in await owner.messages(chat=staff) if "anonymous" in (m["text"] or "")]
    assert len(told) == 1
    assert await denied(world) == [
        (eve.id, "nobody", "right:staff"),
        (eve.id, "nobody", "right:staff"),
        (None, "nobody", "right:anonymous"),
    ]


async def test_chatter_in_a_group_where_the_bot_is_admin_is_no_answer(
    world: JourneyWorld,
) -> None:
    ann = await asked(world, "60")
    owner, staff = world.owner, world.staff
    await staff.changes(bot_rights={"can_manage_chat": True})
    await owner.presses("❌ Reject", chat=staff)
    await owner.presses("Other", chat=staff)
    question = await owner.sees("what should the partner be told?", chat=staff)
    await owner.sends("lunch?", chat=staff)
    await owner.sends("/queue@AnotherBot", chat=staff)
    await owner.replies(question, "Please write to us", chat=staff)
    await ann.sees("“Please write to us”")
    assert await world.committed(select(payouts.c.status)) == [(PayoutStatus.REJECTED,)]
