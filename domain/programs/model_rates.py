"""The home of what a program pays for: levels, rows of the rate table, conversion."""

from dataclasses import dataclass
from enum import StrEnum

from domain.money import Money, Rate

ANY = "*"
FIRST = "first"
NO_RATE = Rate(0)


class TierBasis(StrEnum):
    """What is counted for the tier (R9)."""

    PAYING_CLIENTS = "paying_clients"
    ACTIVE_CLIENTS = "active_clients"


class Settlement(StrEnum):
    """Who collects the client's money (R15)."""

    DIRECT = "direct"
    VIA_PARTNER = "via_partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLevel:
    """A named level of partner that holds from a number of counted clients.

    Attributes:
        key: Stable name, such as ``plus``.
        from_clients: The first count at which the tier holds; at least 1.
    """

    key: str
    from_clients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """One row of the rate table; ``*`` matches anything (R7).

    Attributes:
        category: Category of the payment line, or ``*``.
        tier: Tier key, or ``*``.
        settlement: ``direct``, ``via_partner`` or ``*``.
        payment: ``first`` for the payment that makes a client a paying one, or ``*``.
        from_month: The row holds from ``registered_at`` plus so many calendar months.
        rate: The partner's share; 0 where the row gives a fixed amount.
        amount: A fixed amount for the whole payment instead of a share, or ``None``.
    """

    category: str = ANY
    tier: str = ANY
    settlement: str = ANY
    payment: str = ANY
    from_month: int = 0
    rate: Rate = NO_RATE
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How earnings turn into service credit (R20).

    Attributes:
        bonus: Share added on top.
        bonus_base: ``payment`` (of the underlying client payments) or ``amount``.
    """

    bonus: Rate
    bonus_base: str
