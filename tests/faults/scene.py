"""A vendor at work, struck in the middle of it, and what must hold when all is done."""

import asyncio
import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.faults.load import Load, Serving, Step, client_walk, partner_walk
from tests.faults.people import Human, join
from tests.faults.process import in_waves, until
from tests.faults.row import Row
from tests.faults.story import Story, in_requests, tell_story
from tests.faults.world import OK, Vendor

PARTNERS = 8
FIRST_COMMISSION = 10_000
"""Minor units that each partner may withdraw from the beginning."""
PAYOUT = 2_000
PAYOUTS_EACH = 2
DRAIN_SECONDS = 150.0


@dataclass
class Scene:
    """Partners and clients in the bot, and billing with a story to report.

    Attributes:
        vendor: Whose.
        serving: The process that serves it.
        chance: Random choices.
        partners: By code.
        clients: People who will come by a partner's link.
        story: What billing reports.
        load: What reports it.
        ends_leases: If a minute passes by hand for what the dead had taken; else it is waited for.
    """

    vendor: Vendor
    serving: Serving
    chance: random.Random
    partners: dict[str, Human]
    clients: list[Human]
    story: Story
    load: Load
    ends_leases: bool = True

    @property
    def humans(self) -> list[Human]:
        """Return everybody who uses the bot."""
        return [*self.clients, *self.partners.values()]

    @property
    def acts(self) -> int:
        """Return how many updates people have made."""
        return sum(human.typed + human.pressed for human in self.humans)

    async def play(
        self, strikes: Sequence[Step], *, repeats: int = 1, then: Step | None = None
    ) -> None:
        """Do everything, strike in between, and wait until nothing is left to be done.

        Args:
            strikes: What is broken, at random moments.
            repeats: How often billing reports everything, in an order of its own.
            then: Ends what the strikes have begun.
        """
        codes = list(self.partners)
        walks = [client_walk(client, self.chance.choice(codes)) for client in self.clients]
        amount = f"{PAYOUT // 100}.00"
        walks += [partner_walk(partner, amount) for partner in self.partners.values()]
        requests = in_requests(self.story, self.chance)
        for _ in range(1, repeats):
            requests += in_requests(self.story, self.chance)
        if repeats > 1:
            self.chance.shuffle(requests)
        await self.load.run(requests, walks, strikes)
        if then is not None:
            await then()
        await self._drain()

    async def _drain(self) -> None:
        """Let everything that is owed be handled and sent, as it is after the leases' minute."""
        if self.ends_leases:
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

    async def find(self, row: Row) -> None:
        """Count what came of it: everything done once, everybody answered, books in balance."""
        figures = self.load.figures
        row.sent += len(self.story.events) + self.acts
        row.acknowledged += len(set(figures.acknowledged))
        row.lost += [f"looked up after a strike: {name}" for name in figures.lost]
        row.doubled += [f"repeated after a strike: {name}" for name in figures.doubled]
        url = await self.serving.url()
        await self._find_events(row, url)
        await self._find_updates(row)
        await self._find_balances(row, url)
        code = await self.serving.stop()
        if code:
            row.wrong = f"stopped with exit code {code}"
        await self.vendor.audit(row)

    async def _find_events(self, row: Row, url: str) -> None:
        """Each event was acknowledged and is applied, and each fact is there once."""
        story, first = self.story, len(self.partners)
        row.expect_all("acknowledged", set(self.load.figures.acknowledged), story.events)
        answers = await in_waves(
            [self.vendor.billing.get(url, f"/api/v1/events/{name}") for name in story.events]
        )
        applied = sum((a.status, a.body.get("status")) == (OK, "applied") for a in answers)
        row.expect("events told as applied", applied, len(story.events))
        [counts] = await self.vendor.database.rows(
            "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
            " (SELECT COUNT(*) FROM events WHERE status <> 'applied'),"
            " (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM refunds),"
            " (SELECT COUNT(*) FROM clients WHERE made_in_bot = false),"
            " (SELECT COUNT(*) FROM event_conflicts)"
        )
        expected = {
            "applied events": len(story.events) + 2 * first,
            "events not applied": 0,
            "payments": story.of_kind("payment.succeeded") + first,
            "refunds": story.of_kind("payment.refunded"),
            "clients of billing": story.of_kind("client.registered") + first,
            "conflicts": 0,
        }
        _expect(row, expected, counts)

    async def _find_updates(self, row: Row) -> None:
        """Each update is handled, has its one effect, and its person has an answer."""
        handled = await self.vendor.database.rows(
            "SELECT speaker, COUNT(*) FROM inbox WHERE handled_at IS NOT NULL GROUP BY speaker"
        )
        ours = {str(human.id) for human in self.humans}
        handled_ours = sum(count for speaker, count in handled if speaker in ours)
        [counts] = await self.vendor.database.rows(
            "SELECT"
            " (SELECT COUNT(*) FROM inbox WHERE handled_at IS NULL OR parked_at IS NOT NULL),"
            " (SELECT COUNT(*) FROM clicks WHERE source = 'start'),"
            " (SELECT SUM(starts) FROM daily_stats),"
            " (SELECT COUNT(DISTINCT telegram_id) FROM clients WHERE made_in_bot = true),"
            " (SELECT COUNT(*) FROM clients WHERE made_in_bot = true),"
            " (SELECT COUNT(*) FROM payouts), (SELECT COUNT(*) FROM partners),"
            " (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL)"
        )
        expected = {
            "handled updates": self.acts,
            "open or parked updates": 0,
            "starts": len(self.clients),
            "starts in the statistics": len(self.clients),
            "people among the clients": len(self.clients),
            "clients of the bot": len(self.clients),
            "pay-outs": PAYOUTS_EACH * len(self.partners),
            "partners": len(self.partners),
            "notices not sent": 0,
        }
        _expect(row, expected, [handled_ours, *counts])
        row.acknowledged += handled_ours
        for human in self.humans:
            if len(human.messages()) < human.typed:
                row.unanswered.append(f"{human.id}: {human.typed} texts, {human.texts()}")

    async def _find_balances(self, row: Row, url: str) -> None:
        """Each partner has what the story says, to the cent."""
        for code in self.partners:
            answer = await self.vendor.billing.get(url, f"/api/v1/partners/{code}")
            balance = answer.body["balance"]
            earned = self.story.earned[code] + FIRST_COMMISSION
            taken, reserved = self.story.taken_back[code], PAYOUTS_EACH * PAYOUT
            expected = {
                "accrued": earned,
                "clawed_back": taken,
                "reserved": reserved,
                "payable": earned - taken - reserved,
            }
            for name, minor in expected.items():
                row.expect(f"{name} of {code}, in cents", _minor(balance[name]), minor)

    def notes(self) -> str:
        """Tell what else is of interest."""
        figures = self.load.figures
        restart = statistics.median(self.serving.restart_seconds or [0.0])
        said = f"restart {restart:.2f} s" if self.serving.kills else ""
        looked = f"{figures.looked_up} looked up, {figures.repeated} repeated"
        left = f"{self.serving.unanswered} requests tried again"
        return ", ".join(filter(None, (said, looked, left)))


