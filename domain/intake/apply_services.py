"""The home of what services do: whose clients are active (R9)."""

from dataclasses import replace

from domain.entities.service import Service, ServiceState
from domain.events.types import ServiceChanged
from domain.intake.activity import change_client
from domain.intake.facts import Facts
from domain.intake.pinned import client_for, is_taken, settle_account
from domain.intake.verdict import (
    Verdict,
    applied,
    rejected,
    waits_for_account,
    waits_for_client,
    waits_for_service,
)

OUTDATED = "outdated"
"""Reason of an event that a later one of the same service has overtaken."""
_ORDER = (ServiceState.ACTIVE, ServiceState.SUSPENDED, ServiceState.CANCELLED)
"""Of two events at the same instant the later one here decides, whatever came first."""


def change_service(facts: Facts, event: ServiceChanged) -> Verdict:
    """Keep what a service has become; its client is active while one of its services is (R9).

    The latest own time decides, so any order of arrival ends the same.
    """
    client = client_for(facts, event.client_id, event.account_id)
    if client is None:
        return waits_for_client(event.client_id)
    account = facts.client_accounts.get(event.account_id)
    if account is None:
        return waits_for_account(event.account_id)
    before = facts.services.get(event.service_id)
    if is_taken(facts, client, event.account_id) or (before and before.client_id != client.id):
        field, what = ("service_id", "service") if before else ("account_id", "account")
        return rejected(f"{what}_taken", f"data.{field}", f"the {what} belongs to another client")
    if before is None and event.state is not ServiceState.ACTIVE:
        return waits_for_service(event.service_id)
    known = settle_account(facts, client, event.client_id, event.account_id)
    client = facts.clients[client.id]
    releases = (f"service:{event.service_id}", *known)
    if before is not None and _order(event.changed_at, event.state) <= _order(
        before.changed_at, before.state
    ):
        return applied(OUTDATED, releases=releases)
    _keep(facts, event, client.id, before)
    by = (event.state is ServiceState.ACTIVE) - (
        before is not None and before.state is ServiceState.ACTIVE
    )
    if by:
        change_client(facts, replace(client, active_services=client.active_services + by))
    return applied(releases=releases)


def _order(at: object, state: ServiceState) -> tuple[object, int]:
    return at, _ORDER.index(state)


def _keep(facts: Facts, event: ServiceChanged, client_id: int, before: Service | None) -> None:
    after = Service(
        service_id=event.service_id,
        client_id=client_id,
        account_id=event.account_id,
        category=event.category,
        name=event.name,
        state=event.state,
        changed_at=event.changed_at,
        renews_at=event.renews_at or (before.renews_at if before else None),
        price_minor=event.price_minor or (before.price_minor if before else None),
        currency=event.currency or (before.currency if before else None),
    )
    if before is None:
        facts.services.add(event.service_id, after)
    else:
        facts.services.put(event.service_id, after)
