"""The home of clawing back: what a refund takes from the partner, or gives back (R13)."""

from dataclasses import replace
from datetime import datetime

from domain.entities.payment import (
    Commission,
    CommissionState,
    Line,
    Payment,
    Suspicion,
)
from domain.intake.bonuses import exchange_of, settle_bonus
from domain.intake.capping import note_earned
from domain.intake.earning import count_live_payment
from domain.intake.facts import Facts
from domain.intake.suspecting import note_refund_after_payout
from domain.intake.telling import tell_clawback
from domain.intake.withholding import withhold
from domain.ledger import book
from domain.rules.commission import due_of


def claw_back(facts: Facts, payment: Payment, lines: tuple[Line, ...], at: datetime) -> Payment:
    """Put the payment's refunds at ``lines`` and bring each commission to what is due (R13).

    What is due is recomputed from the refund total, so any number of partial refunds ends where
    one refund of the same sum ends. The program may be offered no more: the commission has it all.
    """
    after = replace(payment, lines=lines)
    if payment.enrolment_id is None or payment.program is None:
        return after
    referral = facts.referrals[payment.client_id, payment.program]
    is_its = referral.enrolment_id == payment.enrolment_id
    if payment.is_live != after.is_live and is_its:
        count_live_payment(facts, payment.client_id, payment.program, 1 if after.is_live else -1)
    for position in range(len(lines)):
        commission = facts.commissions.get((payment.id, position))
        exchange = exchange_of(payment, commission.currency) if commission else None
        if commission is None or exchange is None:
            continue
        due = due_of(commission, lines, payment.currency, exchange)
        if commission.suspicion is Suspicion.CONFIRMED:
            due = min(due, commission.spent)
        clawback = commission.minor - commission.clawed_back - due
        if clawback:
            _claw_back_one(facts, after, commission, clawback, at)
        settle_bonus(facts, after, position, at)
    return after


def _claw_back_one(
    facts: Facts, payment: Payment, commission: Commission, clawback: int, at: datetime
) -> None:
    was_voided = commission.state is CommissionState.VOIDED
    place = commission.state
    if was_voided:
        # A chargeback won back after the commission had ended: it stands where it would by now.
        place = (
            CommissionState.HELD if commission.held_until > facts.now else CommissionState.PAYABLE
        )
    clawed = commission.clawed_back + clawback
    state = place
    if place is CommissionState.HELD and clawed == commission.minor:
        state = CommissionState.VOIDED
    after = replace(commission, clawed_back=clawed, state=state)
    facts.commissions.put((payment.id, commission.line), after)
    note_earned(facts, payment, -clawback)
    tell_clawback(facts, after, payment, clawback)
    facts.post(
        commission.enrolment_id,
        book.commission_clawed_back(place, clawback),
        occurred_at=at,
        commission_id=commission.id,
    )
    if place is not CommissionState.RETAINED:
        day = facts.count(commission.enrolment_id, payment.code, at)
        day.clawed_back_minor += clawback
    after = withhold(facts, after, payment)
    note_refund_after_payout(facts, after, clawback)
    facts.tell_admins(
        commission.enrolment_id,
        "clawback" if clawback > 0 else "clawback_undone",
        {
            "client": facts.clients[payment.client_id].name,
            "client_id": payment.client_id,
            "commission_id": commission.id,
            "minor": abs(clawback),
            "currency": commission.currency,
            "payable_minor": facts.payable(commission.enrolment_id),
        },
    )
