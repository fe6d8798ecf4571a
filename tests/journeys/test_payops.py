"""Staff's daily work: two people, a queue, lists for the bank, days, undo."""

from pathlib import Path

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from handlers.ui.callbacks import PayoutBatch
from storage.tables import payout_lists
from tests.journeys.payouts import IBAN, ask_for, asked, buttons, denied, invite
from tests.journeys.world import JourneyWorld, start_world


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