def _expect(row: Row, expected: Mapping[str, int], found: Sequence[int]) -> None:
    for (what, number), count in zip(expected.items(), found, strict=True):
        row.expect(what, count, number)


async def set_scene(
    vendor: Vendor,
    chance: random.Random,
    *,
    events: int,
    clients: int,
    partners: int = PARTNERS,
    serving: Serving | None = None,
) -> Scene:
    """Start the product, let partners join, and give each of them something to withdraw."""
    serving = serving or Serving(vendor, chance)
    await serving.start()
    humans = [await serving.human("Partner") for _ in range(partners)]
    codes = await asyncio.gather(*(join(human, vendor.database) for human in humans))
    first = Story(name="first")
    for code in codes:
        first.first_payment(code, FIRST_COMMISSION // 10)
    url = await serving.url()
    assert (await vendor.billing.send_batch(url, list(first.events.values()))).status == OK
    story = tell_story(chance, codes, events)
    return Scene(
        vendor=vendor,
        serving=serving,
        chance=chance,
        partners=dict(zip(codes, humans, strict=True)),
        clients=[await serving.human("Sam") for _ in range(clients)],
        story=story,
        load=Load(vendor, story, chance, serving),
    )


def _minor(amount: str) -> int:
    units, _, cents = amount.partition(".")
    return int(units) * 100 + int(cents)
