"""The home of finding which category of a parked payment staff have to map (R7)."""

import json
from dataclasses import dataclass

from domain.entities.event import EventRecord
from domain.events.types import PaymentSucceeded
from domain.intake.holds import new_facts
from domain.intake.incoming import Incoming
from domain.intake.json_text import canonical
from domain.intake.load import load_facts
from domain.intake.parking import program_of, unmapped
from domain.intake.settling import read_stored
from domain.ports.work import Work
from domain.programs.model_rates import ANY
from domain.surroundings import Surroundings

FOR_CATEGORY = "staff:category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A category that a program has no rate for.

    Attributes:
        program: Key of the program.
        category: As reported, "" for a payment without category.
        choices: What it may be mapped to.
    """

    program: str
    category: str
    choices: tuple[str, ...]


async def mappable(around: Surroundings, work: Work, record: EventRecord) -> Gap | None:
    """Return the category that keeps a parked payment from applying, if that is what does."""
    if record.waits_for != FOR_CATEGORY:
        return None
    incoming = again(record)
    event = incoming.event
    if not isinstance(event, PaymentSucceeded):
        return None
    facts = new_facts(around)
    await load_facts(facts, work, [incoming], around.tokens, releases=False)
    program = program_of(facts, event)
    missing = unmapped(facts, event, program) if program else []
    if program is None or not missing:
        return None
    rates = program.at(event.paid_at).rates
    known = sorted({row.category for row in rates} - {ANY})
    return Gap(program=program.key, category=missing[0] or "", choices=tuple(known))


def again(record: EventRecord) -> Incoming:
    """Return a stored event as one that is run again."""
    return Incoming(
        id=record.id,
        kind=record.kind,
        data=canonical(json.loads(record.data)),
        event=read_stored(record),
        source=record.source,
        rerun=True,
    )
