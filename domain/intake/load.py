"""The home of loading: what a set of events may touch, in a few queries for the whole set."""

from collections.abc import Sequence

from domain.entities.client import Client
from domain.events.types import (
    ClickRecorded,
    ClientRegistered,
    Event,
    PaymentRefunded,
    PaymentSucceeded,
)
from domain.intake.capping import load_earned
from domain.intake.causes import causes_of
from domain.intake.facts import Facts
from domain.intake.incoming import Incoming
from domain.intake.load_clients import clients_of_pins, load_clients
from domain.intake.load_partners import load_bonus_parts, load_enrolments
from domain.intake.settling import read_stored
from domain.ports.tokens import ClickTokens
from domain.ports.work import Work
from domain.rules.commission import knows_category


async def load_facts(
    facts: Facts,
    work: Work,
    incoming: Sequence[Incoming],
    tokens: ClickTokens,
    *,
    releases: bool = True,
) -> None:
    """Fill the picture for these events and for every parked one that they may release.

    Without ``releases`` what is parked for them stays so.
    """
    events = [item.event for item in incoming]
    await _load_stored(facts, work, incoming)
    if releases:
        events += await _load_released(facts, work, events)
    clients = await load_clients(facts, work, events)
    await _load_clicks_and_links(facts, work, events, clients, tokens)
    await _load_money(facts, work, events, clients)
    await _load_enrolments(facts, work, events)
    await _load_categories(facts, work, events)
    await load_earned(facts, work, events)


async def _load_stored(facts: Facts, work: Work, incoming: Sequence[Incoming]) -> None:
    records = await work.events.by_id_or_fact(
        [item.id for item in incoming], [item.fact for item in incoming]
    )
    facts.load_events(records)
    facts.load_facts_of(records)


async def _load_released(facts: Facts, work: Work, events: Sequence[Event]) -> list[Event]:
    """Load what is parked for these events, and what is parked for that, to the end."""
    released: list[Event] = []
    causes = {cause for event in events for cause in causes_of(event)}
    asked: set[str] = set()
    while causes - asked:
        records = await work.events.parked_for(causes - asked)
        asked |= causes
        facts.load_events(records)
        fresh = [read_stored(record) for record in records]
        for record, event in zip(records, fresh, strict=True):
            facts.parked[record.waits_for or ""].append(record.id)
            facts.events_by_fact[record.fact] = record.id
            causes.update(causes_of(event))
        released += fresh
    return released


async def _load_clicks_and_links(
    facts: Facts,
    work: Work,
    events: Sequence[Event],
    clients: Sequence[Client],
    tokens: ClickTokens,
) -> None:
    registrations = [event for event in events if isinstance(event, ClientRegistered)]
    recorded = [event for event in events if isinstance(event, ClickRecorded)]
    deciding = [c for c in clients if c.pending_click_id is not None or c.made_in_bot]
    if not registrations and not recorded:
        return
    visitor_ids = {e.visitor_id for e in registrations} | {c.visitor_id for c in deciding}
    person_ids = {e.telegram_id for e in registrations} | {c.telegram_id for c in deciding}
    click_ids = {e.click_id for e in registrations} | {c.pending_click_id for c in deciding}
    clicks = await work.clicks.known(
        click_ids={i for i in click_ids if i and not tokens.looks_like_one(i)},
        visitor_ids={i for i in visitor_ids if i},
        person_ids={i for i in person_ids if i},
    )
    for click in clicks:
        facts.keep_click(click, is_new=False)
    codes = {event.code for event in recorded} | {click.code for click in clicks}
    for event in registrations:
        codes |= {event.referral_code} if event.referral_code else set()
        token = (
            event.click_id if event.click_id and tokens.looks_like_one(event.click_id) else None
        )
        codes |= set(tokens.read(token) or ()) if token else set()
    facts.links.update(await work.enrolments.by_codes(codes))


async def _load_money(
    facts: Facts, work: Work, events: Sequence[Event], clients: Sequence[Client]
) -> None:
    if clients:
        for referral in await work.clients.referrals([client.id for client in clients]):
            facts.referrals.load((referral.client_id, referral.program), referral)
    deciding = [c.id for c in clients if c.pending_click_id is not None or c.made_in_bot]
    is_asked = any(isinstance(e, ClickRecorded | ClientRegistered) for e in events)
    deciding = deciding if is_asked else []
    deciding += clients_of_pins(facts, events)
    if deciding:
        for payment in await work.payments.of_clients(deciding):
            facts.payments.load(payment.payment_id, payment)
    await _load_events_of_late(facts, work, events)
    refunded = {event.payment_id for event in events if isinstance(event, PaymentRefunded)}
    touched = [p.id for p in facts.payments.values() if p.payment_id in refunded]
    if touched:
        for commission in await work.payments.commissions_of(touched):
            facts.commissions.load((commission.payment_id, commission.line), commission)
        await load_bonus_parts(facts, work)


async def _load_events_of_late(facts: Facts, work: Work, events: Sequence[Event]) -> None:
    """Load what reported the payments that a late click may let earn, or wait for staff."""
    late = [f"payment:{p.payment_id}" for p in facts.payments.values() if p.enrolment_id is None]
    if late and any(isinstance(event, ClickRecorded) for event in events):
        records = await work.events.by_id_or_fact([], late)
        facts.load_events(records)
        facts.load_facts_of(records)


async def _load_categories(facts: Facts, work: Work, events: Sequence[Event]) -> None:
    """Load what staff mapped, where a program has no row for every category."""
    if not any(isinstance(event, PaymentSucceeded | ClickRecorded) for event in events):
        return
    strict = [
        key
        for key, program in facts.programs.items()
        if any(
            terms.rates and not knows_category(terms.rates, None)
            for terms in (program, *program.versions)
        )
    ]
    if strict:
        facts.categories.update(await work.categories.mapped(strict))


async def _load_enrolments(facts: Facts, work: Work, events: Sequence[Event]) -> None:
    ids = set(facts.links.values())
    ids |= {click.enrolment_id for click in facts.clicks.values()}
    ids |= {row.enrolment_id for row in facts.referrals.values() if row.enrolment_id}
    ids |= {row.enrolment_id for row in facts.payments.values() if row.enrolment_id}
    ids |= {pin.enrolment_id for pin in facts.pins.values()}
    ids |= {row.enrolment_id for row in facts.invoices.values() if row.enrolment_id}
    if ids:
        await load_enrolments(facts, work, ids)
    is_asked = any(isinstance(event, ClickRecorded | ClientRegistered) for event in events)
    if ids and (is_asked or facts.pins.values()):
        facts.identities.update(await work.enrolments.identities(ids))
