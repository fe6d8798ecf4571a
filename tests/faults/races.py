"""Races for one balance: however often and wherever it is confirmed, nothing is reserved twice."""

import asyncio
from collections.abc import Sequence

from tests.faults.people import join, spot_of
from tests.faults.process import in_waves, until
from tests.faults.replicas import DirectHuman, Replicas
from tests.faults.story import Story
from tests.faults.world import OK, Json

AMOUNT = 6_000
BALANCE = 10_000
"""Minor units: one of the amounts fits, the second does not."""
WAITING_SECONDS = 20.0
"""Less than PostgreSQL lets a transaction be idle, or the product a statement wait."""
MONEY = "payouts, postings"
"""Tables that every race writes."""


async def confirm_often(replicas: Replicas, rounds: int, at_once: int) -> int:
    """Deliver one confirmation often, then press its button often; return how many updates."""
    boss, code = await partner(replicas)
    for number in range(rounds):
        await pay_in(replicas, code, AMOUNT)
        await open_form(boss)
        update = boss.press("w:confirm")
        await post(replicas, [update] * at_once)
        await assert_reserved(replicas, payouts=2 * number + 1)

        await pay_in(replicas, code, AMOUNT)
        await open_form(boss)
        presses = [boss.press("w:confirm") for _ in range(at_once)]
        await race(replicas, presses)
        await assert_reserved(replicas, payouts=2 * number + 2)
        assert_answered(replicas, presses)
    await assert_in_order(replicas)
    return 2 * rounds * at_once


async def confirm_together(replicas: Replicas, rounds: int, at_once: int) -> int:
    """Let all members of a partner confirm at once; return how many updates those were."""
    boss, code = await partner(replicas)
    await pay_in(replicas, code, BALANCE)
    members = [boss, *await colleagues(replicas, boss, at_once - 1)]
    fitting = BALANCE // AMOUNT
    for number in range(rounds):
        if number:
            # What the round before has left over is filled up to the same balance.
            await pay_in(replicas, code, fitting * AMOUNT)
        await asyncio.gather(*(open_form(member) for member in members))
        presses = [member.press("w:confirm") for member in members]
        await race(replicas, presses)
        await assert_reserved(replicas, payouts=(number + 1) * fitting)
        assert_answered(replicas, presses)
    payable = "SELECT balance FROM ledger_accounts WHERE kind = 'payable'"
    assert abs(await replicas.vendor.database.value(payable)) == BALANCE - fitting * AMOUNT
    await assert_in_order(replicas)
    return rounds * at_once


