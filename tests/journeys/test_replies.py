"""Staff reply to many messages of the bot; only a reply to one's own question is an answer."""

import asyncio

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import select

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from domain.entities.payout import PayoutStatus
from handlers.ui.callbacks import PayoutCard
from handlers.ui.replies import PROMPTS
from storage.tables import payouts
from tests.journeys.payouts import asked, invite
from tests.journeys.world import JourneyWorld

WAITS = [(6_000, PayoutStatus.REQUESTED), (7_000, PayoutStatus.REQUESTED)]


async def _card(world: JourneyWorld, amount: str) -> Json:
    said = await world.owner.messages(chat=world.staff)
    return next(m for m in said if amount in (m["text"] or ""))


async def _begins_to_reject(world: JourneyWorld, person: PersonActor, amount: str) -> Json:
    """Let a person press until the bot asks for words about the pay-out of this amount."""
    card = (await _card(world, amount))["message_id"]
    await person.presses("❌ Reject", chat=world.staff, message_id=card)
    await person.presses("Documents are missing", chat=world.staff, message_id=card)
    return await person.sees(f"{amount}, Ann", chat=world.staff)


async def _standing(world: JourneyWorld) -> list[tuple[int, PayoutStatus]]:
    rows = await world.committed(
        select(payouts.c.minor, payouts.c.status).order_by(payouts.c.minor)
    )
    return [(int(minor), PayoutStatus(status)) for minor, status in rows]


async def test_a_reply_to_a_colleagues_question_does_not_decide_ones_own(
    world: JourneyWorld,
) -> None:
    await asked(world, "60", "70")
    card = await _card(world, "60.00 USD")
    fay = await invite(world, "Fay", "Finance")
    owner, staff = world.owner, world.staff
    of_olena = await _begins_to_reject(world, owner, "60.00 USD")
    of_fay = await _begins_to_reject(world, fay, "70.00 USD")
    await fay.replies(of_olena, "The act is not signed", chat=staff)
    pointed = await fay.sees("I have not taken this as an answer", chat=staff)
    assert pointed["reply_to_message_id"] == of_fay["message_id"]
    assert await _standing(world) == WAITS
    # Nor is what one says below a card, or below any other message of the bot.
    await fay.replies(card, "I wrote to them", chat=staff)
    await fay.sees("I have not taken this as an answer", chat=staff)
    assert await _standing(world) == WAITS
    await fay.replies(of_fay, "The act is not signed", chat=staff)
    await fay.sees("🔴 rejected", chat=staff)
    assert await _standing(world) == [WAITS[0], (7_000, PayoutStatus.REJECTED)]
    # The form is closed: the same reply once more is an answer to nothing.
    await fay.replies(of_fay, "The act is not signed", chat=staff)
    await fay.sees("Nothing waits for this reply", chat=staff)
    await world.books_balance()


async def test_a_question_that_was_asked_twice_takes_a_reply_to_either(
    world: JourneyWorld,
) -> None:
    await asked(world, "60", "70")
    owner, staff = world.owner, world.staff
    card = (await _card(world, "60.00 USD"))["message_id"]
    first = await _begins_to_reject(world, owner, "60.00 USD")
    [(payout_id,)] = await world.committed(
        select(payouts.c.id).where(payouts.c.minor == WAITS[0][0])
    )
    press = PayoutCard(action="reason", payout_id=payout_id, reason="documents").pack()
    await world.sim.update(_pressed_again(world, card, press))
    await _asked_twice(world)
    await owner.replies(first, "The act is not signed", chat=staff)
    await owner.sees("🔴 rejected", chat=staff)
    assert await _standing(world) == [(6_000, PayoutStatus.REJECTED), WAITS[1]]


async def test_a_question_whose_number_was_never_kept_takes_a_reply_too(
    world: JourneyWorld,
) -> None:
    await asked(world, "60")
    owner, staff = world.owner, world.staff
    card = (await _card(world, "60.00 USD"))["message_id"]
    first = await _begins_to_reject(world, owner, "60.00 USD")
    # As if the process was killed behind the question, before it could keep its number.
    storage = world.product.dispatcher.storage
    key = StorageKey(bot_id=world.product.bot.id, chat_id=staff.id, user_id=owner.id)
    data = await storage.get_data(key)
    cut = {**data[PROMPTS], "ids": [], "is_asking": True}
    await storage.set_data(key, {**data, PROMPTS: cut})
    [(payout_id,)] = await world.committed(select(payouts.c.id))
    press = PayoutCard(action="reason", payout_id=payout_id, reason="documents").pack()
    await world.sim.update(_pressed_again(world, card, press))
    await _asked_twice(world)
    await owner.replies(first, "The act is not signed", chat=staff)
    await owner.sees("🔴 rejected", chat=staff)
    assert await _standing(world) == [(6_000, PayoutStatus.REJECTED)]


async def test_the_question_about_one_thing_does_not_answer_the_next(
    world: JourneyWorld,
) -> None:
    await asked(world, "60", "70")
    owner, staff = world.owner, world.staff
    first = await _begins_to_reject(world, owner, "60.00 USD")
    second = await _begins_to_reject(world, owner, "70.00 USD")
    await owner.replies(first, "The act is not signed", chat=staff)
    await owner.sees("I have not taken this as an answer", chat=staff)
    assert await _standing(world) == WAITS
    await owner.replies(second, "The act is not signed", chat=staff)
    await owner.sees("🔴 rejected", chat=staff)
    assert await _standing(world) == [WAITS[0], (7_000, PayoutStatus.REJECTED)]


async def test_what_was_refused_is_said_anew_below_the_refusal(world: JourneyWorld) -> None:
    await asked(world, "60")
    owner, staff = world.owner, world.staff
    await owner.presses("Done on another day", chat=staff)
    await owner.presses("Another date", chat=staff)
    question = await owner.sees("60.00 USD, Ann", chat=staff)
    await owner.replies(question, "1.1.2020", chat=staff)
    refused = await owner.sees("cannot be the day of the payment", chat=staff)
    await owner.replies(refused, f"{world.product.clock():%d.%m.%Y}", chat=staff)
    await owner.sees("🟢 done", chat=staff)
    assert await _standing(world) == [(6_000, PayoutStatus.DONE)]


async def _asked_twice(world: JourneyWorld) -> None:
    """Wait until the question stands twice in the chat."""
    for _ in range(200):
        said = await world.owner.messages(chat=world.staff)
        if sum("60.00 USD, Ann" in (m["text"] or "") for m in said) == len(WAITS):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it was asked once")


def _pressed_again(world: JourneyWorld, card: int, data: str) -> Json:
    chat = {"id": world.staff.id, "type": "group", "title": "Staff"}
    bot = {"id": 1, "is_bot": True, "first_name": "Bot"}
    message = {"message_id": card, "date": 1, "chat": chat, "from": bot, "text": "card"}
    sender = {"id": world.owner.id, "is_bot": False, "first_name": "Olena"}
    press = {"id": "again", "from": sender, "chat_instance": "1", "data": data}
    return {"callback_query": {**press, "message": message}}
