"""The home of checking what stands of the bonus of each converted commission (R20)."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from domain.money import DECIMALS
from storage.books.arithmetic import WHOLE_BPS
from storage.books.finding import Finding
from storage.books.payment import Converted, Picture
from storage.rows import AnyRow


def differences_of_bonuses(picture: Picture) -> Iterator[Finding]:
    """Yield the commissions whose bonus is not what the refunds have left of it."""
    for commission in picture.commissions:
        parts = picture.converted.get(commission.id, [])
        if not parts and not commission.bonus:
            continue
        if not 0 <= commission.line < len(picture.lines):
            continue
        given = sum(part.bonus for part in parts)
        expected = min(given, _due(picture, commission, parts))
        if commission.bonus != expected:
            yield Finding(
                "bonus_stands",
                f"commission {commission.id}",
                f"{expected} of {given} given by {[part.conversion_id for part in parts]}",
                str(commission.bonus),
            )


def _due(picture: Picture, commission: AnyRow, parts: list[Converted]) -> int:
    """Return round(bonus x base x share); parts of different terms add up one after another."""
    stands = commission.minor - commission.clawed_back
    if stands <= 0:
        return 0
    total, before = 0, 0
    for part in parts:
        share = Fraction(part.rate, WHOLE_BPS)
        base = share * (_left(picture, commission) if part.base == "payment" else stands)
        after = before + part.minor
        total += _half_up(base * Fraction(min(after, stands), stands))
        total -= _half_up(base * Fraction(min(before, stands), stands))
        before = after
    return total


def _left(picture: Picture, commission: AnyRow) -> Fraction:
    """Return what is left of the payment line, in the program's currency, not rounded."""
    payment, line = picture.payment, picture.lines[commission.line]
    source, target = payment.currency, commission.currency
    left = Fraction(line.minor - line.refunded)
    if source == target:
        return left
    try:
        powers = Fraction(10 ** DECIMALS[target], 10 ** DECIMALS[source])
        return left * powers * Fraction(payment.exchange or "0")
    except (KeyError, ValueError):
        return Fraction(0)


def _half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))
