"""Killed at any moment, under load of both kinds: nothing is lost and nothing doubled."""

import asyncio
import os
import statistics
from pathlib import Path

import pytest

from tests.faults.figures import say, seeded
from tests.faults.load import Figures, Load, Serving, client_walk, partner_walk
from tests.faults.people import Human, join, new_human
from tests.faults.process import Processes, in_waves, until
from tests.faults.story import Story, in_requests, tell_story
from tests.faults.world import OK, Vendor, vendor_in

KILLS = int(os.environ.get("KILLS", "20"))
"""On both databases together."""
KILLS_EACH = max(4, KILLS // 2)
EVENTS = max(1_000, 60 * KILLS_EACH)
PARTNERS = 8
CLIENTS = max(42, 3 * KILLS_EACH)
PAYOUT = "20.00"
PAYOUTS_EACH = 2
DRAIN_SECONDS = 60 + KILLS


@pytest.mark.timeout(60 + 6 * KILLS)
async def test_killed_at_random_it_loses_and_doubles_nothing(
    tmp_path: Path, processes: Processes, database_url: str
) -> None:
    kind = database_url.partition("+")[0]
    chance = seeded(f"kill {kind}")
    async with vendor_in(tmp_path, processes, database_url) as vendor:
        serving = Serving(vendor, chance)
        await serving.start()
        partners = await _partners(vendor, await serving.url())
        codes = list(partners)
        clients = [await new_human(vendor.sim, vendor.simulator, "Client") for _ in range(CLIENTS)]
        walks = [client_walk(client, chance.choice(codes)) for client in clients]
        walks += [partner_walk(partner, PAYOUT) for partner in partners.values()]
        story = tell_story(chance, codes, EVENTS)
        load = Load(vendor, story, chance, serving)

        await load.run(in_requests(story, chance), walks, KILLS_EACH)
        await _drain(vendor, serving)

        humans = [*clients, *partners.values()]
        _tell(kind, serving, load.figures, humans)
        assert serving.kills == KILLS_EACH
        assert load.figures.lost == []
        assert load.figures.doubled == []
        await _assert_events(vendor, await serving.url(), story, load.figures)
        await _assert_updates(vendor, humans, len(clients))
        await _assert_balances(vendor, await serving.url(), story, partners)
        assert await serving.stop() == 0
        await vendor.books_balance()


async def _partners(vendor: Vendor, url: str) -> dict[str, Human]:
    """Return partners by their codes, each with 100.00 to withdraw."""
    humans = [await new_human(vendor.sim, vendor.simulator, f"P{n}") for n in range(PARTNERS)]
    codes = await asyncio.gather(*(join(human, vendor.database) for human in humans))
    for code in codes:
        story = Story()
        story.first_payment(code, 1000)
        answer = await vendor.billing.send_batch(url, list(story.events.values()))
        assert answer.status == OK, answer
    return dict(zip(codes, humans, strict=True))


async def _drain(vendor: Vendor, serving: Serving) -> None:
    """Let everything that is owed be handled and sent."""
    assert await serving.stop() == 0
    await vendor.end_leases()
    await serving.start()
    owed = (
        "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)"
        " + (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
    )

    async def is_drained() -> bool:
        return not vendor.updates_waiting() and not await vendor.database.value(owed)

    await until(is_drained, within_seconds=DRAIN_SECONDS)


def _tell(kind: str, serving: Serving, figures: Figures, humans: list[Human]) -> None:
    acts = sum(human.typed + human.pressed for human in humans)
    answered = sum(len(human.messages()) for human in humans)
    restart = statistics.median(serving.restart_seconds)
    say(
        f"{kind}: {serving.kills} kills; events: {len(figures.acknowledged)} acknowledged, "
        f"{figures.broken_off} requests broken off, {figures.looked_up} looked up after a kill, "
        f"{len(figures.lost)} lost, {figures.repeated} repeated, {len(figures.doubled)} doubled; "
        f"{acts} updates, {answered} messages of the bot; restart {restart:.2f} s"
    )


async def _assert_events(vendor: Vendor, url: str, story: Story, figures: Figures) -> None:
    """Each event is applied, and each fact is there once."""
    assert sorted(set(figures.acknowledged)) == sorted(story.events)
    answers = await in_waves(
        [vendor.billing.get(url, f"/api/v1/events/{event_id}") for event_id in story.events]
    )
    assert {(answer.status, answer.body["status"]) for answer in answers} == {(OK, "applied")}
    counts = await vendor.database.rows(
        "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
        " (SELECT COUNT(*) FROM events WHERE status <> 'applied'),"
        " (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM refunds),"
        " (SELECT COUNT(*) FROM clients WHERE made_in_bot = false),"
        " (SELECT COUNT(*) FROM event_conflicts)"
    )
    assert tuple(counts[0]) == (
        len(story.events) + 2 * PARTNERS,
        0,
        story.of_kind("payment.succeeded") + PARTNERS,
        story.of_kind("payment.refunded"),
        story.of_kind("client.registered") + PARTNERS,
        0,
    )


async def _assert_updates(vendor: Vendor, humans: list[Human], clients: int) -> None:
    """Each update is handled, has its one effect, and its person has an answer."""
    acts = sum(human.typed + human.pressed for human in humans)
    counts = await vendor.database.rows(
        "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NOT NULL),"
        " (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL OR parked_at IS NOT NULL),"
        " (SELECT COUNT(*) FROM clicks WHERE source = 'start'),"
        " (SELECT SUM(starts) FROM daily_stats),"
        " (SELECT COUNT(DISTINCT telegram_id) FROM clients WHERE made_in_bot = true),"
        " (SELECT COUNT(*) FROM clients WHERE made_in_bot = true),"
        " (SELECT COUNT(*) FROM payouts), (SELECT COUNT(*) FROM partners)"
    )
    payouts = PAYOUTS_EACH * PARTNERS
    expected = (acts, 0, clients, clients, clients, clients, payouts, PARTNERS)
    assert tuple(counts[0]) == expected
    for human in humans:
        assert len(human.messages()) >= human.typed


async def _assert_balances(
    vendor: Vendor, url: str, story: Story, partners: dict[str, Human]
) -> None:
    """Each partner has what the story says, to the cent."""
    for code in partners:
        answer = await vendor.billing.get(url, f"/api/v1/partners/{code}")
        balance = answer.body["balance"]
        earned, taken = story.earned[code] + 10_000, story.taken_back[code]
        reserved = PAYOUTS_EACH * 2_000
        assert _minor(balance["accrued"]) == earned
        assert _minor(balance["clawed_back"]) == taken
        assert _minor(balance["reserved"]) == reserved
        assert _minor(balance["payable"]) == earned - taken - reserved


def _minor(amount: str) -> int:
    units, _, cents = amount.partition(".")
    return int(units) * 100 + int(cents)
