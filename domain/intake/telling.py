"""The home of what the vendor's systems are told: which fact becomes which webhook.

A webhook tells in the words of the read routes, so that a vendor reads one shape, not two.
"""

from domain.entities.client import Client
from domain.entities.payment import Commission, Payment
from domain.entities.payout import Payout, Spending
from domain.ids import encode
from domain.intake.announcing import credit_event
from domain.intake.attributing import shown_reason
from domain.intake.facts import Facts
from domain.money import Money, Rate
from domain.period import text_of


def tell_registered(facts: Facts, client: Client) -> None:
    """Tell of a client made in the bot, so that billing can know it by its Telegram id."""
    if not facts.tells_vendor:
        return
    referrals = facts.referrals_of(client.id)
    got = next((row for row in referrals if row.enrolment_id is not None), None)
    code = facts.enrolments[got.enrolment_id].code if got and got.enrolment_id else None
    facts.tell_vendor(
        "client.registered",
        {
            "client_id": client.shown_id,
            "name": client.name,
            "email": client.email,
            "phone": client.phone,
            "telegram_id": client.telegram_id,
            "registered_at": text_of(client.registered_at),
            "partner_code": code,
            "program": got.program if got else None,
            "reason": shown_reason(client, referrals),
        },
        subject=f"client:{client.id}",
        client_id=client.id,
    )


def tell_commission(facts: Facts, commission: Commission, payment: Payment) -> None:
    """Tell that a payment line earned a commission."""
    if not facts.tells_vendor:
        return
    line = payment.lines[commission.line]
    facts.tell_vendor(
        "commission.created",
        _named(facts, commission, payment)
        | {
            "amount": str(Money(commission.minor, commission.currency)),
            "base": str(Money(line.minor, payment.currency)),
            "base_currency": payment.currency,
            "rate": str(commission.rate),
            "tax": str(Rate(commission.tax_bps)),
            "basis": commission.basis.value,
            "tier": commission.tier,
            "category": commission.category,
            "settlement": commission.settlement,
            "status": commission.status,
            "held_until": text_of(commission.held_until),
            "created_at": text_of(commission.created_at),
        },
        subject=f"commission:{commission.id}",
    )


def tell_clawback(facts: Facts, commission: Commission, payment: Payment, minor: int) -> None:
    """Tell that a refund took back ``minor`` of a commission; below zero it was given back."""
    if not facts.tells_vendor:
        return
    facts.tell_vendor(
        "commission.clawed_back",
        _named(facts, commission, payment)
        | {
            "amount": str(Money(minor, commission.currency)),
            "clawed_back": str(Money(commission.clawed_back, commission.currency)),
            "status": commission.status,
        },
        subject=f"commission:{commission.id}",
    )


def _named(facts: Facts, commission: Commission, payment: Payment) -> dict[str, object]:
    enrolment = facts.enrolments[commission.enrolment_id]
    return {
        "commission_id": encode(commission.id),
        "payment_id": payment.payment_id,
        "client_id": facts.clients[payment.client_id].shown_id,
        "partner_code": enrolment.code,
        "program": enrolment.program,
        "currency": commission.currency,
    }


def tell_payout(facts: Facts, kind: str, payout: Payout, spent: Spending) -> None:
    """Tell where a pay-out stands; the account to pay to is never told."""
    if not facts.tells_vendor:
        return
    enrolment = facts.enrolments[payout.enrolment_id]
    currency = payout.amount.currency
    facts.tell_vendor(
        kind,
        {
            "payout_id": encode(payout.id),
            "partner_code": enrolment.code,
            "program": enrolment.program,
            "amount": str(payout.amount),
            "currency": currency,
            "status": payout.status.shown,
            "comment": payout.comment,
            "reason": payout.reason_code,
            "requested_at": text_of(payout.requested_at),
            "settled_at": text_of(payout.settled_at) if payout.settled_at else None,
            "commissions": [
                {
                    "commission_id": encode(part.commission_id),
                    "amount": str(Money(part.minor, currency)),
                }
                for part in spent.commissions
            ],
            "adjustments": [
                {
                    "adjustment_id": encode(part.adjustment_id),
                    "amount": str(Money(part.minor, currency)),
                }
                for part in spent.adjustments
            ],
        },
        subject=f"payout:{payout.id}",
    )


def tell_credits(facts: Facts) -> None:
    """Tell of every change of service credit in this set (R20)."""
    if not facts.tells_vendor:
        return
    for credit in facts.credits:
        enrolment = facts.enrolments[credit.enrolment_id]
        kind, data = credit_event(credit, code=enrolment.code, program=enrolment.program)
        facts.tell_vendor(kind, data, subject=f"conversion:{credit.conversion_id}")
