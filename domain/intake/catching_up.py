"""The home of payments that were there before their client had a partner (R3, R7, R12).

They earn as if the click had been known first. So whatever would have kept them from counting
then does it now: their event waits for staff again, to be mapped, completed or dropped.
"""

import json
from dataclasses import replace

from domain.entities.client import Client, Referral
from domain.entities.event import EventRecord, EventStatus
from domain.entities.payment import EarnedNothing, Payment
from domain.events.types import PaymentSucceeded
from domain.intake.clawing_back import claw_back
from domain.intake.earning import accrue
from domain.intake.facts import Facts
from domain.intake.incoming import Incoming
from domain.intake.parking import obstacle_of, referral_for
from domain.intake.settling import read_stored, settle
from domain.intake.verdict import Verdict, applied

_WAITS = {
    "category": EarnedNothing.NO_RATE_ROW,
    "exchange_rate": EarnedNothing.NO_EXCHANGE_RATE,
}
"""Why a stored payment earns nothing while its event waits for staff."""


def catch_up(facts: Facts, client: Client, referral: Referral) -> None:
    """Let the client's payments earn for the partner that a late click gave it, as they were paid.

    Args:
        facts: The picture, with the client's payments and the events that reported them.
        client: Who belongs to somebody now.
        referral: That says to whom.
    """
    for payment in facts.payments_of(client.id):
        if payment.enrolment_id is not None or payment.program not in (None, referral.program):
            continue
        obstacle = _obstacle(facts, payment, referral)
        if obstacle is None or obstacle.status is not EventStatus.PARKED:
            _accrue(facts, payment, client, referral)
            continue
        event_id = facts.events_by_fact[f"payment:{payment.payment_id}"]
        settle(facts, event_id, obstacle)
        reason = _WAITS[obstacle.error.code] if obstacle.error else payment.reason
        facts.payments.put(payment.payment_id, replace(payment, reason=reason))


def complete(facts: Facts, event: PaymentSucceeded, stored: Payment) -> Verdict:
    """Let a stored payment earn whose event had to wait for staff; what was refunded is less."""
    client = facts.clients[stored.client_id]
    referral = referral_for(facts.referrals_of(client.id), event.program)
    earns = referral is not None and referral.enrolment_id is not None
    program = facts.programs.get(referral.program) if referral and earns else None
    obstacle = obstacle_of(facts, event, program) if program else None
    if obstacle is not None:
        return obstacle
    whole = replace(stored, exchange=event.exchange)
    payment = _accrue(facts, whole, client, referral)
    return applied(payment.reason.value if payment.reason else None)


def may_replace(facts: Facts, known: EventRecord, incoming: Incoming) -> bool:
    """Test if an event may take the place of one that waits for staff.

    A payment that is stored already is a fact: only the exchange rate that it lacks may come.
    """
    event = incoming.event
    stored = facts.payments.get(event.payment_id) if isinstance(event, PaymentSucceeded) else None
    if stored is None:
        return True
    before, now = json.loads(known.data), json.loads(incoming.data)
    if stored.exchange is None:
        now.pop("exchange_rate", None)
    return bool(before == now)


def _obstacle(facts: Facts, payment: Payment, referral: Referral) -> Verdict | None:
    record = facts.events.get(facts.events_by_fact.get(f"payment:{payment.payment_id}", ""))
    program = facts.programs.get(referral.program)
    if record is None or program is None:
        return None
    event = read_stored(record)
    return obstacle_of(facts, event, program) if isinstance(event, PaymentSucceeded) else None


def _accrue(facts: Facts, payment: Payment, client: Client, referral: Referral | None) -> Payment:
    """Let a payment earn in full, then take back what was refunded of it."""
    refunded = payment.lines
    whole = replace(payment, lines=tuple(replace(line, refunded=0) for line in refunded))
    accrued = accrue(facts, whole, client, referral)
    after = claw_back(facts, accrued, refunded, facts.now)
    facts.payments.put(payment.payment_id, after)
    return after
