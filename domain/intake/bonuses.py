"""The home of bonuses of conversions: what stands of them after each refund (R20)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.entities.conversion import BonusPart, Credit
from domain.entities.payment import Commission, Payment
from domain.intake.facts import Facts
from domain.ledger import book
from domain.money import SAME_CURRENCY, ExchangeRate
from domain.rules.conversion import Base, standing_bonus


def exchange_of(payment: Payment, currency: str) -> ExchangeRate | None:
    """Return the rate into the program's currency, ``None`` where it is missing (R12)."""
    return SAME_CURRENCY if payment.currency == currency else payment.exchange


def base_of(payment: Payment, commission: Commission) -> Base:
    """Return what the bonus of a commission is a share of: its line less its refunds."""
    line = payment.lines[commission.line]
    exchange = exchange_of(payment, commission.currency)
    return Base(
        minor=line.minor - line.refunded if exchange else 0,
        currency=payment.currency,
        exchange=exchange or SAME_CURRENCY,
    )


def settle_bonus(facts: Facts, payment: Payment, line: int, at: datetime) -> None:
    """Bring the bonus of a converted commission to what stands of it after a refund (R20).

    The bonus was given as service credit, so it is taken back there: the balance does not move,
    and billing is told. A chargeback that was won gives it back.
    """
    commission = facts.commissions[payment.id, line]
    parts = facts.bonus_parts.get(commission.id, ())
    if not parts:
        return
    stands = standing_bonus(commission, base_of(payment, commission), parts)
    taken = commission.bonus - stands
    if not taken:
        return
    facts.commissions.put((payment.id, line), replace(commission, bonus=stands))
    facts.post(
        commission.enrolment_id,
        book.commission_bonus_clawed_back(taken),
        occurred_at=at,
        commission_id=commission.id,
    )
    _announce(facts, payment, commission, parts, -taken)


def _announce(
    facts: Facts, payment: Payment, commission: Commission, parts: Sequence[BonusPart], minor: int
) -> None:
    facts.credits.append(
        Credit(
            id=facts.new_id(),
            enrolment_id=commission.enrolment_id,
            conversion_id=parts[-1].conversion_id,
            commission_id=commission.id,
            payment_id=payment.payment_id,
            minor=minor,
            currency=commission.currency,
            account_id=parts[-1].account_id,
            at=facts.now,
        )
    )
    facts.tell_admins(
        commission.enrolment_id,
        "credit_reduced" if minor < 0 else "credit_restored",
        {
            "client": facts.clients[payment.client_id].name,
            "client_id": payment.client_id,
            "commission_id": commission.id,
            "minor": abs(minor),
            "currency": commission.currency,
        },
    )
