"""The home of what a partner missed by a wrong refusal, which an adjustment makes up for (R24)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.entities.partner import Enrolment
from domain.entities.payment import Line, Payment
from domain.money import SAME_CURRENCY, ExchangeRate
from domain.programs.model import Program
from domain.rules.commission import earns_until
from domain.rules.shares import Share, Standing, room_of, shares_of


def missed_earnings(
    program: Program,
    enrolment: Enrolment,
    registered_at: datetime,
    payments: Sequence[Payment],
    categories: Mapping[tuple[str, str], str],
) -> int:
    """Return what a partner would have earned by payments that it did not earn by (R24).

    It is what staff may compensate by an adjustment: at today's tier, less what was refunded,
    within the program's duration. Payments that cannot be converted, or that another program
    earned by or was named in, count for nothing.

    Args:
        program: The claimant's.
        enrolment: The claimant's.
        registered_at: When the client registered.
        payments: All of the client's, in any order.
        categories: What staff mapped categories to, by program and category.
    """
    until = earns_until(program.at(registered_at), registered_at)
    own = [payment for payment in payments if payment.program in (None, program.key)]
    own.sort(key=lambda payment: (payment.paid_at, payment.id))
    total = 0
    for payment in own:
        is_within = registered_at <= payment.paid_at and (until is None or payment.paid_at < until)
        is_home = payment.currency == program.currency
        exchange = SAME_CURRENCY if is_home else payment.exchange
        if payment.enrolment_id == enrolment.id or not is_within or exchange is None:
            continue
        terms = program.at(payment.paid_at)
        shares = shares_of(
            terms,
            payment,
            [
                categories.get((program.key, line.category or ""), line.category)
                for line in payment.lines
            ],
            standing=Standing(
                tier=enrolment.tier or (terms.tiers[0].key if terms.tiers else None),
                registered_at=registered_at,
                is_first=payment is own[0],
                room=room_of((terms.payment_cap, 0), (terms.client_cap, total)),
            ),
            exchange=exchange,
        )
        total += sum(
            _left_of(share, line, payment, program.currency, exchange)
            for line, share in zip(payment.lines, shares, strict=True)
        )
    return total


def _left_of(
    share: Share, line: Line, payment: Payment, currency: str, exchange: ExchangeRate
) -> int:
    """Return what refunds left of what a line would have earned (R13)."""
    if share.rate.bps == 0:
        return share.minor if payment.is_live else 0
    left = line.minor - line.refunded
    part = share.rate.of(left, payment.currency, currency, exchange, tax_bps=share.tax_bps)
    return min(share.minor, part)
