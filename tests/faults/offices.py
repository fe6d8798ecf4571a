"""Partners of two members who ask for the same money at once, many of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults.people import join, spot_of
from tests.faults.process import in_waves
from tests.faults.replicas import DirectHuman, Replicas
from tests.faults.story import Story
from tests.faults.world import OK, Json

AMOUNT = 6_000
"""Minor units that an office has to spend, or more; whoever comes first spends all of it."""
SIDE_BY_SIDE = 100
"""Offices whose races go on at the same time."""
AT_ONCE = 30
"""Members who fill in their forms at the same time."""


@dataclass
class Office:
    """A partner with two members.

    Attributes:
        code: Of its link.
        members: They.
        payable: Minor units that it may spend.
        spendings: Pay-outs and conversions that it has made.
    """

    code: str
    members: tuple[DirectHuman, DirectHuman]
    payable: int = 0
    spendings: int = 0


async def open_offices(replicas: Replicas, number: int) -> list[Office]:
    """Let so many partners join, each with two members."""
    return await in_waves([_open(replicas, one) for one in range(number)], size=AT_ONCE)


async def _open(replicas: Replicas, number: int) -> Office:
    boss = await replicas.person(f"Boss {number}")
    code = await join(boss, replicas.vendor.database)
    other = await replicas.person(f"Colleague {number}")
    await other.opens()
    await other.is_answered()
    await replicas.vendor.database.change(
        "INSERT INTO members (partner_id, person_id, role, joined_at) "
        "SELECT partner_id, :other, role, joined_at FROM members WHERE person_id = :boss",
        boss=boss.id,
        other=other.id,
    )
    return Office(code, (boss, other))


async def fill(replicas: Replicas, offices: Sequence[Office], name: str) -> None:
    """Let a new client pay for each office that has too little to spend."""
    await look(replicas, offices)
    story = Story(name=name)
    for office in offices:
        if office.payable < AMOUNT:
            story.first_payment(office.code, AMOUNT // 10)
    if story.events:
        [url, *_] = replicas.urls
        answer = await replicas.vendor.billing.send_batch(url, list(story.events.values()))
        assert answer.status == OK, answer
    await look(replicas, offices)


async def look(replicas: Replicas, offices: Sequence[Office]) -> dict[str, int]:
    """Read what each office may spend now; return how often each has spent, by code."""
    found = await replicas.vendor.database.rows(
        "SELECT e.code, a.balance,"
        " (SELECT COUNT(*) FROM payouts p WHERE p.enrolment_id = e.id)"
        " + (SELECT COUNT(*) FROM conversions c WHERE c.enrolment_id = e.id)"
        " FROM enrolments e JOIN ledger_accounts a ON a.enrolment_id = e.id"
        " WHERE a.kind = 'payable'"
    )
    known = {code: (-balance, spendings) for code, balance, spendings in found}
    for office in offices:
        office.payable = known[office.code][0]
    return {code: spendings for code, (_, spendings) in known.items()}


async def ask_to_withdraw(human: DirectHuman, office: Office) -> Json:
    """Fill in the form for a pay-out of everything; return the press of its confirmation."""
    await human.says(f"/withdraw {_in_units(office.payable)}")
    await human.is_answered(lambda message: spot_of(message, "w:cancel") is not None)
    # A second account, named by a new member, would stop pay-outs until staff have looked.
    await human.says(f"DE89 3704 0044 0532 0130 00, {office.code}")
    await human.is_answered(lambda message: spot_of(message, "w:confirm") is not None)
    return human.press("w:confirm")


async def ask_to_convert(human: DirectHuman, office: Office) -> Json:
    """Ask for a conversion of everything; return the press of its confirmation."""
    await human.says(f"/convert {_in_units(office.payable)}")
    await human.is_answered(lambda message: spot_of(message, "cv:confirm") is not None)
    return human.press("cv:confirm")


def _in_units(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
