"""What staff find and read: search, masked readers, denials, chatter in the admin chat."""

from sqlalchemy import select

from domain.entities.payout import PayoutStatus
from storage.tables import payouts
from tests.journeys.payouts import asked, buttons, denied, invite
from tests.journeys.world import JourneyWorld


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
