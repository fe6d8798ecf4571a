"""The home of the balance as partners see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceSheet:
    """What a partner sees of its money, minor units of one currency (R17).

    ``bonus`` stands beside the equation: what the vendor added to converted earnings (R20).
    """

    currency: str
    accrued: int = 0
    held: int = 0
    payable: int = 0
    reserved: int = 0
    paid: int = 0
    converted: int = 0
    retained: int = 0
    clawed_back: int = 0
    adjusted: int = 0
    bonus: int = 0
