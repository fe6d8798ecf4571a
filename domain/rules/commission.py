"""The home of commissions: which rate holds, what is earned, what a refund takes back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.entities.client import Referral
from domain.entities.payment import Commission, EarnedNothing, Line
from domain.money import ExchangeRate, Rate, split_in_proportion
from domain.period import add_months
from domain.programs.model import Program
from domain.programs.model_rates import ANY, RateRow


def row_for(
    rates: Sequence[RateRow],
    *,
    category: str | None,
    tier: str | None,
    settlement: str,
    registered_at: datetime,
    paid_at: datetime,
    is_first: bool = False,
) -> RateRow | None:
    """Return the most specific row that matches, or ``None`` (R7).

    Specificity: the first payment, then category, tier and settlement; of equal rows the latest
    ``from_month`` that holds. A payment without category matches only ``*``.
    """

    def fits(row: RateRow) -> bool:
        return (
            row.category in (ANY, category)
            and row.tier in (ANY, tier)
            and row.settlement in (ANY, settlement)
            and (row.payment == ANY or is_first)
            and (row.from_month == 0 or add_months(registered_at, row.from_month) <= paid_at)
        )

    return max(
        (row for row in rates if fits(row)),
        key=lambda row: (
            row.payment != ANY,
            row.category != ANY,
            row.tier != ANY,
            row.settlement != ANY,
            row.from_month,
        ),
        default=None,
    )


def rate_for(
    rates: Sequence[RateRow],
    *,
    category: str | None,
    tier: str | None,
    settlement: str,
    registered_at: datetime,
    paid_at: datetime,
) -> Rate | None:
    """Return the share of the row that matches any payment after the first, or ``None`` (R7)."""
    row = row_for(
        rates,
        category=category,
        tier=tier,
        settlement=settlement,
        registered_at=registered_at,
        paid_at=paid_at,
    )
    return row.rate if row else None


def due_of(
    commission: Commission, lines: Sequence[Line], currency: str, exchange: ExchangeRate
) -> int:
    """Return what is due of a commission of a payment whose lines stand so (R13).

    A fixed amount is due in full while anything of the payment is left; a share is one of its
    line, and never exceeds what was earned, which a cap may have lowered.
    """
    if commission.rate.bps == 0:
        is_left = any(line.refunded < line.minor for line in lines)
        return commission.minor if is_left else 0
    line = lines[commission.line]
    left = line.minor - line.refunded
    share = commission.rate.of(
        left, currency, commission.currency, exchange, tax_bps=commission.tax_bps
    )
    return min(share, commission.minor)


def knows_category(rates: Sequence[RateRow], category: str | None) -> bool:
    """Test if some row speaks of this category; otherwise staff must map it (R7)."""
    return any(row.category in (ANY, category) for row in rates)


def earns_nothing(
    referral: Referral, *, paid_at: datetime, deleted_at: datetime | None, is_active: bool
) -> EarnedNothing | None:
    """Return why a payment of an attributed client earns nothing, or ``None`` (R10, R16)."""
    if paid_at < referral.registered_at:
        return EarnedNothing.BEFORE_REGISTRATION
    if referral.earns_until is not None and paid_at >= referral.earns_until:
        return EarnedNothing.DURATION_ENDED
    if deleted_at is not None and paid_at >= deleted_at:
        return EarnedNothing.CLIENT_DELETED
    return None if is_active else EarnedNothing.PARTNER_SUSPENDED


def earns_until(program: Program, registered_at: datetime) -> datetime | None:
    """Return the first instant that earns nothing, ``None`` for a client that earns for good."""
    if program.duration_months is None:
        return None
    return add_months(registered_at, program.duration_months)


def held_until(program: Program, paid_at: datetime) -> datetime:
    """Return when the commission becomes payable (R14)."""
    return paid_at + timedelta(days=program.hold_days)


class RefundRefused(ValueError):
    """A refund that cannot be; ``args[0]`` names the field, ``args[1]`` says why."""


def refund_lines(
    lines: Sequence[Line], minor: int, by_category: dict[str | None, int] | None
) -> tuple[Line, ...]:
    """Return the lines with a refund added; negative ``minor`` gives back (R13).

    Without categories each refund total so far is split over the lines in proportion, so that
    refunds in any number of parts end where one refund of the same sum ends.

    Raises:
        RefundRefused: an unknown category, or more than is left of a line or of the payment.
    """
    if by_category is None:
        total = sum(line.refunded for line in lines) + minor
        if not 0 <= total <= sum(line.minor for line in lines):
            raise RefundRefused("amount", "refunds would exceed the payment")
        shares = split_in_proportion(total, [line.minor for line in lines])
        return tuple(
            Line(category=line.category, minor=line.minor, refunded=share)
            for line, share in zip(lines, shares, strict=True)
        )
    unknown = set(by_category) - {line.category for line in lines}
    if unknown:
        raise RefundRefused("lines", "name a category that the payment does not have")
    refunded = tuple(
        Line(
            category=line.category,
            minor=line.minor,
            refunded=line.refunded + by_category.get(line.category, 0),
        )
        for line in lines
    )
    if any(not 0 <= line.refunded <= line.minor for line in refunded):
        raise RefundRefused("lines", "refunds would exceed a line of the payment")
    return refunded
