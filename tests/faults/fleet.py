"""Several replicas at work while they are restarted and killed: what must hold, and the figures.

``work_of_a_fleet`` is the whole scenario; its size is an argument.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from tests.faults.balancer import Balanced
from tests.faults.figures import say
from tests.faults.people import join
from tests.faults.process import Process
from tests.faults.replicas import DirectHuman, Replicas
from tests.faults.story import Story
from tests.faults.world import OK

ASKED = re.compile(r"(\d+) paying client")
PAUSE_SECONDS = 0.02
"""Between two things that one person says: it types, and a long run stays one."""
REPEATED_SHARE = 0.3
FIRST = 1_000


@dataclass
class FleetFigures:
    """What came of it.

    Attributes:
        updates: Different updates that were acknowledged.
        repeats: Further deliveries of them.
        refused: Deliveries and requests that a replica did not take, so that another got them.
        taken_late: Those that one took after it was asked to stop.
        events: Events of billing that were acknowledged.
        restarts: Replicas that were stopped politely and started again.
        kills: Replicas that were killed.
        repeated_answers: Answers that came twice; only a kill may cause one.
    """

    updates: int = 0
    repeats: int = 0
    refused: int = 0
    taken_late: int = 0
    events: int = 0
    restarts: int = 0
    kills: int = 0
    repeated_answers: int = 0


@dataclass
class Fleet:
    """Replicas, and whatever keeps them busy.

    Attributes:
        replicas: They, in the mode of the webhook, behind a balancer.
        chance: Random choices.
        figures: What came of it.
        is_over: If the last strike is done.
    """

    replicas: Balanced
    chance: random.Random
    figures: FleetFigures = field(default_factory=FleetFigures)
    is_over: bool = False

    async def talk(self, human: DirectHuman, lines: int) -> int:
        """Ask one thing after another without waiting for answers, each as soon as it may be.

        So many at least, and until the last strike; returns how many those were.
        """
        number = 0
        while number < lines or not self.is_over:
            number += 1
            update = human.text(f"/calc {number} 1000")
            deliveries = [self.replicas.deliver_until_taken(update)]
            if self.chance.random() < REPEATED_SHARE:
                deliveries.append(self.replicas.deliver_until_taken(update))
                self.figures.repeats += 1
            await asyncio.gather(*deliveries)
            self.figures.updates += 1
            await asyncio.sleep(PAUSE_SECONDS)
        return number

    async def report(self, story: Story, code: str, payments: int) -> None:
        """Report what a client pays, one event after another, until each is acknowledged.

        So many payments at least, and until the last strike.
        """
        story.first_payment(code, FIRST)
        reported = 0
        while reported < payments or not self.is_over:
            if reported == len(story.events):
                story.next_payment(code, FIRST + reported)
            event = list(story.events.values())[reported]
            reported += 1
            send = partial(self.replicas.vendor.billing.send, event=event)
            answer = await self.replicas.answer(send)
            assert answer.status == OK, answer
            self.figures.events += 1
            await asyncio.sleep(PAUSE_SECONDS)

    def assert_in_order(self, human: DirectHuman, lines: int) -> None:
        """Each line was answered, in the order of the lines, and twice at most by a kill."""
        asked = [int(found[1]) for text in human.texts() if (found := ASKED.search(text))]
        assert [number for number, _ in groupby(asked)] == list(range(1, lines + 1)), asked
        self.figures.repeated_answers += len(asked) - lines


async def work_of_a_fleet(
    replicas: Replicas,
    chance: random.Random,
    *,
    people: int,
    lines: int,
    kills: int = 0,
    rolls: int = 1,
) -> FleetFigures:
    """Let people and billing work while every replica is restarted, and some are killed.

    Nothing acknowledged is lost, nothing has two effects, each person is answered in order, and
    the books balance. Without kills nothing is even said twice.

    Args:
        replicas: They.
        chance: Random choices.
        people: How many talk at once.
        lines: How much each says at least.
        kills: How many replicas are killed.
        rolls: How often all of them are restarted in turn.
    """
    balanced = Balanced(replicas.vendor, replicas.processes, replicas.urls, chance=chance)
    fleet = Fleet(balanced, chance)
    boss = await balanced.person("Boss")
    code = await join(boss, replicas.vendor.database)
    story = Story()
    humans = [await balanced.person(f"Person {number}") for number in range(people)]
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(fleet.talk(human, lines)) for human in humans]
        group.create_task(fleet.report(story, code, people * lines))
        group.create_task(_strikes(fleet, kills, rolls))
    figures = fleet.figures
    figures.restarts, figures.kills = balanced.restarts, balanced.kills
    figures.refused, figures.taken_late = balanced.refused, balanced.taken_late
    assert balanced.codes == []
    if figures.kills:
        # What the dead had taken is free a minute later; what is being sent would come twice.
        await replicas.vendor.end_leases()
    await replicas.all_handled()
    for human, talk in zip(humans, talks, strict=True):
        fleet.assert_in_order(human, talk.result())
    await _assert_effects(fleet, boss, story)
    if not figures.kills:
        assert figures.repeated_answers == 0
    say(f"fleet of {len(replicas.processes)}: {figures}")
    return figures


async def _strikes(fleet: Fleet, kills: int, rolls: int) -> None:
    """Restart every replica in turn, so often, and kill some."""
    for _ in range(rolls):
        for number in range(len(fleet.replicas.processes)):
            await fleet.replicas.restart(number, politely=True)
    for _ in range(kills):
        number = fleet.chance.randrange(len(fleet.replicas.processes))
        await fleet.replicas.restart(number, politely=False)
    fleet.is_over = True


async def _assert_effects(fleet: Fleet, boss: DirectHuman, story: Story) -> None:
    database = fleet.replicas.vendor.database
    [counts] = await database.rows(
        "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
        " (SELECT COUNT(*) FROM inbox WHERE parked_at IS NOT NULL),"
        " (SELECT COUNT(*) FROM lanes)"
    )
    assert tuple(counts) == (len(story.events), 0, 0)
    said = Counter(text for text in boss.texts() if text.startswith("💰 You earned"))
    payments = sum(event["type"] == "payment.succeeded" for event in story.events.values())
    assert len(said) == payments
    if not fleet.figures.kills:
        assert set(said.values()) == {1}
    await fleet.replicas.vendor.books_balance()


def leader_of(processes: list[Process]) -> int | None:
    """Return which of the running processes has begun to lead, ``None`` if none has."""
    found = [
        number
        for number, process in enumerate(processes)
        if process.poll() is None and re.search(r"replica \d+ leads", process.output)
    ]
    return found[-1] if found else None
