"""The admin chat as a forum: each queue has its topic, opened once and again when deleted."""

from pathlib import Path

from sqlalchemy import select

from bot.simulator.wire import Json
from domain.entities.payout import PayoutStatus
from domain.usecases.events.record import ReportedEvent
from storage.tables import payouts
from tests.journeys.payouts import ask_for, asked, buttons
from tests.journeys.world import JourneyWorld, start_world

TOPICS = ["can_manage_topics"]
FIRST = ["Pay-outs", "Billing events"]


async def _parked(world: JourneyWorld, client_id: str, event_id: str) -> Json:
    """Let an event wait for staff; return the notice of it."""
    data = {
        "payment_id": event_id,
        "client_id": client_id,
        "amount": "4000.00",
        "currency": "UAH",
        "paid_at": "2026-11-21T10:00:00Z",
    }
    event = ReportedEvent(id=event_id, kind="payment.succeeded", data=data)
    await world.product.use_cases.record_events([[event]])
    return await world.owner.sees(f"ID: {event_id}", chat=world.staff)


async def _opened(world: JourneyWorld) -> list[str]:
    calls = await world.sim.journal("createForumTopic")
    return [call["params"]["name"] for call in calls if call["ok"]]


async def test_each_queue_has_its_topic_and_forms_stay_in_it(tmp_path: Path) -> None:
    async with start_world(tmp_path, is_forum=True, bot_rights=TOPICS) as world:
        owner, staff, bot = world.owner, world.staff, world.product.bot
        ann = await asked(world, "60", "70")
        cards = [m for m in await owner.messages(chat=staff) if "🟡 new" in (m["text"] or "")]
        (payouts,) = {card["message_thread_id"] for card in cards}
        _, client_id = await world.client_of(await world.code_of(ann), "Bob")
        events = (await _parked(world, client_id, "uah-1"))["message_thread_id"]
        assert payouts
        assert events
        assert payouts != events
        assert await _opened(world) == ["Pay-outs", "Billing events"]

        await owner.presses("❌ Reject", chat=staff)
        await owner.presses("Other", chat=staff)
        question = await owner.sees("what should the partner be told?", chat=staff)
        assert question["message_thread_id"] == payouts
        await owner.sends("what a day", chat=staff, topic=payouts)
        await owner.replies(question, "Sorry", chat=staff)
        await ann.sees("“Sorry”")

        await owner.sends("/here", chat=staff)
        shown = await owner.sees(
            "Each queue has its topic: Pay-outs, Applications, Invoices, Claims, Questions",
            chat=staff,
        )
        assert "all the rights" in shown["text"]
        others = ["Applications", "Invoices", "Claims", "Questions", "Checks for fraud"]
        others += ["Promo codes", "E-mails"]
        assert await _opened(world) == [*FIRST, *others]

        await bot.delete_forum_topic(staff.id, payouts)
        await ask_for(world, ann, "80")
        card = await owner.sees("80.00 USD", chat=staff)
        assert card["message_thread_id"] not in (None, payouts, events)
        assert (await _opened(world))[-1] == "Pay-outs"
        await world.restart()
        again = await _parked(world, client_id, "uah-2")
        assert again["message_thread_id"] == events
        await world.books_balance()


async def test_without_the_right_all_goes_to_general_with_one_word_about_it(
    tmp_path: Path,
) -> None:
    async with start_world(tmp_path, is_forum=True) as world:
        owner, staff = world.owner, world.staff
        ann = await asked(world, "60", "70")
        cards = [m for m in await owner.messages(chat=staff) if "🟡 new" in (m["text"] or "")]
        assert [card["message_thread_id"] for card in cards] == [None, None]
        warned = [m for m in cards if "right to manage topics" in m["text"]]
        assert len(warned) == 1
        assert "✅ Approve" in buttons(warned[0])
        await owner.sends("/here", chat=staff)
        await owner.sees("can_manage_topics", chat=staff)
        assert await _opened(world) == []

        await staff.changes(bot_rights=TOPICS)
        await owner.sends("/here", chat=staff)
        await owner.sees("Each queue has its topic", chat=staff)
        await ask_for(world, ann, "80")
        card = await owner.sees("80.00 USD", chat=staff)
        assert card["message_thread_id"]


async def test_a_plain_group_has_no_topics_and_is_followed_into_a_supergroup(
    world: JourneyWorld,
) -> None:
    owner, staff = world.owner, world.staff
    ann = await asked(world, "60")
    await staff.upgrades()
    await ask_for(world, ann, "70")
    await owner.presses("✅ Approve", chat=staff)
    await owner.sees("approved, to be paid", chat=staff)
    assert await _opened(world) == []
    states = await world.committed(select(payouts.c.status).order_by(payouts.c.id))
    assert sorted(states) == [("approved",), ("requested",)]
    assert len(await world.sim.journal("getChat")) <= 1


async def test_the_owner_is_told_when_the_admin_chat_is_lost(tmp_path: Path) -> None:
    async with start_world(tmp_path, is_forum=True, bot_rights=TOPICS) as world:
        await world.owner.opens()
        ann = await asked(world)
        await world.staff.kicks_bot()
        await ann.sends("/withdraw 60")
        await ann.sees("Where should we send")
        await ann.sends("DE89 3704 0044 0532 0130 00")
        await ann.presses("Confirm")
        await world.owner.sees("I cannot write to the admin chat any more")
        assert await world.count(payouts, payouts.c.status == PayoutStatus.REQUESTED) == 1
