"""The home of bookkeeping: the legs of each business fact, by its name."""

from domain.entities.payment import CommissionState
from domain.ledger.accounts import AccountKind
from domain.ledger.journal import Leg

K = AccountKind
Fact = tuple[str, tuple[Leg, ...]]
"""Name of the business fact and its legs."""


def _move(name: str, debit: AccountKind, credit: AccountKind, minor: int) -> Fact:
    return name, (Leg(debit, minor), Leg(credit, -minor))


_PLACE = {
    CommissionState.HELD: (K.COMMISSIONS, K.HELD),
    CommissionState.PAYABLE: (K.COMMISSIONS, K.PAYABLE),
    CommissionState.RETAINED: (K.COLLECTED, K.RETAINED),
}


def commission_accrued(state: CommissionState, minor: int) -> Fact:
    """Recognise a commission: held, payable at once, or retained by the partner (R14, R15)."""
    debit, credit = _PLACE[state]
    return _move("commission_accrued", debit, credit, minor)


def commission_released(minor: int) -> Fact:
    """Make a held commission payable (R14)."""
    return _move("commission_released", K.HELD, K.PAYABLE, minor)


def commission_clawed_back(state: CommissionState, minor: int) -> Fact:
    """Take back ``minor`` after a refund; a negative amount gives back (R13).

    A retained commission is lowered where it stands and never enters ``clawed_back``.
    """
    if state is CommissionState.RETAINED:
        return _move("commission_clawed_back", K.RETAINED, K.COLLECTED, minor)
    place = K.HELD if state is CommissionState.HELD else K.PAYABLE
    return _move("commission_clawed_back", place, K.CLAWBACKS, minor)


def payout_reserved(minor: int) -> Fact:
    """Set the amount of a request aside at once (R18)."""
    return _move("payout_reserved", K.PAYABLE, K.RESERVED, minor)


def payout_settled(minor: int) -> Fact:
    """Record that the money was sent (R18)."""
    return _move("payout_settled", K.RESERVED, K.PAYOUTS, minor)


def payout_released(minor: int) -> Fact:
    """Give the amount of a rejected or cancelled request back (R18)."""
    return _move("payout_released", K.RESERVED, K.PAYABLE, minor)


def payout_reopened(minor: int) -> Fact:
    """Set the amount of a rejected request aside again: the opposite of its release (R18)."""
    return _move("payout_reopened", K.PAYABLE, K.RESERVED, minor)


def payout_returned(minor: int) -> Fact:
    """Give back what the bank sent back after Done (R18)."""
    return _move("payout_returned", K.PAYOUTS, K.PAYABLE, minor)


def adjustment_booked(minor: int) -> Fact:
    """Add to what is payable, or take from it where ``minor`` is negative (R17, R24)."""
    return _move("adjustment_booked", K.ADJUSTMENTS, K.PAYABLE, minor)


def conversion_made(minor: int) -> Fact:
    """Turn payable money into service credit (R20)."""
    return _move("conversion_made", K.PAYABLE, K.CREDIT, minor)


def conversion_bonus(minor: int) -> Fact:
    """Add the bonus to the credit, at the vendor's cost (R20)."""
    return _move("conversion_bonus", K.BONUSES, K.BONUS_CREDIT, minor)


def commission_bonus_clawed_back(minor: int) -> Fact:
    """Take a part of the bonus back after a refund; a negative amount gives back (R20).

    The credit shrinks, the balance does not: what was added in credit is taken back in credit.
    """
    return _move("commission_bonus_clawed_back", K.BONUS_CREDIT, K.BONUSES, minor)


def commission_frozen(minor: int) -> Fact:
    """Keep what is payable of a suspected commission on hold (R18); negative lets it go."""
    if minor < 0:
        return _move("commission_unfrozen", K.HELD, K.PAYABLE, -minor)
    return _move("commission_frozen", K.PAYABLE, K.HELD, minor)


def commission_voided(place: AccountKind, minor: int) -> Fact:
    """End what is left of a commission that was confirmed as fraud (R17: voided included)."""
    return _move("commission_voided", place, K.CLAWBACKS, minor)
