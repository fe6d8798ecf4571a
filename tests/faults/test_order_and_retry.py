"""Telegram fails, hangs and bans: nothing is lost, order holds, and nobody waits for another."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence

from tests.faults.figures import say
from tests.faults.people import Human, join, new_human
from tests.faults.process import GUARD_SECONDS, until
from tests.faults.story import Story
from tests.faults.wire import Fault, Wire
from tests.faults.world import OK, Vendor

BAN_SECONDS = 3.5
"""More than the bot waits out inside a call."""
HANG_SECONDS = 4.5
OUTAGE_SECONDS = 2.2
PARTNERS = 5
SEND = "sendMessage"
OPEN_NOTICES = "SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL"
OPEN_UPDATES = "SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL"


async def test_a_failed_answer_is_tried_again_and_later_ones_of_the_person_wait(
    vendor: Vendor,
) -> None:
    await vendor.start().ready()
    ann, ben, carl = await _people(vendor, 3)
    # The answer fails; what tells so fails too, but for Carl; the second try fails, but for Carl.
    await vendor.sim.faults(SEND, error_code=500, times=3, chat_id=ann.id)
    await vendor.sim.faults(SEND, error_code=500, times=1, chat_id=carl.id)
    for human in (ann, ben, carl):
        for text in ("/help", "/language", "/menu"):
            await human.says(text)
    await _says_so_far(ben, 3)
    await _says_so_far(ann, 3)
    await _says_so_far(carl, 4)
    assert _all_of([ben]) < _first_of(ann, 3)
    assert ann.texts() == ben.texts()
    assert "Reference" in carl.texts()[0]
    assert carl.texts()[1:] == ben.texts()
    await _settled(vendor)
    found = await vendor.database.rows("SELECT attempts, error FROM inbox ORDER BY update_id")
    assert {row.attempts for row in found} == {0}
    assert [bool(row.error) for row in found] == [True, *[False] * 5, True, False, False]


async def test_a_banned_chat_is_left_alone_until_the_ban_ends(vendor: Vendor, wire: Wire) -> None:
    await vendor.start().ready()
    ann, ben = await _people(vendor, 2)
    ban = wire.add(Fault.BANNED, seconds=BAN_SECONDS, method=SEND, chat_id=ann.id)
    for human in (ann, ben):
        for text in ("/help", "/menu"):
            await human.says(text)
    await _says_so_far(ben, 2)
    await _says_so_far(ann, 2)
    assert _all_of([ben]) < _first_of(ann, 2)
    assert ann.texts() == ben.texts()
    assert ban.struck == 1


async def test_notices_of_a_banned_chat_come_after_the_ban_and_others_at_once(
    vendor: Vendor, wire: Wire
) -> None:
    url = await vendor.start().ready()
    ann, *others = await _partners(vendor, PARTNERS)
    ban = wire.add(Fault.BANNED, seconds=BAN_SECONDS, method=SEND, chat_id=ann.id)
    await _pay(vendor, url, [ann, *others])
    await _notices([ann, *others], 2)
    assert _all_of(others) < _first_of(ann, 2)
    assert ban.struck == 1
    await _assert_each_sent_once(vendor, [ann, *others])


def _all_of(people: Sequence[Human]) -> int:
    """Return the place of the last of these people's messages among all events."""
    return max(message.seq for human in people for message in human.messages())


def _first_of(human: Human, newest: int) -> int:
    """Return the place of the first of somebody's newest messages among all events."""
    return min(message.seq for message in human.messages()[-newest:])


async def test_a_hanging_chat_holds_up_nobody_else(vendor: Vendor, wire: Wire) -> None:
    url = await vendor.start().ready()
    ann, *others = await _partners(vendor, PARTNERS)
    wire.add(Fault.HANGS, seconds=HANG_SECONDS, chat_id=ann.id)
    await ann.says("/menu")
    await _pay(vendor, url, [ann, *others])
    for human in others:
        await human.says("/menu")
    await asyncio.gather(*(human.is_answered(_is_menu) for human in others))
    await _notices(others, 2)
    await ann.is_answered(_is_menu)
    await _notices([ann], 2)
    assert _all_of(others) < _first_of(ann, 3)
    await _assert_each_sent_once(vendor, [ann, *others])


async def test_who_blocked_the_bot_stops_nobody_else(vendor: Vendor) -> None:
    url = await vendor.start().ready()
    ann, *others = await _partners(vendor, PARTNERS)
    await ann.says("/menu")
    await ann.actor.blocks()
    await _pay(vendor, url, [ann, *others])
    await _notices(others, 2)
    await _settled(vendor)
    states = await vendor.database.rows(
        "SELECT attempts, error FROM notices WHERE recipient = :ann ORDER BY id", ann=ann.id
    )
    assert [tuple(row) for row in states] == [(1, "blocked"), (1, "blocked")]
    await _assert_each_sent_once(vendor, others)
    # Whoever comes back is served again.
    await ann.actor.unblocks()
    await ann.says("/balance")
    await ann.is_answered(lambda message: "100.00" in (message.text or ""))


