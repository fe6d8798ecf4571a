"""The home of saving: what a set of events changed, one statement per kind."""

from domain.intake.facts import Facts
from domain.intake.screening import screen
from domain.intake.telling import tell_credits
from domain.ports.work import Work


async def save_facts(facts: Facts, work: Work) -> None:
    """Write all that was added or changed; the caller commits."""
    if facts.signals:
        await screen(facts, work)
    await _save_events(facts, work)
    await _save_clients(facts, work)
    await _save_services(facts, work)
    await _save_money(facts, work)
    await _save_invoices(facts, work)
    if facts.signals:
        await work.fraud.add_signals(facts.signals)
    if facts.stats:
        await work.stats.add(facts.stats)
    if facts.notices:
        await work.notices.add(facts.notices)
    tell_credits(facts)
    if facts.outbound:
        await work.outbound.add(facts.outbound)


async def _save_events(facts: Facts, work: Work) -> None:
    if facts.events.added:
        await work.events.add(facts.events.added)
    if facts.events.changed:
        await work.events.update(facts.events.changed)
    if facts.conflicts:
        await work.events.add_conflicts(facts.conflicts)


async def _save_clients(facts: Facts, work: Work) -> None:
    if facts.clients.added:
        await work.clients.add(facts.clients.added)
    if facts.clients.changed:
        await work.clients.update(facts.clients.changed)
    await work.clients.add_ids(facts.new_client_ids)
    await work.clients.move_ids(facts.moved_client_ids)
    await work.clients.update_accounts(facts.client_accounts.changed)
    await work.clients.add_accounts(facts.client_accounts.added)
    await _save_referrals(facts, work)
    if facts.clicks.added:
        await work.clicks.add(facts.clicks.added)
    if facts.enrolments.changed:
        await work.enrolments.update(facts.enrolments.changed)


async def _save_referrals(facts: Facts, work: Work) -> None:
    if facts.referrals.added:
        await work.clients.add_referrals(facts.referrals.added)
    if facts.referrals.changed:
        await work.clients.update_referrals(facts.referrals.changed)
    if facts.pins.added or facts.pins.changed:
        await work.pins.save(facts.pins.added, facts.pins.changed)
    if facts.moves:
        await work.clients.add_moves(facts.moves)


async def _save_services(facts: Facts, work: Work) -> None:
    if facts.services.added:
        await work.services.add(facts.services.added)
    if facts.services.changed:
        await work.services.update(facts.services.changed)
    if facts.orders.added or facts.orders.changed:
        await work.orders.save(facts.orders.added, facts.orders.changed)


async def _save_invoices(facts: Facts, work: Work) -> None:
    if facts.invoices.added:
        await work.invoices.add(facts.invoices.added)
    if facts.invoices.changed:
        await work.invoices.update(facts.invoices.changed)


async def _save_money(facts: Facts, work: Work) -> None:
    if facts.payments.added:
        await work.payments.add(facts.payments.added)
    if facts.payments.changed:
        await work.payments.update(facts.payments.changed)
    if facts.refunds:
        await work.payments.add_refunds(facts.refunds)
    if facts.commissions.added:
        await work.payments.add_commissions(facts.commissions.added)
    if facts.commissions.changed:
        await work.payments.update_commissions(facts.commissions.changed)
    if facts.adjustments.changed:
        await work.adjustments.update(facts.adjustments.changed)
    if facts.credits:
        await work.conversions.add_credits(facts.credits)
    if facts.entries:
        await work.ledger.write(facts.entries, facts.postings, facts.accounts.changed)
