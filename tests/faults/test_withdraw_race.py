"""However often and wherever a withdrawal is confirmed, no balance is reserved twice."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.people import join, spot_of
from tests.faults.process import Processes, in_waves, until
from tests.faults.replicas import DirectHuman, Replicas, start_replicas
from tests.faults.story import Story
from tests.faults.world import OK, Json, vendor_in

ROUNDS = int(os.environ.get("RACES", "1"))
"""How often each race is run."""
AT_ONCE = 50
REPEATS = 1_000
AMOUNT = 6_000
BALANCE = 10_000
"""Minor units: one of the amounts fits, the second does not."""
WAITING_SECONDS = 10.0


@pytest.fixture
async def replicas(
    tmp_path: Path, processes: Processes, database_url: str
) -> AsyncIterator[Replicas]:
    """Return two processes on one PostgreSQL database, or one process on SQLite."""
    number = 2 if database_url.startswith("postgresql") else 1
    async with vendor_in(tmp_path, processes, database_url, mode="webhook") as vendor:
        yield await start_replicas(vendor, number)


async def test_one_confirmation_pressed_or_delivered_often_reserves_once(
    replicas: Replicas,
) -> None:
    boss, code = await _partner(replicas)
    for number in range(ROUNDS):
        await _pay_in(replicas, code, AMOUNT)
        await _open_form(boss)
        update = boss.press("w:confirm")
        await _post(replicas, [update] * AT_ONCE)
        await _assert_reserved(replicas, payouts=2 * number + 1)

        await _pay_in(replicas, code, AMOUNT)
        await _open_form(boss)
        presses = [boss.press("w:confirm") for _ in range(AT_ONCE)]
        await _race(replicas, presses, people=1)
        await _assert_reserved(replicas, payouts=2 * number + 2)
        _assert_answered(replicas, presses)
    await _assert_in_order(replicas)


async def test_many_members_confirm_at_once_and_only_the_balance_is_reserved(
    replicas: Replicas,
) -> None:
    boss, code = await _partner(replicas)
    await _pay_in(replicas, code, BALANCE)
    members = [boss, *await _colleagues(replicas, boss, AT_ONCE - 1)]
    fitting = BALANCE // AMOUNT
    for number in range(ROUNDS):
        if number:
            # What the round before has left over is filled up to the same balance.
            await _pay_in(replicas, code, fitting * AMOUNT)
        await asyncio.gather(*(_open_form(member) for member in members))
        presses = [member.press("w:confirm") for member in members]
        await _race(replicas, presses, people=len(members))
        await _assert_reserved(replicas, payouts=(number + 1) * fitting)
        _assert_answered(replicas, presses)
    payable = "SELECT balance FROM ledger_accounts WHERE kind = 'payable'"
    assert abs(await replicas.vendor.database.value(payable)) == BALANCE - fitting * AMOUNT
    await _assert_in_order(replicas)


async def test_a_thousand_deliveries_of_one_update_have_one_effect(replicas: Replicas) -> None:
    boss, code = await _partner(replicas)
    await _pay_in(replicas, code, BALANCE)
    await _open_form(boss)
    visitor = await replicas.person("Visitor")
    start = visitor.text(f"/start r_{code}")
    await _post(replicas, [start] * AT_ONCE)
    update = boss.press("w:confirm")
    await _post(replicas, [update] * (REPEATS // 2))
    await _post(replicas, [update] * (REPEATS // 2))
    await _assert_reserved(replicas, payouts=1)
    assert await replicas.vendor.database.value("SELECT COUNT(*) FROM clicks") == 1
    assert len(visitor.messages()) == 1
    await _assert_in_order(replicas)


async def test_an_unreadable_update_is_parked_and_holds_up_nobody(replicas: Replicas) -> None:
    visitor = await replicas.person("Visitor")
    broken = visitor.text("/start")
    broken["message"]["chat"] = "nowhere"
    assert await replicas.deliver(broken) == OK
    await visitor.says("/start")
    await visitor.is_answered()
    await replicas.all_handled()
    database = replicas.vendor.database
    assert await database.value("SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL") == 1
    assert len(await replicas.vendor.staff.messages()) == 1 + 1


async def _partner(replicas: Replicas) -> tuple[DirectHuman, str]:
    boss = await replicas.person("Boss")
    return boss, await join(boss, replicas.vendor.database)


async def _colleagues(replicas: Replicas, boss: DirectHuman, number: int) -> list[DirectHuman]:
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


async def _pay_in(replicas: Replicas, code: str, minor: int) -> None:
    """Let a new client pay so much that the partner earns the amount."""
    known = await replicas.vendor.database.value("SELECT COUNT(*) FROM clients")
    story = Story(name=f"client {known}")
    story.first_payment(code, minor // 10)
    [url, *_] = replicas.urls
    events = list(story.events.values())
    assert (await replicas.vendor.billing.send_batch(url, events)).status == OK


async def _open_form(human: DirectHuman) -> None:
    await human.says(f"/withdraw {AMOUNT // 100}")
    await human.is_answered(lambda message: spot_of(message, "w:cancel") is not None)
    await human.says(f"DE89 3704 0044 0532 0130 00, {human.id}")
    await human.is_answered(lambda message: spot_of(message, "w:confirm") is not None)


async def _post(replicas: Replicas, updates: list[Json]) -> None:
    """Deliver all of them at once, in turn to each process, and wait for their handling."""
    posts = [replicas.deliver(update, to=number) for number, update in enumerate(updates)]
    assert set(await in_waves(posts, size=AT_ONCE)) == {OK}
    await replicas.all_handled()


async def _race(replicas: Replicas, updates: list[Json], *, people: int) -> None:
    """Deliver them while no pay-out can be written, until every process is in the middle of one.

    Whoever decides by what was read before its turn has read the same balance as the others.
    One person's updates are all in the hands of one process, wherever they were delivered.
    """
    database = replicas.vendor.database
    waiting = "SELECT COUNT(DISTINCT pid) FROM pg_locks WHERE NOT granted"

    async def all_wait() -> bool:
        return await database.value(waiting) == min(len(replicas.processes), people)

    async with database.nobody_writes("payouts"):
        posts = [replicas.deliver(update, to=number) for number, update in enumerate(updates)]
        assert set(await asyncio.gather(*posts)) == {OK}
        if not database.is_sqlite:
            await until(all_wait, within_seconds=WAITING_SECONDS)
    await replicas.all_handled()


async def _assert_reserved(replicas: Replicas, payouts: int) -> None:
    """So many pay-outs stand, each for its own request, and not a cent more is set aside."""
    database = replicas.vendor.database
    [row] = await database.rows(
        "SELECT COUNT(*), COUNT(DISTINCT request_key), SUM(minor) FROM payouts"
    )
    assert tuple(row) == (payouts, payouts, payouts * AMOUNT)
    reserved = "SELECT balance FROM ledger_accounts WHERE kind = 'reserved'"
    assert abs(await database.value(reserved)) == payouts * AMOUNT


def _assert_answered(replicas: Replicas, presses: list[Json]) -> None:
    world = replicas.vendor.simulator.world
    found = [world.presses.find(update["callback_query"]["id"]) for update in presses]
    assert all(press is not None and press.answered for press in found)


async def _assert_in_order(replicas: Replicas) -> None:
    """No handler failed, staff have one card for each pay-out, and the books balance."""
    vendor = replicas.vendor
    [row] = await vendor.database.rows("SELECT SUM(attempts), COUNT(parked_at) FROM inbox")
    assert tuple(row) == (0, 0)
    cards = [message for message in await vendor.staff.messages() if message["from"]["is_bot"]]
    assert len(cards) == await vendor.database.value("SELECT COUNT(*) FROM payouts")
    for process in replicas.processes:
        assert await process.stop() == 0
    await vendor.books_balance()