async def test_after_an_outage_everything_is_sent_once(vendor: Vendor, wire: Wire) -> None:
    url = await vendor.start().ready()
    partners = await _partners(vendor, PARTNERS)
    visitors = await _people(vendor, 3)
    for human in visitors:
        await human.says("/help")
    await asyncio.gather(*(human.is_answered() for human in visitors))
    # First a proxy in front of Telegram answers with a page, then Telegram with its own error.
    began = time.monotonic()
    pages = wire.add(Fault.BROKEN, method=SEND, seconds=OUTAGE_SECONDS / 2)
    await vendor.sim.faults(SEND, error_code=502, times=1_000)
    for human in visitors:
        await human.says("/help")
    await _pay(vendor, url, partners)
    await asyncio.sleep(max(0.0, began + OUTAGE_SECONDS - time.monotonic()))
    assert pages.struck
    assert not [text for partner in partners for text in _repeats(partner)]
    await vendor.sim.clear_faults()
    await _notices(partners, 2)
    await _settled(vendor)
    took = time.monotonic() - began - OUTAGE_SECONDS
    await _assert_each_sent_once(vendor, partners)
    assert [len(human.messages()) for human in visitors] == [2, 2, 2]
    say(f"everything was sent {took:.1f} s after an outage of {OUTAGE_SECONDS} s")


async def test_an_answer_lost_on_the_way_repeats_a_message_and_no_effect(
    vendor: Vendor, wire: Wire
) -> None:
    url = await vendor.start().ready()
    [ann] = await _partners(vendor, 1)
    lost = wire.add(Fault.LOST, method=SEND, chat_id=ann.id, times=1)
    await _pay(vendor, url, [ann])
    await _notices([ann], 2)
    await _settled(vendor)
    assert lost.struck == 1
    assert max(_repeats(ann).values()) == 2
    await ann.says("/withdraw 50")
    await ann.finds_button("w:cancel")
    await ann.says("DE89 3704 0044 0532 0130 00, Ann")
    await ann.finds_button("w:confirm")
    lost = wire.add(Fault.LOST, method="editMessageText", chat_id=ann.id, times=1)
    await ann.presses("w:confirm")
    await ann.finds_button("o:payouts")
    await _settled(vendor)
    assert lost.struck == 1
    assert await vendor.database.value("SELECT COUNT(*) FROM payouts") == 1
    await vendor.books_balance()


async def test_polling_survives_whatever_telegram_answers(vendor: Vendor, wire: Wire) -> None:
    page = wire.add(Fault.BROKEN, times=1)
    process = vendor.start()
    await process.ready()
    assert page.struck == 1
    [ann] = await _people(vendor, 1)
    for code in (409, 500, 429):
        pause = 1 if code == 429 else None
        await vendor.sim.faults("getUpdates", error_code=code, retry_after=pause)
        await ann.says("/help")
        # The poll that waits has brought the first one; the next poll meets the fault.
        await ann.says("/help")
    page = wire.add(Fault.BROKEN, method="getUpdates", times=1)
    await ann.says("/help")
    await ann.says("/help")
    await _says_so_far(ann, 8)
    assert len(set(ann.texts())) == 1
    assert page.struck == 1
    assert process.poll() is None


async def _people(vendor: Vendor, number: int) -> list[Human]:
    """Return people of one name, so that the bot tells them the same."""
    return [await new_human(vendor.sim, vendor.simulator, "Sam") for _ in range(number)]


async def _partners(vendor: Vendor, number: int) -> list[Human]:
    humans = await _people(vendor, number)
    await asyncio.gather(*(join(human, vendor.database) for human in humans))
    return humans


async def _pay(vendor: Vendor, url: str, partners: list[Human]) -> None:
    """Let one client of each partner register and pay 1000.00: two notices for each."""
    story = Story()
    for human in partners:
        code = await vendor.database.value(
            "SELECT e.code FROM enrolments e JOIN members m ON m.partner_id = e.partner_id "
            "WHERE m.person_id = :person",
            person=human.id,
        )
        story.first_payment(code, 1_000)
    answer = await vendor.billing.send_batch(url, list(story.events.values()))
    assert answer.status == OK


def _repeats(human: Human) -> Counter[str]:
    """Return how often each notice stands in the chat."""
    return Counter(text for text in human.texts() if text.startswith(("👤", "💰 You earned")))


async def _notices(humans: list[Human], number: int) -> None:
    """Wait until each has so many different notices."""

    async def are_there() -> bool:
        return all(len(_repeats(human)) == number for human in humans)

    await until(are_there, within_seconds=GUARD_SECONDS, every_seconds=0.02)


async def _says_so_far(human: Human, number: int) -> None:
    """Wait until the bot has written so many messages to somebody."""

    async def are_there() -> bool:
        return len(human.messages()) >= number

    await until(are_there, within_seconds=GUARD_SECONDS, every_seconds=0.02)


async def _settled(vendor: Vendor) -> None:
    """Wait until no update and no notice is open."""

    async def is_settled() -> bool:
        return not await vendor.database.value(f"SELECT ({OPEN_NOTICES}) + ({OPEN_UPDATES})")

    await until(is_settled, within_seconds=GUARD_SECONDS)


async def _assert_each_sent_once(vendor: Vendor, humans: list[Human]) -> None:
    await _settled(vendor)
    for human in humans:
        assert list(_repeats(human).values()) == [1, 1], human.texts()


def _is_menu(message: object) -> bool:
    return "o:balance" in str(getattr(message, "reply_markup", ""))
