"""What the second implementation of the money remembers: nothing of the product is imported."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import floor


def half_up(exact: Fraction) -> int:
    """Round to a whole number, halves up."""
    return floor(exact + Fraction(1, 2))


@dataclass(eq=False)
class Earned:
    """A commission."""

    owner: str
    rate: Fraction
    minor: int
    made_at: datetime
    place: int
    payable_at: datetime
    state: str
    clawed: int = 0
    reserved: int = 0
    paid: int = 0
    converted: int = 0
    given: int = 0
    bonus: int = 0

    @property
    def left(self) -> int:
        """Return what is still there to be spent."""
        return self.minor - self.clawed - self.reserved - self.paid - self.converted


@dataclass(eq=False)
class Adjusted:
    """A correction."""

    owner: str
    minor: int
    made_at: datetime
    place: int
    reserved: int = 0
    paid: int = 0
    converted: int = 0
    undone: bool = False

    @property
    def left(self) -> int:
        """Return what is still there to be spent."""
        return self.minor - self.reserved - self.paid - self.converted


@dataclass(eq=False)
class Paid:
    """A client's payment."""

    client: str
    minor: int
    exchange: Fraction
    at: datetime
    retained: bool
    owner: str | None = None
    refunded: int = 0
    chargebacks: int = 0
    commission: Earned | None = None


@dataclass(eq=False)
class Asked:
    """A pay-out."""

    owner: str
    parts: list[tuple[Earned | Adjusted, int]]
    status: str = "requested"


@dataclass
class Client:
    """Who registered when, and whose it is."""

    registered_at: datetime
    owner: str | None
    awaits: str | None = None
