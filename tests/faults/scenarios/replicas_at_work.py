"""Three processes: everything comes to all of them, each is started anew, any is killed."""

import random

from tests.faults.balancer import Several
from tests.faults.fleet import work_of_a_fleet
from tests.faults.ground import POSTGRESQL, Ground
from tests.faults.offices import SIDE_BY_SIDE, Office, ask_to_withdraw, fill, look, open_offices
from tests.faults.process import in_waves
from tests.faults.races import assert_answered
from tests.faults.replicas import DirectHuman, Replicas, longest_waits, start_replicas
from tests.faults.row import Row
from tests.faults.scenarios.contests import REPLICAS, find_order
from tests.faults.scene import set_scene
from tests.faults.story import Story, tell_story

UPDATES_FEW = 24
ROLLS_FEW, ROLLS_MANY = 1, 30
ROUNDS_A_ROLL = 30
PEOPLE = 6
LINES = 8
KILLS_FEW, KILLS_MANY = 8, 400
EVENTS_A_KILL = 30


async def duplicates(ground: Ground) -> Row:
    """F24, E11: so many updates, and as many events, each to all processes at once."""
    row = ground.row("each to all", POSTGRESQL)
    number = ground.strikes or UPDATES_FEW
    row.strikes = 2 * number
    async with ground.vendor(POSTGRESQL, mode="webhook") as vendor:
        replicas = await start_replicas(vendor, REPLICAS)
        offices = await open_offices(replicas, min(number // 2, SIDE_BY_SIDE))
        await _starts(replicas, row, offices, number - number // 2)
        for done in range(0, number // 2, len(offices)):
            await _confirmations(replicas, row, offices[: number // 2 - done], f"client {done}")
        await _events(replicas, row, ground.chance(row), number, offices)
        await find_order(replicas, row)
    if replicas.refused:
        row.wrong = row.wrong or f"{replicas.refused} deliveries were refused without a fault"
    row.note = f"each of them to {REPLICAS} processes"
    return row


async def _starts(replicas: Replicas, row: Row, offices: list[Office], number: int) -> None:
    """Let people open a link; each is counted once and answered once."""
    people = [await replicas.person(f"Visitor {one}") for one in range(number)]
    links = [offices[one % len(offices)].code for one in range(number)]
    updates = [human.text(f"/start r_{code}") for human, code in zip(people, links, strict=True)]
    await in_waves([replicas.deliver_to_all(update) for update in updates])
    await replicas.all_handled()
    row.sent += number
    row.acknowledged += number
    [counts] = await replicas.vendor.database.rows(
        "SELECT (SELECT COUNT(*) FROM clicks), (SELECT SUM(starts) FROM daily_stats)"
    )
    for what, found in zip(("clicks", "starts"), counts, strict=True):
        row.expect(what, found, number)
    for human in people:
        _expect_answers(row, human)


def _expect_answers(row: Row, human: DirectHuman) -> None:
    answers = len(human.messages())
    if not answers:
        row.unanswered.append(f"{human.id}: a start")
    row.expect(f"answers to {human.id}", max(answers, 1), 1)


async def _confirmations(replicas: Replicas, row: Row, offices: list[Office], name: str) -> None:
    """Let one member of each office confirm a pay-out of everything."""
    await fill(replicas, offices, name)
    forms = [ask_to_withdraw(office.members[0], office) for office in offices]
    presses = await in_waves(forms)
    await in_waves([replicas.deliver_to_all(press) for press in presses])
    await replicas.updates_handled()
    assert_answered(replicas, presses)
    spendings = await look(replicas, offices)
    for office in offices:
        office.spendings += 1
        row.expect(f"pay-outs of {office.code}", spendings[office.code], office.spendings)
        row.expect(f"payable of {office.code}", -office.payable, 0)
    row.sent += len(presses)
    row.acknowledged += len(presses)


async def _events(
    replicas: Replicas, row: Row, chance: random.Random, number: int, offices: list[Office]
) -> None:
    """Report registrations, payments and refunds; each partner has what they are worth, once."""
    await look(replicas, offices)
    story = tell_story(chance, [office.code for office in offices], number)
    had = {office.code: office.payable for office in offices}
    kinds = ("payment.succeeded", "payments"), ("payment.refunded", "refunds")
    before = await _counts(replicas)
    await in_waves([replicas.report_to_all(event) for event in story.events.values()])
    after = await _counts(replicas)
    row.sent += len(story.events)
    row.acknowledged += len(story.events)
    row.expect("events", after["events"] - before["events"], len(story.events))
    for kind, table in kinds:
        row.expect(table, after[table] - before[table], story.of_kind(kind))
    await look(replicas, offices)
    for office in offices:
        earned = story.earned[office.code] - story.taken_back[office.code]
        row.expect(f"cents for {office.code}", office.payable - had[office.code], earned)
    row.expect("commissions", after["commissions"] - before["commissions"], _attributed(story))


async def _counts(replicas: Replicas) -> dict[str, int]:
    [found] = await replicas.vendor.database.rows(
        "SELECT (SELECT COUNT(*) FROM events WHERE status = 'applied'),"
        " (SELECT COUNT(*) FROM payments), (SELECT COUNT(*) FROM refunds),"
        " (SELECT COUNT(*) FROM commissions)"
    )
    return dict(zip(("events", "payments", "refunds", "commissions"), found, strict=True))


def _attributed(story: Story) -> int:
    """Return how many payments earn somebody a commission."""
    events = story.events.values()
    of_somebody = {
        event["data"]["client_id"] for event in events if event["data"].get("referral_code")
    }
    return sum(
        event["type"] == "payment.succeeded" and event["data"]["client_id"] in of_somebody
        for event in events
    )


async def rolling(ground: Ground) -> Row:
    """F02, F05: each process in turn is stopped and started while all work, some are killed."""
    row = ground.row("rolling restart", POSTGRESQL)
    rolls = min(-(-ground.strikes // ROUNDS_A_ROLL), ROLLS_MANY) or ROLLS_FEW
    async with ground.vendor(POSTGRESQL, mode="webhook") as vendor:
        replicas = await start_replicas(vendor, REPLICAS)
        figures = await work_of_a_fleet(
            replicas,
            ground.chance(row),
            people=PEOPLE,
            lines=LINES,
            kills=rolls if ground.strikes else 0,
            rolls=rolls,
        )
        for process in replicas.processes:
            row.wrong = row.wrong or ("" if await process.stop() == 0 else process.output)
        await vendor.audit(row)
    row.strikes = figures.restarts + figures.kills
    row.sent = row.acknowledged = figures.updates + figures.events
    row.note = f"{figures.repeats} repeated, {figures.refused} taken by another process"
    row.note += f", {figures.taken_late} by one that was stopping"
    row.note += f", {figures.kills} of them killed" if figures.kills else ""
    return row


async def kills(ground: Ground) -> Row:
    """F02: any of three is killed at random moments; what it had taken comes free by itself."""
    row = ground.row("kill -9 of a replica", POSTGRESQL)
    chance = ground.chance(row)
    row.strikes = min(ground.strikes, KILLS_MANY) or KILLS_FEW
    events = max(200, EVENTS_A_KILL * row.strikes)
    async with ground.vendor(POSTGRESQL, mode="webhook") as vendor:
        serving = Several(vendor, chance, REPLICAS)
        scene = await set_scene(
            vendor, chance, events=events, clients=max(8, row.strikes), serving=serving
        )
        scene.ends_leases = False
        await scene.play([serving.kill_one] * row.strikes)
        if not scene.load.figures.met:
            row.wrong = "no strike met a request: there was no load"
        await scene.find(row)
        row.note = f"{scene.notes()}, {await longest_waits(vendor)}"
    return row
