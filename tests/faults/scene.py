"""A vendor at work, struck in the middle of it, and what must hold when all is done."""

import asyncio
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults.figures import say
from tests.faults.load import Load, Serving, Step, client_walk, partner_walk
from tests.faults.people import Human, join, new_human
from tests.faults.process import in_waves, until
from tests.faults.story import Story, in_requests, tell_story
from tests.faults.world import OK, Vendor

PARTNERS = 8
FIRST_COMMISSION = 10_000
"""Minor units that each partner may withdraw from the beginning."""
PAYOUT = 2_000
PAYOUTS_EACH = 2
DRAIN_SECONDS = 60.0


@dataclass
class Scene:
    """Partners and clients in the bot, and billing with a story to report.

    Attributes:
        name: Stands before the figures.
        vendor: Whose.
        serving: The process that serves it.
        chance: Random choices.
        partners: By code.
        clients: People who will come by a partner's link.
        story: What billing reports.
        load: What reports it.
    """

    name: str
    vendor: Vendor
    serving: Serving
    chance: random.Random
    partners: dict[str, Human]
    clients: list[Human]
    story: Story
    load: Load

    @property
    def humans(self) -> list[Human]:
        """Return everybody who uses the bot."""
        return [*self.clients, *self.partners.values()]

    @property
    def acts(self) -> int:
        """Return how many updates people have made."""
        return sum(human.typed + human.pressed for human in self.humans)

    async def play(self, strikes: Sequence[Step]) -> None:
        """Do everything, strike in between, and wait until nothing is left to be done."""
        codes = list(self.partners)
        walks = [client_walk(client, self.chance.choice(codes)) for client in self.clients]
        amount = f"{PAYOUT // 100}.00"
        walks += [partner_walk(partner, amount) for partner in self.partners.values()]
        await self.load.run(in_requests(self.story, self.chance), walks, strikes)
        await self._drain()
        self._tell(len(strikes))

    async def _drain(self) -> None:
        """Let everything that is owed be handled and sent, as it is after the leases' minute."""
        assert await self.serving.stop() == 0
        await self.vendor.end_leases()
        await self.serving.start()
        owed = (
            "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL AND parked_at IS NULL)"
            " + (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL AND dead_at IS NULL)"
        )

        async def is_drained() -> bool:
            waiting = self.vendor.updates_waiting()
            return not waiting and not await self.vendor.database.value(owed)

        await until(is_drained, within_seconds=DRAIN_SECONDS + len(self.story.events) / 100)

    def _tell(self, strikes: int) -> None:
        figures = self.load.figures
        answers = sum(len(human.messages()) for human in self.humans)
        restart = statistics.median(self.serving.restart_seconds)
        say(
            f"{self.name}: {strikes} strikes, {self.serving.kills} kills, "
            f"restart {restart:.2f} s; events: {len(figures.acknowledged)} acknowledged, "
            f"{self.serving.unanswered} requests not answered, "
            f"{figures.looked_up} looked up after a strike, "
            f"{len(figures.lost)} lost, {figures.repeated} repeated, "
            f"{len(figures.doubled)} doubled; {self.acts} updates, {answers} messages of the bot"
        )

    async def assert_all_well(self) -> None:
        """Nothing lost, nothing doubled, everybody answered, the books in balance."""
        figures = self.load.figures
        assert (figures.lost, figures.doubled) == ([], [])
        assert self.serving.unanswered, "no strike met a request: there was no load"
        url = await self.serving.url()
        await self._assert_events(url)
        await self._assert_updates()
        await self._assert_balances(url)
        assert await self.serving.stop() == 0
        await self.vendor.books_balance()

    async def _assert_events(self, url: str) -> None:
        """Each event was acknowledged and is applied, and each fact is there once."""
        story = self.story
        assert sorted(set(self.load.figures.acknowledged)) == sorted(story.events)
        answers = await in_waves(
            [self.vendor.billing.get(url, f"/api/v1/events/{name}") for name in story.events]
        )
        assert {(answer.status, answer.body["status"]) for answer in answers} == {(OK, "applied")}
        [counts] = await self.vendor.database.rows(
            "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
            " (SELECT COUNT(*) FROM events WHERE status <> 'applied'),"
            " (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM refunds),"
            " (SELECT COUNT(*) FROM clients WHERE made_in_bot = false),"
            " (SELECT COUNT(*) FROM event_conflicts)"
        )
        assert tuple(counts) == (
            len(story.events) + 2 * PARTNERS,
            0,
            story.of_kind("payment.succeeded") + PARTNERS,
            story.of_kind("payment.refunded"),
            story.of_kind("client.registered") + PARTNERS,
            0,
        )

    async def _assert_updates(self) -> None:
        """Each update is handled, has its one effect, and its person has an answer."""
        [counts] = await self.vendor.database.rows(
            "SELECT (SELECT COUNT(*) FROM inbox WHERE handled_at IS NOT NULL),"
            " (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL OR parked_at IS NOT NULL),"
            " (SELECT COUNT(*) FROM clicks WHERE source = 'start'),"
            " (SELECT SUM(starts) FROM daily_stats),"
            " (SELECT COUNT(DISTINCT telegram_id) FROM clients WHERE made_in_bot = true),"
            " (SELECT COUNT(*) FROM clients WHERE made_in_bot = true),"
            " (SELECT COUNT(*) FROM payouts), (SELECT COUNT(*) FROM partners)"
        )
        clients, payouts = len(self.clients), PAYOUTS_EACH * PARTNERS
        expected = (self.acts, 0, clients, clients, clients, clients, payouts, PARTNERS)
        assert tuple(counts) == expected, f"found {tuple(counts)}, expected {expected}"
        assert all(len(human.messages()) >= human.typed for human in self.humans)

    async def _assert_balances(self, url: str) -> None:
        """Each partner has what the story says, to the cent."""
        for code in self.partners:
            answer = await self.vendor.billing.get(url, f"/api/v1/partners/{code}")
            balance = answer.body["balance"]
            earned = self.story.earned[code] + FIRST_COMMISSION
            taken, reserved = self.story.taken_back[code], PAYOUTS_EACH * PAYOUT
            assert _minor(balance["accrued"]) == earned
            assert _minor(balance["clawed_back"]) == taken
            assert _minor(balance["reserved"]) == reserved
            assert _minor(balance["payable"]) == earned - taken - reserved


async def set_scene(
    name: str, vendor: Vendor, chance: random.Random, *, events: int, clients: int
) -> Scene:
    """Start the product, let partners join, and give each of them something to withdraw."""
    serving = Serving(vendor, chance)
    await serving.start()
    humans = [await new_human(vendor.sim, vendor.simulator, "Partner") for _ in range(PARTNERS)]
    codes = await asyncio.gather(*(join(human, vendor.database) for human in humans))
    first = Story(name="first")
    for code in codes:
        first.first_payment(code, FIRST_COMMISSION // 10)
    url = await serving.url()
    assert (await vendor.billing.send_batch(url, list(first.events.values()))).status == OK
    story = tell_story(chance, codes, events)
    return Scene(
        name=name,
        vendor=vendor,
        serving=serving,
        chance=chance,
        partners=dict(zip(codes, humans, strict=True)),
        clients=[await new_human(vendor.sim, vendor.simulator, "Sam") for _ in range(clients)],
        story=story,
        load=Load(vendor, story, chance, serving),
    )


def _minor(amount: str) -> int:
    units, _, cents = amount.partition(".")
    return int(units) * 100 + int(cents)
