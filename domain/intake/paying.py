"""The home of moving a pay-out's money: reserve, settle, release, return (R18, R19)."""

from collections.abc import Sequence
from dataclasses import replace

from domain.entities.partner import Enrolment
from domain.entities.payment import Commission
from domain.entities.payout import Payout, PayoutPart
from domain.intake.facts import Facts
from domain.intake.load import load_enrolments
from domain.ledger import book
from domain.ledger.book import Fact
from domain.ports.work import Work

_Moves = tuple[str, str]
"""The fields of a commission that a move takes from and adds to; empty is what is left."""


def request_key(enrolment: Enrolment, confirmation: str) -> str:
    """Return the key of a partner's confirmation; no other partner can have the same."""
    return f"{enrolment.partner_id}:{confirmation}"


async def load_payout(facts: Facts, work: Work, payout: Payout) -> Sequence[PayoutPart]:
    """Load the accounts and commissions of a pay-out; return what it consumed."""
    await load_enrolments(facts, work, [payout.enrolment_id])
    parts = await work.payouts.parts(payout.id)
    for commission in await work.payouts.commissions([part.commission_id for part in parts]):
        facts.commissions.load((commission.payment_id, commission.line), commission)
    return parts


def reserve(facts: Facts, payout: Payout, parts: Sequence[PayoutPart]) -> None:
    """Set the amount of a new request aside."""
    _move(facts, payout, parts, ("", "reserved"), book.payout_reserved(payout.amount.minor))


def settle(facts: Facts, payout: Payout, parts: Sequence[PayoutPart]) -> None:
    """Record that the money was sent."""
    _move(facts, payout, parts, ("reserved", "paid"), book.payout_settled(payout.amount.minor))


def release(facts: Facts, payout: Payout, parts: Sequence[PayoutPart]) -> None:
    """Give the reserved money back."""
    _move(facts, payout, parts, ("reserved", ""), book.payout_released(payout.amount.minor))


def bring_back(facts: Facts, payout: Payout, parts: Sequence[PayoutPart]) -> None:
    """Give back what the bank returned after Done."""
    _move(facts, payout, parts, ("paid", ""), book.payout_returned(payout.amount.minor))


def _move(
    facts: Facts, payout: Payout, parts: Sequence[PayoutPart], moves: _Moves, fact: Fact
) -> None:
    by_id = {commission.id: commission for commission in facts.commissions.values()}
    for part in parts:
        commission = _moved(by_id[part.commission_id], moves, part.minor)
        facts.commissions.put((commission.payment_id, commission.line), commission)
    facts.post(
        payout.enrolment_id,
        fact,
        occurred_at=facts.now,
        payout_id=payout.id,
        actor=payout.settled_by or payout.requested_by,
    )


def _moved(commission: Commission, moves: _Moves, minor: int) -> Commission:
    source, target = moves
    changes: dict[str, int] = {}
    if source:
        changes[source] = getattr(commission, source) - minor
    if target:
        changes[target] = getattr(commission, target) + minor
    return replace(commission, **changes)  # type: ignore[arg-type]
