"""The home of loading: what a set of events may touch, in a few queries for the whole set."""

from collections.abc import Iterable, Sequence

from domain.contacts import normal_phone
from domain.entities.client import Client
from domain.events.types import (
    AccountCreated,
    ClickRecorded,
    ClientDeleted,
    ClientRegistered,
    Event,
    InvoiceIssued,
    InvoiceUpdated,
    PaymentRefunded,
    PaymentSucceeded,
    ServiceChanged,
)
from domain.intake.apply import Incoming, read_stored
from domain.intake.facts import Facts
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
    clients = await _load_clients(facts, work, events)
    await _load_clicks_and_links(facts, work, events, clients, tokens)
    await _load_money(facts, work, events, clients)
    await _load_enrolments(facts, work, events)
    await _load_categories(facts, work, events)


async def _load_stored(facts: Facts, work: Work, incoming: Sequence[Incoming]) -> None:
    records = await work.events.by_id_or_fact(
        [item.id for item in incoming], [item.event.fact for item in incoming]
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


def causes_of(event: Event) -> tuple[str, ...]:
    """Return what other events may wait for that this one brings.

    An event with a pinned account makes its client known.
    """
    match event:
        case ClientRegistered() | AccountCreated():
            client = f"client:{event.client_id}"
            return (client, f"account:{event.account_id}") if event.account_id else (client,)
        case PaymentSucceeded():
            payment = f"payment:{event.payment_id}"
            return (payment, f"client:{event.client_id}") if event.account_id else (payment,)
        case ServiceChanged():
            return f"service:{event.service_id}", f"client:{event.client_id}"
        case InvoiceIssued():
            return (f"invoice:{event.invoice_id}",)
        case _:
            return ()


def _named_clients(events: Iterable[Event]) -> set[str]:
    kinds = (
        ClientRegistered,
        AccountCreated,
        ClientDeleted,
        PaymentSucceeded,
        ServiceChanged,
        InvoiceIssued,
        InvoiceUpdated,
    )
    named = {event.client_id for event in events if isinstance(event, kinds)}
    return {client_id for client_id in named if client_id is not None}


async def _load_clients(facts: Facts, work: Work, events: Sequence[Event]) -> list[Client]:
    registrations = [event for event in events if isinstance(event, ClientRegistered)]
    facts.clients_by_id.update(await work.clients.ids(_named_clients(events)))
    payment_ids = {
        event.payment_id
        for event in events
        if isinstance(event, PaymentRefunded | PaymentSucceeded)
    }
    payments = await work.payments.by_payment_ids(payment_ids) if payment_ids else []
    for payment in payments:
        facts.payments.load(payment.payment_id, payment)
    await _load_invoices(facts, work, events, payment_ids)
    ids = set(facts.clients_by_id.values()) | {payment.client_id for payment in payments}
    ids |= {invoice.client_id for invoice in facts.invoices.values()}
    clients = list(await work.clients.by_ids(ids)) if ids else []
    click_ids = {event.click_id for event in events if isinstance(event, ClickRecorded)}
    if click_ids:
        clients += await work.clients.pending(click_ids)
    if registrations:
        clients += await work.clients.made_in_bot(
            {event.telegram_id for event in registrations if event.telegram_id},
            {normal_phone(event.phone) for event in registrations if event.phone},
        )
    for client in clients:
        facts.clients.load(client.id, client)
    await _load_accounts_and_services(facts, work, events)
    await _load_pinned(facts, work, events)
    return facts.clients.values()


async def _load_pinned(facts: Facts, work: Work, events: Sequence[Event]) -> None:
    """Load clients made in the bot that have one of the accounts, and the pins around them.

    The client that an event names by such an account may have a pin of its own.
    """
    ids = {account.client_id for account in facts.client_accounts.values()}
    unread = {key for key in ids if facts.clients.get(key) is None}
    if unread:
        for client in await work.clients.by_ids(unread):
            if client.made_in_bot:
                facts.clients.load(client.id, client)
    made = [client.id for client in facts.clients.values() if client.made_in_bot]
    if not made:
        return
    for pin in await work.pins.of_clients(made):
        facts.pins.load(pin.id, pin)
    for pin in await work.pins.of_clients(_clients_of_pins(facts, events)):
        facts.pins.load(pin.id, pin)


async def _load_invoices(
    facts: Facts, work: Work, events: Sequence[Event], payment_ids: set[str]
) -> None:
    """Load the invoices that events name, and those whose payment is refunded."""
    names = {
        event.invoice_id
        for event in events
        if isinstance(event, InvoiceIssued | InvoiceUpdated | PaymentSucceeded)
    }
    names |= {event.request_id for event in events if isinstance(event, InvoiceIssued)}
    named = {name for name in names if name is not None}
    is_refund = any(isinstance(event, PaymentRefunded) for event in events)
    if named or is_refund:
        for invoice in await work.invoices.known(named, payment_ids if is_refund else ()):
            facts.invoices.keep(invoice)


async def _load_accounts_and_services(facts: Facts, work: Work, events: Sequence[Event]) -> None:
    kinds = (AccountCreated, ClientRegistered, PaymentSucceeded, ServiceChanged)
    accounts = {event.account_id for event in events if isinstance(event, kinds)} - {None}
    if accounts:
        for account in await work.clients.accounts(filter(None, accounts)):
            facts.client_accounts.load(account.account_id, account)
    services = {event.service_id for event in events if isinstance(event, ServiceChanged)}
    if services:
        for service in await work.services.by_ids(services):
            facts.services.load(service.service_id, service)


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
    deciding += _clients_of_pins(facts, events)
    if deciding:
        for payment in await work.payments.of_clients(deciding):
            facts.payments.load(payment.payment_id, payment)
    refunded = {event.payment_id for event in events if isinstance(event, PaymentRefunded)}
    touched = [p.id for p in facts.payments.values() if p.payment_id in refunded]
    if touched:
        for commission in await work.payments.commissions_of(touched):
            facts.commissions.load((commission.payment_id, commission.line), commission)
        await load_bonus_parts(facts, work)


def _clients_of_pins(facts: Facts, events: Sequence[Event]) -> list[int]:
    """Return pinned clients, and those that these events name by an account of one of them."""
    pinned = {pin.client_id for pin in facts.pins.values()}
    accounts = {a.account_id for a in facts.client_accounts.values() if a.client_id in pinned}
    kinds = (AccountCreated, ClientRegistered, PaymentSucceeded, ServiceChanged)
    named = {
        facts.clients_by_id.get(event.client_id)
        for event in events
        if isinstance(event, kinds) and event.account_id in accounts
    }
    return [key for key in pinned | named if key is not None]


async def load_bonus_parts(facts: Facts, work: Work) -> None:
    """Load the conversions of the loaded commissions: a refund takes their bonus back (R20)."""
    converted = [row.id for row in facts.commissions.values() if row.converted]
    if converted:
        facts.bonus_parts.update(await work.conversions.parts_of(converted))


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


async def load_enrolments(facts: Facts, work: Work, ids: Iterable[int]) -> None:
    """Load enrolments with their ledger accounts and the people who are told."""
    wanted = set(ids)
    for enrolment in await work.enrolments.by_ids(wanted):
        facts.enrolments.load(enrolment.id, enrolment)
    facts.admins.update(await work.enrolments.admins(wanted))
    if any(program.forms for program in facts.programs.values()):
        facts.legal_forms.update(await work.enrolments.legal_forms(wanted))
    for account in await work.ledger.accounts(wanted):
        facts.accounts.load((account.enrolment_id, account.kind), account)


async def load_client(facts: Facts, work: Work, client_id: int) -> Client:
    """Load a client with its referrals, payments and every partner behind them; return it."""
    client = (await work.clients.by_ids([client_id]))[0]
    facts.clients.load(client.id, client)
    for referral in await work.clients.referrals([client.id]):
        facts.referrals.load((referral.client_id, referral.program), referral)
    for payment in await work.payments.of_clients([client.id]):
        facts.payments.load(payment.payment_id, payment)
    for pin in await work.pins.of_clients([client.id]):
        facts.pins.load(pin.id, pin)
    ids = {row.enrolment_id for row in facts.referrals_of(client.id) if row.enrolment_id}
    ids |= {pin.enrolment_id for pin in facts.pins.of(client.id)}
    ids |= {row.enrolment_id for row in facts.payments_of(client.id) if row.enrolment_id}
    await load_enrolments(facts, work, ids)
    return client
