"""The home of shares: what each line of a payment earns by the rate table (R7, R11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.entities.invoice import Invoice
from domain.entities.payment import CommissionBasis, EarnedNothing, Line, Payment
from domain.money import ExchangeRate, Money, Rate
from domain.programs.model import Program
from domain.programs.model_rates import ANY, NO_RATE, RateRow
from domain.records import quick
from domain.rules.commission import row_for


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one line earns.

    Attributes:
        minor: In the program's currency; 0 with a reason.
        rate: The share that the row states.
        tax_bps: Of the tax that the line includes and that was left out.
        basis: What the amount is made of.
        reason: Why it earns nothing, or ``None``.
    """

    minor: int = 0
    rate: Rate = NO_RATE
    tax_bps: int = 0
    basis: CommissionBasis = CommissionBasis.SHARE
    reason: EarnedNothing | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How partner and client stand when a payment is counted.

    Attributes:
        tier: That holds with this payment counted.
        registered_at: When the client registered, for rows that hold from a month on.
        is_first: The payment makes its client a paying one.
        room: The most that the whole payment may earn; ``None`` for any sum.
    """

    tier: str | None
    registered_at: datetime
    is_first: bool
    room: int | None


def shares_of(
    terms: Program,
    payment: Payment,
    categories: Sequence[str | None],
    *,
    standing: Standing,
    exchange: ExchangeRate,
) -> list[Share]:
    """Return what each line earns.

    Args:
        terms: Of the time of the payment.
        payment: With its lines.
        categories: Of each line, as the rate table knows them.
        standing: Of partner and client.
        exchange: Program units per payment unit.
    """
    room = standing.room
    used: list[RateRow] = []
    shares: list[Share] = []
    for line, category in zip(payment.lines, categories, strict=True):
        row = row_for(
            terms.rates,
            category=category,
            tier=standing.tier,
            settlement=payment.settlement,
            registered_at=standing.registered_at,
            paid_at=payment.paid_at,
            is_first=standing.is_first,
        )
        share = _share(terms, row, line, payment.currency, exchange, is_used=row in used)
        if row is not None and row.amount is not None:
            used.append(row)
        if room is not None:
            share = _within(share, room)
            room -= share.minor
        shares.append(share)
    return shares


def shares_of_invoice(
    invoice: Invoice, payment: Payment, currency: str, exchange: ExchangeRate
) -> list[Share]:
    """Return what each line earns by the rates that the partner's invoice fixed (R15)."""
    return [
        _by_rate(invoice.rate_of(line.category), 0, line, payment.currency, (currency, exchange))
        for line in payment.lines
    ]


def room_of(*limits: tuple[Money | None, int]) -> int | None:
    """Return what is left of the tightest cap, given what each has let through; never negative."""
    left = [max(cap.minor - earned, 0) for cap, earned in limits if cap is not None]
    return min(left, default=None)


def _share(
    terms: Program,
    row: RateRow | None,
    line: Line,
    currency: str,
    exchange: ExchangeRate,
    *,
    is_used: bool,
) -> Share:
    if row is None:
        return Share(reason=_why_no_row(terms))
    if row.amount is not None:
        if is_used:
            return Share(reason=EarnedNothing.ZERO_RATE)
        return Share(minor=row.amount.minor, basis=CommissionBasis.FIXED)
    return _by_rate(row.rate, terms.tax.bps, line, currency, (terms.currency, exchange))


def _by_rate(
    rate: Rate, tax_bps: int, line: Line, currency: str, into: tuple[str, ExchangeRate]
) -> Share:
    if rate.bps == 0:
        return Share(reason=EarnedNothing.ZERO_RATE)
    minor = rate.of(line.minor, currency, *into, tax_bps=tax_bps)
    if not minor:
        return Share(reason=EarnedNothing.ROUNDS_TO_ZERO)
    return Share(minor=minor, rate=rate, tax_bps=tax_bps)


def _why_no_row(terms: Program) -> EarnedNothing:
    if not terms.rates:
        return EarnedNothing.ZERO_RATE
    only_first = all(row.payment != ANY for row in terms.rates)
    return EarnedNothing.NOT_FIRST if only_first else EarnedNothing.NO_RATE_ROW


def _within(share: Share, room: int) -> Share:
    """Return the share lowered to what the caps leave."""
    if share.minor <= room:
        return share
    if room == 0:
        return Share(reason=EarnedNothing.CAP_REACHED)
    return replace(share, minor=room, basis=CommissionBasis.CAPPED)
