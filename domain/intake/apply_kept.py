"""The home of what changes about clients and of their orders: nothing is earned by either."""

from dataclasses import replace

from domain.entities.client import ERASED_NAME
from domain.entities.order import ClientOrder
from domain.events.kept import ClientUpdated, OrderCreated, OrderUpdated
from domain.intake.erasing import ERASED, PERSONAL
from domain.intake.facts import Facts
from domain.intake.verdict import (
    Verdict,
    applied,
    rejected,
    waits_for_client,
    waits_for_order,
)

OUTDATED = "outdated"
"""Reason of an update that a later one has overtaken."""


def keep(facts: Facts, event: ClientUpdated | OrderCreated | OrderUpdated) -> Verdict:
    """Apply an event that earns nothing."""
    match event:
        case ClientUpdated():
            return update_client(facts, event)
        case OrderCreated():
            return create_order(facts, event)
        case OrderUpdated():
            return update_order(facts, event)


def update_client(facts: Facts, event: ClientUpdated) -> Verdict:
    """Keep what billing now says about a client; whose it is never changes by it (R5).

    A client that withdrew its data stays forgotten: only what does not say who it is, is kept.
    """
    client = facts.client(event.client_id)
    if client is None:
        return waits_for_client(event.client_id)
    is_erased = client.name == ERASED_NAME
    changes = {
        name: value
        for name, value in event.changes.items()
        if not (is_erased and name in (*PERSONAL, "name"))
    }
    facts.clients.put(client.id, replace(client, **changes))  # type: ignore[arg-type]
    return applied(ERASED if is_erased else None)


def create_order(facts: Facts, event: OrderCreated) -> Verdict:
    """Keep what a client has ordered."""
    client = facts.client(event.client_id)
    if client is None:
        return waits_for_client(event.client_id)
    order = ClientOrder(
        id=facts.new_id(),
        order_id=event.order_id,
        client_id=client.id,
        kind=event.kind,
        name=event.name,
        status=event.status,
        minor=event.minor,
        currency=event.currency,
        created_at=event.at,
        changed_at=event.at,
    )
    facts.orders.add(event.order_id, order)
    return applied(releases=(f"order:{event.order_id}",))


def update_order(facts: Facts, event: OrderUpdated) -> Verdict:
    """Keep where an order stands; the latest own time decides, whatever came first."""
    order = facts.orders.get(event.order_id)
    if order is None:
        return waits_for_order(event.order_id)
    client = facts.client(event.client_id) if event.client_id else None
    if event.client_id and (client is None or client.id != order.client_id):
        return rejected("order_client", "data.client_id", "the order is another client's")
    if event.at < order.changed_at:
        return applied(OUTDATED)
    after = replace(
        order,
        kind=event.kind or order.kind,
        name=event.name or order.name,
        status=event.status or order.status,
        minor=event.minor or order.minor,
        currency=event.currency or order.currency,
        changed_at=event.at,
    )
    facts.orders.put(event.order_id, after)
    return applied()
