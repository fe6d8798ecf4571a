"""What staff do in the admin chat, and what nobody else may do there."""

import asyncio

from sqlalchemy import select

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.wire import Json
from domain.entities.payout import PayoutStatus
from storage.tables import payments, payouts, settings
from storage.tables import staff as staff_members
from tests.journeys.world import JourneyWorld


async def _asked(world: JourneyWorld, amount: str = "60") -> PersonActor:
    ann = await world.partner("Ann")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    await ann.sends(f"/withdraw {amount}")
    await ann.sees("Where should we send")
    await ann.sends("DE89 3704 0044 0532 0130 00")
    await ann.presses("Confirm")
    await ann.sees("is with the vendor")
    await world.owner.sees("🟡 new", chat=world.staff)
    return ann


async def test_a_rejection_tells_the_partner_why(world: JourneyWorld) -> None:
    ann = await _asked(world)
    await world.owner.presses("Reject", chat=world.staff)
    await world.owner.sees("Why is it rejected?", chat=world.staff)
    await world.owner.presses("account details are wrong", chat=world.staff)
    question = await world.owner.sees("what should the partner be told?", chat=world.staff)
    await world.owner.replies(question, "The <IBAN> is closed", chat=world.staff)
    await world.owner.sees("🔴 rejected", chat=world.staff)
    shown = await ann.sees("The <IBAN> is closed")
    assert "account details are wrong" in shown["text"]
    await world.books_balance()


async def test_a_reply_to_a_question_that_a_command_closed_is_answered(
    world: JourneyWorld,
) -> None:
    await _asked(world)
    card = await world.owner.last(chat=world.staff)
    await world.owner.presses("Reject", chat=world.staff)
    await world.owner.presses("account details are wrong", chat=world.staff)
    question = await world.owner.sees("what should the partner be told?", chat=world.staff)
    mention = question["entities"][0]
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", world.owner.id)
    await world.owner.sends("/balances", chat=world.staff)
    await world.owner.sees("There is no such command", chat=world.staff)
    await world.owner.replies(question, "The account is closed", chat=world.staff)
    closed = await world.owner.sees("Nothing waits for this reply", chat=world.staff)
    await world.owner.replies(card, "I called the bank", chat=world.staff)
    await world.owner.sends("/nothing", chat=world.staff)
    await world.owner.sees("There is no such command", chat=world.staff)
    said = await world.owner.messages(chat=world.staff)
    assert [one for one in said if "Nothing waits" in (one["text"] or "")] == [closed]
    assert await world.committed(select(payouts.c.status)) == [(PayoutStatus.REQUESTED,)]


async def test_the_account_is_shown_to_one_person_and_audited(world: JourneyWorld) -> None:
    await _asked(world)
    pressed = await world.owner.presses("Show the account", chat=world.staff)
    answer = await pressed.answer()
    assert answer["show_alert"] is True
    assert answer["text"] == "DE89 3704 0044 0532 0130 00"
    card = await world.owner.last(chat=world.staff)
    assert "DE89" not in card["text"]


async def test_two_people_pressing_get_one_effect_and_a_name(world: JourneyWorld) -> None:
    await _asked(world)
    card = await world.owner.last(chat=world.staff)
    await world.owner.presses("Done", chat=world.staff, message_id=card["message_id"])
    await world.owner.sees("🟢 done", chat=world.staff)
    await world.owner.presses("The bank sent it back", chat=world.staff)
    await world.owner.sees("Did the bank send the money back?", chat=world.staff)
    await world.owner.presses("receiving bank refused it", chat=world.staff)
    await world.owner.presses("Returned, without a note", chat=world.staff)
    await world.owner.sees("🟠 returned", chat=world.staff)
    assert await world.committed(select(payouts.c.status)) == [(PayoutStatus.RETURNED,)]
    await world.books_balance()


