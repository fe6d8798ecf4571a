"""The home of the audit's own arithmetic: exact fractions of whole numbers, rounded once."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from domain.money import DECIMALS

WHOLE_BPS = 10_000


def share_of(
    minor: int,
    source: str,
    target: str,
    exchange: str | None,
    bps: int = WHOLE_BPS,
    tax_bps: int = 0,
) -> int | None:
    """Return a share of an amount less its tax in minor units of ``target``, half up (R11, R12).

    ``None`` stands for a missing or unreadable exchange rate. Amounts here are never negative.
    """
    factor = _factor(source, target, exchange, Fraction(bps, WHOLE_BPS + tax_bps))
    if factor is None:
        return None
    return (2 * minor * factor.numerator + factor.denominator) // (2 * factor.denominator)


@lru_cache
def _factor(source: str, target: str, exchange: str | None, share: Fraction) -> Fraction | None:
    """Return what a minor unit of ``source`` makes."""
    if source == target:
        return share
    try:
        powers = Fraction(10 ** DECIMALS[target], 10 ** DECIMALS[source])
        return share * powers * Fraction(exchange or "")
    except (KeyError, ValueError):
        return None


def minor_of(amount: str, currency: str) -> Decimal:
    """Return a reported amount in minor units."""
    return Decimal(amount).scaleb(DECIMALS[currency])
