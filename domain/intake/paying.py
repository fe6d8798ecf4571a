"""The home of moving a pay-out's money: reserve, settle, release, reopen, return (R18, R19)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from domain.entities.adjustment import Adjustment
from domain.entities.partner import Enrolment
from domain.entities.payment import Commission, CommissionState
from domain.entities.payout import Payout, Spending
from domain.intake.facts import Facts
from domain.intake.load_partners import load_enrolments
from domain.intake.withholding import withhold
from domain.ledger import book
from domain.ledger.book import Fact
from domain.ports.work import Work
from domain.rules.spending import oldest_first

Moves = tuple[str, str]
"""The fields of a source that a move takes from and adds to; empty is what is left."""
Source = TypeVar("Source", Commission, Adjustment)


def request_key(enrolment: Enrolment, confirmation: str) -> str:
    """Return the key of a partner's confirmation; no other partner can have the same."""
    return f"{enrolment.partner_id}:{confirmation}"


async def load_queue(facts: Facts, work: Work, enrolment_id: int, minor: int) -> Spending:
    """Load what the enrolment may spend; return what makes up the amount, oldest first (R19)."""
    commissions = await work.payouts.spendable(enrolment_id)
    adjustments = await work.adjustments.spendable(enrolment_id)
    _put_on_shelves(facts, commissions, adjustments)
    return oldest_first(commissions, adjustments, minor)


async def load_payout(facts: Facts, work: Work, payout: Payout) -> Spending:
    """Load the accounts and sources of a pay-out; return what it consumed."""
    await load_enrolments(facts, work, [payout.enrolment_id])
    spent = await work.payouts.parts(payout.id)
    commissions = await work.payouts.commissions(
        [part.commission_id for part in spent.commissions]
    )
    ids = [part.adjustment_id for part in spent.adjustments]
    _put_on_shelves(facts, commissions, await work.adjustments.by_ids(ids) if ids else ())
    await _load_suspected(facts, work, commissions)
    return spent


async def _load_suspected(facts: Facts, work: Work, commissions: Sequence[Commission]) -> None:
    """Load what a void of the suspected ones among them has to name."""
    suspected = [row for row in commissions if row.suspicion]
    if suspected:
        for payment in await work.payments.by_ids([row.payment_id for row in suspected]):
            facts.payments.load(payment.payment_id, payment)
        for client in await work.clients.by_ids([row.client_id for row in suspected]):
            facts.clients.load(client.id, client)


def _put_on_shelves(
    facts: Facts, commissions: Sequence[Commission], adjustments: Sequence[Adjustment]
) -> None:
    for commission in commissions:
        facts.commissions.load((commission.payment_id, commission.line), commission)
    for adjustment in adjustments:
        facts.adjustments.load(adjustment.id, adjustment)


def reserve(facts: Facts, payout: Payout, spent: Spending) -> None:
    """Set the amount of a new request aside."""
    fact = book.payout_reserved(payout.amount.minor)
    _move(facts, payout, spent, ("", "reserved"), fact, by=payout.requested_by)


def settle(
    facts: Facts,
    payout: Payout,
    spent: Spending,
    *,
    by: int,
    sent_at: datetime | None = None,
) -> None:
    """Record that the money was sent: now, or at another time that is known."""
    fact = book.payout_settled(payout.amount.minor)
    _move(facts, payout, spent, ("reserved", "paid"), fact, by=by, at=sent_at)


def release(facts: Facts, payout: Payout, spent: Spending, *, by: int) -> None:
    """Give the reserved money back."""
    fact = book.payout_released(payout.amount.minor)
    _move(facts, payout, spent, ("reserved", ""), fact, by=by)


def reopen(facts: Facts, payout: Payout, spent: Spending, *, by: int) -> None:
    """Set the money of a rejected request aside again, out of the same sources."""
    fact = book.payout_reopened(payout.amount.minor)
    _move(facts, payout, spent, ("", "reserved"), fact, by=by)


def bring_back(facts: Facts, payout: Payout, spent: Spending, *, by: int) -> None:
    """Give back what the bank returned after Done."""
    fact = book.payout_returned(payout.amount.minor)
    _move(facts, payout, spent, ("paid", ""), fact, by=by)


def are_left(facts: Facts, spent: Spending) -> bool:
    """Test if every source still has what a pay-out once consumed of it."""
    by_id = {commission.id: commission for commission in facts.commissions.values()}
    return all(
        by_id[part.commission_id].state is CommissionState.PAYABLE
        and by_id[part.commission_id].left >= part.minor
        for part in spent.commissions
    ) and all(
        facts.adjustments[part.adjustment_id].left >= part.minor for part in spent.adjustments
    )


def _move(
    facts: Facts,
    payout: Payout,
    spent: Spending,
    moves: Moves,
    fact: Fact,
    *,
    by: int,
    at: datetime | None = None,
) -> None:
    move_sources(facts, spent, moves)
    facts.post(
        payout.enrolment_id,
        fact,
        occurred_at=at or facts.now,
        payout_id=payout.id,
        actor=by,
    )
    _withhold(facts, spent)


def _withhold(facts: Facts, spent: Spending) -> None:
    """Keep what returned to a suspected commission out of payable."""
    payments = {payment.id: payment for payment in facts.payments.values()}
    ids = {part.commission_id for part in spent.commissions}
    for commission in facts.commissions.values():
        if commission.id in ids and commission.suspicion:
            withhold(facts, commission, payments.get(commission.payment_id))


def move_sources(facts: Facts, spent: Spending, moves: Moves) -> None:
    """Move parts of commissions and adjustments from one of their fields to another."""
    by_id = {commission.id: commission for commission in facts.commissions.values()}
    for part in spent.commissions:
        commission = _moved(by_id[part.commission_id], moves, part.minor)
        facts.commissions.put((commission.payment_id, commission.line), commission)
    for portion in spent.adjustments:
        adjustment = _moved(facts.adjustments[portion.adjustment_id], moves, portion.minor)
        facts.adjustments.put(adjustment.id, adjustment)


def _moved(source: Source, moves: Moves, minor: int) -> Source:
    taken, given = moves
    changes: dict[str, int] = {}
    if taken:
        changes[taken] = getattr(source, taken) - minor
    if given:
        changes[given] = getattr(source, given) + minor
    return replace(source, **changes)  # type: ignore[arg-type]