async def test_staff_are_invited_by_a_link_that_works_once(world: JourneyWorld) -> None:
    await world.owner.sends("/staff", chat=world.staff)
    await world.owner.presses("➕ Finance", chat=world.staff)
    shown = await world.owner.sees("Invitation as Finance", chat=world.staff)
    token = shown["text"].split("start=s_")[1].split()[0]
    fay = await world.sim.person("Fay", language_code="en")
    await fay.opens(f"s_{token}")
    await fay.sees("You joined the staff as Finance")
    eve = await world.sim.person("Eve", language_code="en")
    await eve.opens(f"s_{token}")
    await eve.sees("used or expired")
    await world.owner.sends("/staff", chat=world.staff)
    await world.owner.sees("Fay — Finance", chat=world.staff)
    await world.owner.presses("👤 Fay", chat=world.staff)
    await world.owner.presses("Change the role", chat=world.staff)
    await world.owner.presses("⚪️ Support", chat=world.staff)
    await world.owner.presses("Yes, change", chat=world.staff)
    await fay.sees("Your role in the staff is Support now")
    await world.owner.presses("Remove from the staff", chat=world.staff)
    await world.owner.presses("Yes, remove", chat=world.staff)
    await fay.sees("You do not belong to the staff any more")
    shown = await world.owner.sees("Staff", chat=world.staff)
    assert "Fay" not in shown["text"]


async def test_strangers_and_other_chats_have_no_rights(world: JourneyWorld) -> None:
    eve = await world.sim.person("Eve", language_code="en")
    await world.staff.sets(eve, status="member")
    await eve.sends("/payouts", chat=world.staff)
    await eve.sees("not available to you", chat=world.staff)
    other = await world.sim.group("Elsewhere", members=[world.owner])
    await world.owner.sends("/payouts", chat=other)
    await world.owner.sees("not available to you", chat=other)
    await world.owner.sends("/here", chat=other)
    await world.owner.sees("Another chat is the admin chat", chat=other)
    assert await world.count(staff_members, staff_members.c.person_id == eve.id) == 0


async def test_an_anonymous_admin_is_told(world: JourneyWorld) -> None:
    await world.staff.changes(bot_rights={"can_manage_chat": True})
    await world.staff.sets(world.owner, status="administrator", is_anonymous=True)
    await world.owner.sends("/queue", chat=world.staff)
    shown = await world.owner.sees("anonymous admin", chat=world.staff)
    assert "inline_keyboard" not in shown or not shown["inline_keyboard"]
    assert await world.count(staff_members) == 0


async def test_the_admin_chat_is_followed_when_it_is_upgraded(world: JourneyWorld) -> None:
    before = world.staff.id
    await world.staff.upgrades()
    await world.owner.sends("/queue", chat=world.staff)
    await world.owner.sees("Nothing waits for you", chat=world.staff)
    assert world.staff.id != before
    kept = [str(value) for (value,) in await world.committed(select(settings.c.value))]
    assert any(str(world.staff.id) in value for value in kept)


