"""The same money asked for, or decided about, by different people at once, at every replica."""

import itertools
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.simulator.state.messages import Message
from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.offices import (
    AT_ONCE,
    SIDE_BY_SIDE,
    Office,
    ask_to_convert,
    ask_to_withdraw,
    fill,
    look,
    open_offices,
)
from tests.faults.process import in_waves
from tests.faults.races import assert_answered, race
from tests.faults.replicas import DirectHuman, Replicas, start_replicas
from tests.faults.row import Row
from tests.faults.world import Json

ROUNDS_FEW = 8
REPLICAS = 3
STAFF = 20
USES_PART = 4
"""A fourth of the offices has a pay-out and a conversion at once, too."""
DECISIONS = (
    "SELECT payout_id, COUNT(*) FROM entries"
    " WHERE kind IN ('payout_settled', 'payout_released') GROUP BY payout_id"
)
Asking = Callable[[Office], Awaitable[list[Json]]]


async def two_taps(office: Office) -> list[Json]:
    """One member presses Confirm twice."""
    [member, _] = office.members
    return [await ask_to_withdraw(member, office), member.press("w:confirm")]


async def two_members(office: Office) -> list[Json]:
    """Both members confirm a pay-out of everything."""
    return [await ask_to_withdraw(member, office) for member in office.members]


async def two_uses(office: Office) -> list[Json]:
    """One member confirms a pay-out of everything, the other a conversion of everything."""
    [first, second] = office.members
    withdrawal = await ask_to_withdraw(first, office)
    return [withdrawal, await ask_to_convert(second, office)]


@dataclass
class Contest:
    """Offices at replicas, and staff who decide about their pay-outs.

    Attributes:
        replicas: Where updates go.
        rounds: Of each kind.
        row: What was found.
        chance: Random choices.
        offices: Who asks.
        staff: Who decides.
        decided: How many pay-outs they have decided.
        blunt: Races in which not every process came to the middle in time.
    """

    replicas: Replicas
    rounds: int
    row: Row
    chance: random.Random
    offices: list[Office]
    staff: list[DirectHuman]
    decided: int = 0
    blunt: int = 0
    _seen: int = 0
    _cards: dict[int, Message] = field(default_factory=dict)
    _waves: "itertools.count[int]" = field(default_factory=itertools.count)

    async def spend(self, ask: Asking, offices: Sequence[Office]) -> None:
        """Let both members of each office, or one twice, spend everything at once."""
        await fill(self.replicas, offices, f"client {next(self._waves)}")
        asked = await in_waves([ask(office) for office in offices], size=AT_ONCE)
        await self._race(asked)
        spendings = await look(self.replicas, offices)
        for office in offices:
            what = f"{ask.__name__} of {office.code}"
            self.row.expect(what, spendings[office.code] - office.spendings, 1)
            self.row.expect(f"payable after {what}", -office.payable, 0)
            office.spendings = spendings[office.code]

    async def decide(self) -> None:
        """Let two of the staff decide about each open pay-out at once, alike or not.

        Cards come to one chat one by one: those that are not there yet are left for later.
        """
        database = self.replicas.vendor.database
        found = await database.rows("SELECT id FROM payouts WHERE status = 'requested'")
        self._take_cards()
        left = self.rounds - self.decided
        there = [payout_id for (payout_id,) in found if payout_id in self._cards][:left]
        if not there:
            return
        await self._race([self._decisions(payout_id) for payout_id in there])
        ended = await database.rows(DECISIONS)
        self.decided += len(there)
        self.row.expect("decided pay-outs", len(ended), self.decided)
        self.row.expect("decisions", sum(count for _, count in ended), self.decided)

    def _decisions(self, payout_id: int) -> list[Json]:
        first, second = self.chance.sample(self.staff, 2)
        card = self._cards.pop(payout_id)
        settle, reject = f"c:settle:{payout_id}:", f"c:reject_now:{payout_id}:other"
        values = self.chance.choice([(settle, settle), (settle, reject), (reject, settle)])
        pressed = zip((first, second), values, strict=True)
        return [human.press_under(card, value) for human, value in pressed]

    def _take_cards(self) -> None:
        """Remember the cards in the admin chat that came since the last look."""
        world = self.replicas.vendor.simulator.world
        for message in world.messages.of_chat(self.replicas.vendor.staff.id):
            if message.message_id <= self._seen:
                continue
            self._seen = message.message_id
            for button in itertools.chain(*(message.inline_keyboard or [])):
                value = str(button.get("callback_data", ""))
                if value.startswith("c:settle:"):
                    self._cards[int(value.split(":")[2])] = message

    async def _race(self, asked: Sequence[Sequence[Json]]) -> None:
        updates = [update for pair in asked for update in pair]
        self.blunt += not await race(self.replicas, updates)
        assert_answered(self.replicas, updates)
        self.row.strikes += len(asked)
        self.row.sent += len(updates)
        self.row.acknowledged += len(updates)


async def contests(ground: Ground, database: str) -> Row:
    """F34, P01, P07: so many races of each kind; each has one effect, on what there is."""
    row = ground.row("races", database)
    rounds = ground.strikes or ROUNDS_FEW
    async with ground.vendor(database, mode="webhook") as vendor:
        replicas = await start_replicas(vendor, REPLICAS if database == POSTGRESQL else 1)
        contest = Contest(
            replicas,
            rounds,
            row,
            ground.chance(row),
            await open_offices(replicas, min(rounds, SIDE_BY_SIDE)),
            [await _staff_member(replicas, number) for number in range(STAFF)],
        )
        left = rounds
        while left:
            offices = contest.offices[:left]
            left -= len(offices)
            for ask in (two_taps, two_members):
                await contest.spend(ask, offices)
                await contest.decide()
            await contest.spend(two_uses, offices[: -(-len(offices) // USES_PART)])
        await replicas.all_handled()
        await contest.decide()
        await find_order(replicas, row)
    row.note = f"{rounds} rounds of each kind, {len(replicas.processes)} processes"
    row.note += f", {contest.blunt} waves not at once" if contest.blunt else ""
    return row


async def find_order(replicas: Replicas, row: Row) -> None:
    """No handler has failed, nobody is owed anything, staff have one card for each pay-out."""
    vendor = replicas.vendor
    await replicas.all_handled()
    [counts] = await vendor.database.rows(
        "SELECT (SELECT SUM(attempts) + COUNT(parked_at) FROM inbox),"
        " (SELECT COUNT(*) FROM notices WHERE sent_at IS NULL), (SELECT COUNT(*) FROM payouts)"
    )
    row.expect("failures of handlers", counts[0], 0)
    row.expect("notices not sent", counts[1], 0)
    messages = vendor.simulator.world.messages.of_chat(vendor.staff.id)
    cards = sum("Pay-out" in (message.text or "") for message in messages)
    row.expect("cards of pay-outs", cards, counts[2])
    for process in replicas.processes:
        row.wrong = row.wrong or ("" if await process.stop() == 0 else process.output)
    await vendor.audit(row)


async def _staff_member(replicas: Replicas, number: int) -> DirectHuman:
    human = await replicas.person(f"Staff {number}")
    await human.opens()
    await human.is_answered()
    await replicas.vendor.database.change(
        "INSERT INTO staff (person_id, role, invited_by, joined_at)"
        " SELECT id, 'finance', id, created_at FROM people WHERE id = :person",
        person=human.id,
    )
    return human
