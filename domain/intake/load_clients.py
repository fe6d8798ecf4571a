"""The home of loading the clients that a set of events names, and what is theirs."""

from collections.abc import Iterable, Sequence

from domain.contacts import normal_phone
from domain.entities.client import Client
from domain.events.kept import ClientUpdated, OrderCreated, OrderUpdated
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
from domain.intake.facts import Facts
from domain.ports.work import Work


async def load_clients(facts: Facts, work: Work, events: Sequence[Event]) -> list[Client]:
    """Load the clients of a set, with their accounts, services, invoices and pins; return them."""
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
    orders = {event.order_id for event in events if isinstance(event, OrderUpdated)}
    if orders:
        for order in await work.orders.by_ids(orders):
            facts.orders.load(order.order_id, order)
    return facts.clients.values()


def _named_clients(events: Iterable[Event]) -> set[str]:
    kinds = (
        ClientRegistered,
        AccountCreated,
        ClientDeleted,
        PaymentSucceeded,
        ServiceChanged,
        InvoiceIssued,
        InvoiceUpdated,
        ClientUpdated,
        OrderCreated,
        OrderUpdated,
    )
    named = {event.client_id for event in events if isinstance(event, kinds)}
    return {client_id for client_id in named if client_id is not None}


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
    await _load_belongings(facts, work)
    for pin in await work.pins.of_clients(made):
        facts.pins.load(pin.id, pin)
    for pin in await work.pins.of_clients(clients_of_pins(facts, events)):
        facts.pins.load(pin.id, pin)


async def _load_belongings(facts: Facts, work: Work) -> None:
    """Load what tells if a client made in the bot is somebody, and what moves if it is not."""
    ids = {account.client_id for account in facts.client_accounts.values()}
    found = [client for key in ids if (client := facts.clients.get(key)) is not None]
    reached = [client.id for client in found if client.made_in_bot]
    if not reached:
        return
    for payment in await work.payments.of_clients(reached):
        facts.payments.load(payment.payment_id, payment)
    for service in await work.services.of_clients(reached):
        facts.services.load(service.service_id, service)
    for invoice in await work.invoices.of_clients(reached):
        if facts.invoices.get(invoice.id) is None:
            facts.invoices.keep(invoice)


def clients_of_pins(facts: Facts, events: Sequence[Event]) -> list[int]:
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