async def test_entries_are_asked_for_refused_and_undone(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    _, client_id = await world.client_of(await world.code_of(ann), "Carla")
    owner, staff = world.owner, world.staff
    question = await _sees_after(owner, staff, "/pay", "Reply with the client’s ID")
    await owner.replies(question, f"{client_id} 99.99 usd", chat=staff)
    await owner.sees("commission: 10.00 USD", chat=staff)
    await owner.presses("Undo", chat=staff)
    await owner.sees("an opposite entry of 99.99 USD", chat=staff)
    await ann.sees("10.00 USD less for you")
    for typed, told in (
        ("/pay nobody 10 USD", "No client has the ID nobody"),
        (f"/pay {client_id} ten USD", "is not an amount"),
        (f"/pay {client_id} 10 XXX", "There is no currency"),
        (f"/pay {client_id} 10 UAH", "Add the rate"),
        (f"/pay {client_id} 10 UAH 0", "Add the rate"),
        (f"/pay {client_id} 9999999999999999 USD", "is too large an amount"),
        ("/hold nosuch", "No partner has this code"),
        ("/refund nothing 5", "No payment has the ID nothing"),
        ("/partner nosuch", "No partner was found for “nosuch”"),
        ("/client nosuch", "No client was found for “nosuch”"),
        ("/payouts zzzzzz", "No pay-out has the number zzzzzz"),
        ("/nonsense", "There is no such command"),
        ("/payuots", "Did you mean /payouts?"),
        ("/top", "/top is not part of this version yet"),
    ):
        await _sees_after(owner, staff, typed, told)
    await owner.sends(f"/pay {client_id} 100 USD", chat=staff)
    shown = await owner.sees("Payment ID", chat=staff)
    payment_id = shown["text"].split("Payment ID: ")[1].split()[0]
    await _sees_after(owner, staff, f"/refund {payment_id} 25", "commission now: 7.50 USD")
    await _sees_after(owner, staff, f"/refund {payment_id} 80", "more than is left of the payment")
    await owner.presses("Undo", chat=staff)
    await owner.sees("commission now: 10.00 USD", chat=staff)
    await _sees_after(owner, staff, f"/partner {await world.code_of(ann)}", "Payable: 10.00 USD")
    await _sees_after(owner, staff, f"/client {client_id}", "Carla")
    await _sees_after(owner, staff, "/books", "The books balance")
    amounts = await world.committed(select(payments.c.minor).order_by(payments.c.minor))
    assert amounts == [(9_999,), (10_000,)]
    await world.books_balance()


async def _sees_after(person: PersonActor, chat: GroupActor, typed: str, told: str) -> Json:
    await person.sends(typed, chat=chat)
    return await person.sees(told, chat=chat)


async def test_a_parked_event_is_listed_and_run_again(world: JourneyWorld) -> None:
    from domain.usecases.events.record import ReportedEvent

    ann = await world.partner("Ann")
    _, client_id = await world.client_of(await world.code_of(ann), "Carla")
    await world.product.use_cases.record_events(
        [
            [
                ReportedEvent(
                    id="uah-1",
                    kind="payment.succeeded",
                    data={
                        "payment_id": "uah-1",
                        "client_id": client_id,
                        "amount": "4000.00",
                        "currency": "UAH",
                        "paid_at": "2026-11-21T10:00:00Z",
                    },
                )
            ]
        ]
    )
    await world.owner.sees("An event waits for you", chat=world.staff)
    await _sees_after(world.owner, world.staff, "/queue", "1 parked event")
    await world.owner.presses("Parked events", chat=world.staff)
    await world.owner.presses("the exchange rate", chat=world.staff)
    await world.owner.sees("the exchange rate into the program’s currency", chat=world.staff)
    pressed = await world.owner.presses("Run again", chat=world.staff)
    assert "exchange rate" in (await pressed.answer())["text"]


async def test_the_audit_trail_is_read_filtered_and_taken_out(world: JourneyWorld) -> None:
    ann = await world.partner("=Ann <b>")
    owner, staff = world.owner, world.staff
    await ann.sends("/withdraw")
    await owner.sends("/staff", chat=staff)
    await owner.presses("➕ Finance", chat=staff)
    shown = await _sees_after(owner, staff, "/audit", "Olena invited somebody as Finance.")
    assert "=Ann <b> accepted the rules" in shown["text"]
    code = await world.code_of(ann)
    shown = await _sees_after(owner, staff, f"/audit {code}", "=Ann <b> accepted the rules")
    assert "Olena" not in shown["text"]
    await owner.presses("⚪️ staff", chat=staff)
    await owner.sees("Only: staff.", chat=staff)
    await _sees_after(owner, staff, "/audit @nobody", "is not a partner’s code")
    await _sees_after(owner, staff, f"/audit {code}", "accepted the rules")
    await owner.presses("As a file", chat=staff)
    shown = await owner.sees("2 rows", chat=staff)
    content = (await world.sim.file(shown["document"]["file_id"])).decode("utf-8-sig")
    assert '"\'=Ann <b>"' in content
    assert "accepted the rules of saas-tiers" in content


async def test_the_report_is_words_at_once_and_then_a_picture(world: JourneyWorld) -> None:
    ann = await world.partner("Ann <i>")
    await world.earns(ann, "600.00")
    owner, staff = world.owner, world.staff
    shown = await _sees_after(owner, staff, "/report", "Owed to partners now: 60.00 USD")
    assert "Payments: 1, 600.00 USD (▲ from 0)" in shown["text"]
    assert "🥇 Ann <i>" in shown["text"]
    picture = await _picture(world)
    assert (await world.sim.file(picture["photo"]["file_id"])).startswith(b"\x89PNG")
    await owner.presses("Last month", chat=staff)
    await owner.sees("Payments: 0, 0.00 USD", chat=staff)
    await owner.presses("Another period", chat=staff)
    question = await owner.sees("Reply with the period", chat=staff)
    await owner.replies(question, "yesterday", chat=staff)
    question = await owner.sees("is not a period", chat=staff)
    await owner.replies(question, "2026", chat=staff)
    await owner.sees("Payments: 1, 600.00 USD", chat=staff)


async def _picture(world: JourneyWorld) -> Json:
    async with asyncio.timeout(20):
        while True:
            for message in await world.owner.messages(chat=world.staff):
                if message["photo"]:
                    return message
            await asyncio.sleep(0.1)
