"""The home of what a partner missed by a wrong refusal, which an adjustment makes up for (R24)."""

from collections.abc import Sequence
from datetime import datetime

from domain.entities.partner import Enrolment
from domain.entities.payment import Payment
from domain.money import SAME_CURRENCY
from domain.programs.model import Program
from domain.rules.commission import earns_until
from domain.rules.shares import Standing, room_of, shares_of


def missed_earnings(
    program: Program,
    enrolment: Enrolment,
    registered_at: datetime,
    payments: Sequence[Payment],
) -> int:
    """Return what a partner would have earned by payments that it did not earn by (R24).

    It is what staff may compensate by an adjustment: at today's tier, less what was refunded,
    within the program's duration; payments that cannot be converted count for nothing.
    """
    until = earns_until(program.at(registered_at), registered_at)
    total = 0
    for payment in payments:
        is_within = registered_at <= payment.paid_at and (until is None or payment.paid_at < until)
        is_home = payment.currency == program.currency
        exchange = SAME_CURRENCY if is_home else payment.exchange
        if payment.enrolment_id == enrolment.id or not is_within or exchange is None:
            continue
        terms = program.at(payment.paid_at)
        shares = shares_of(
            terms,
            payment,
            [line.category for line in payment.lines],
            standing=Standing(
                tier=enrolment.tier or (terms.tiers[0].key if terms.tiers else None),
                registered_at=registered_at,
                is_first=payment is payments[0],
                room=room_of((terms.payment_cap, 0), (terms.client_cap, total)),
            ),
            exchange=exchange,
        )
        for line, share in zip(payment.lines, shares, strict=True):
            left = line.minor - line.refunded
            part = share.rate.of(
                left, payment.currency, program.currency, exchange, tax_bps=share.tax_bps
            )
            is_share = share.rate.bps > 0
            total += min(share.minor, part) if is_share else share.minor * (left > 0)
    return total