async def deliver_often(replicas: Replicas, repeats: int, at_once: int) -> int:
    """Deliver a start and a confirmation so often; return how many deliveries those were."""
    boss, code = await partner(replicas)
    await pay_in(replicas, code, BALANCE)
    await open_form(boss)
    visitor = await replicas.person("Visitor")
    start = visitor.text(f"/start r_{code}")
    await post(replicas, [start] * at_once)
    update = boss.press("w:confirm")
    await post(replicas, [update] * (repeats // 2))
    await post(replicas, [update] * (repeats // 2))
    await assert_reserved(replicas, payouts=1)
    assert await replicas.vendor.database.value("SELECT COUNT(*) FROM clicks") == 1
    assert len(visitor.messages()) == 1
    await assert_in_order(replicas)
    return repeats + at_once


async def partner(replicas: Replicas) -> tuple[DirectHuman, str]:
    boss = await replicas.person("Boss")
    return boss, await join(boss, replicas.vendor.database)


async def colleagues(replicas: Replicas, boss: DirectHuman, number: int) -> list[DirectHuman]:
    """Return more admins of the same partner."""
    people = [await replicas.person(f"Admin {n}") for n in range(number)]
    await asyncio.gather(*(person.opens() for person in people))
    await asyncio.gather(*(person.is_answered() for person in people))
    await replicas.vendor.database.change(
        "INSERT INTO members (partner_id, person_id, role, joined_at) "
        "SELECT m.partner_id, p.id, m.role, m.joined_at FROM members m, people p "
        "WHERE m.person_id = :boss AND p.id <> :boss",
        boss=boss.id,
    )
    return people


async def pay_in(replicas: Replicas, code: str, minor: int) -> None:
    """Let a new client pay so much that the partner earns the amount."""
    known = await replicas.vendor.database.value("SELECT COUNT(*) FROM clients")
    story = Story(name=f"client {known}")
    story.first_payment(code, minor // 10)
    [url, *_] = replicas.urls
    events = list(story.events.values())
    assert (await replicas.vendor.billing.send_batch(url, events)).status == OK


async def open_form(human: DirectHuman) -> None:
    await human.says(f"/withdraw {AMOUNT // 100}")
    await human.is_answered(lambda message: spot_of(message, "w:cancel") is not None)
    await human.says(f"DE89 3704 0044 0532 0130 00, {human.id}")
    await human.is_answered(lambda message: spot_of(message, "w:confirm") is not None)


async def post(replicas: Replicas, updates: list[Json]) -> None:
    """Deliver all of them at once, in turn to each process, and wait for their handling."""
    posts = [replicas.deliver(update, to=number) for number, update in enumerate(updates)]
    assert set(await in_waves(posts, size=len(replicas.urls) * 25)) == {OK}
    await replicas.all_handled()


async def race(replicas: Replicas, updates: Sequence[Json]) -> bool:
    """Deliver them while no money can be moved, until every process is in the middle of one.

    Whoever decides by what was read before its turn has read the same balance as the others.
    One person's updates are all in the hands of one process, wherever they were delivered: those
    that have anybody's are waited for, though not for ever. Returns whether all came so far; on
    SQLite, where they do as they like, ``True``.
    """
    database = replicas.vendor.database
    waiting = (
        "SELECT COUNT(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
        " WHERE NOT l.granted AND a.datname = current_database()"
    )
    holders = "SELECT COUNT(DISTINCT holder) FROM lanes"

    async def all_wait() -> bool:
        return await database.value(waiting) >= await database.value(holders)

    is_sharp = True
    async with database.nobody_writes(MONEY):
        posts = [replicas.deliver_until_taken(one, to=n) for n, one in enumerate(updates)]
        await asyncio.gather(*posts)
        if not database.is_sqlite:
            try:
                await until(all_wait, within_seconds=WAITING_SECONDS)
            except AssertionError:
                is_sharp = False
    await replicas.updates_handled()
    return is_sharp


async def assert_reserved(replicas: Replicas, payouts: int) -> None:
    """So many pay-outs stand, each for its own request, and not a cent more is set aside."""
    database = replicas.vendor.database
    [row] = await database.rows(
        "SELECT COUNT(*), COUNT(DISTINCT request_key), SUM(minor) FROM payouts"
    )
    assert tuple(row) == (payouts, payouts, payouts * AMOUNT)
    reserved = "SELECT balance FROM ledger_accounts WHERE kind = 'reserved'"
    assert abs(await database.value(reserved)) == payouts * AMOUNT


def assert_answered(replicas: Replicas, presses: Sequence[Json]) -> None:
    world = replicas.vendor.simulator.world
    found = [world.presses.find(update["callback_query"]["id"]) for update in presses]
    assert all(press is not None and press.answered for press in found)


async def assert_in_order(replicas: Replicas) -> None:
    """No handler failed, staff have one card for each pay-out, and the books balance."""
    vendor = replicas.vendor
    await replicas.all_handled()
    [row] = await vendor.database.rows("SELECT SUM(attempts), COUNT(parked_at) FROM inbox")
    assert tuple(row) == (0, 0)
    cards = [message for message in await vendor.staff.messages() if message["from"]["is_bot"]]
    assert len(cards) == await vendor.database.value("SELECT COUNT(*) FROM payouts")
    for process in replicas.processes:
        assert await process.stop() == 0
    await vendor.books_balance()
