"""The home of conversion: what the vendor adds when earnings become service credit (R20)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.entities.conversion import BonusPart
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.payment import Commission
from domain.errors import DomainError
from domain.money import SAME_CURRENCY, ExchangeRate, Money

BONUS_OF_PAYMENT = "payment"


class ConversionNotOffered(DomainError):
    """The program turns no earnings into service credit."""

    code = "conversion_not_offered"


class ConversionNotActive(DomainError):
    """The enrolment is suspended or ended, so nothing is converted."""

    code = "conversion_not_active"


class ConversionAccountMissing(DomainError):
    """There is no account with the vendor that the credit could go to (R30)."""

    code = "conversion_account_missing"


class NothingToConvert(DomainError):
    """Nothing is payable now."""

    code = "nothing_to_convert"


class ConversionAboveBalance(DomainError):
    """More was asked for than is payable."""

    code = "conversion_above_balance"


class ConversionChanged(DomainError):
    """The credit is no longer what was shown before the confirmation."""

    code = "conversion_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a bonus is a share of: the payment line less its refunds.

    Attributes:
        minor: What is left of the line, in ``currency``.
        currency: Of the payment.
        exchange: Program units per payment unit.
    """

    minor: int
    currency: str
    exchange: ExchangeRate = SAME_CURRENCY


def check_partner(enrolment: Enrolment, vendor_account_id: str | None) -> str:
    """Return the account that the credit goes to.

    Raises:
        ConversionNotActive: the partner is suspended or has left.
        ConversionAccountMissing: its own account with the vendor is not known.
    """
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        raise ConversionNotActive(status=enrolment.status.value)
    if vendor_account_id is None:
        raise ConversionAccountMissing
    return vendor_account_id


def check_amount(amount: Money, *, payable: Money) -> None:
    """Test ``payable >= amount``; there is no minimum (R20).

    Raises:
        NothingToConvert: nothing is payable; the fact says how much stands, maybe a debt.
        ConversionAboveBalance: too much; the facts say what is allowed.
    """
    if payable.minor <= 0:
        raise NothingToConvert(payable=payable)
    if amount.minor > payable.minor:
        raise ConversionAboveBalance(asked=amount, payable=payable)


def bonus_due(commission: Commission, base: Base, parts: Sequence[BonusPart]) -> int:
    """Return the bonus that the conversions of a commission are worth now (R20).

    It is ``round(bonus x payment x share)`` with ``share = min(1, converted / commission after
    clawbacks)``; nothing where nothing of the commission stands. Conversions under different terms
    each keep their own: every one adds what it moves the share by.

    Args:
        commission: With what was taken back of it by now.
        base: What is left of its payment line.
        parts: Its conversions, oldest first.
    """
    total, converted = 0, 0
    for part in parts:
        before, converted = converted, converted + part.minor
        total += _bonus(commission, base, part, converted) - _bonus(commission, base, part, before)
    return total


def _bonus(commission: Commission, base: Base, terms: BonusPart, converted: int) -> int:
    stands = commission.minor - commission.clawed_back
    if stands <= 0:
        return 0
    share = (min(converted, stands), stands)
    if terms.base == BONUS_OF_PAYMENT:
        return terms.rate.of_part(
            base.minor, base.currency, commission.currency, base.exchange, share
        )
    same = commission.currency
    return terms.rate.of_part(stands, same, same, SAME_CURRENCY, share)


def standing_bonus(commission: Commission, base: Base, parts: Sequence[BonusPart]) -> int:
    """Return what stands of the bonus after refunds: never more than conversions gave."""
    return min(sum(part.bonus for part in parts), bonus_due(commission, base, parts))


def further_bonus(
    commission: Commission, base: Base, parts: Sequence[BonusPart], new: BonusPart
) -> int:
    """Return the bonus of one more conversion: what is due with it less what stands."""
    return max(0, bonus_due(commission, base, [*parts, new]) - commission.bonus)
