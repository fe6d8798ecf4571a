"""The home of money: integer minor units tied to a currency, and the only places that divide."""

import re
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import DomainError
from domain.records import quick

MINOR_LIMIT = 10**15
"""Amounts stay below this many minor units (spec: interfaces, limits)."""
RATE_DECIMALS_MAX = 12
BPS = 10_000

_AMOUNT = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,12})?", re.ASCII)
_EXCHANGE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?%", re.ASCII)

# ISO 4217 as of 2026: decimals other than two; all other current codes have two. Our own table,
# because Babel prints some currencies without the decimals that the books keep (R11).
_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_TWO_DECIMALS = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR "
    "LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD "
    "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW "
    "ZWG"
)
DECIMALS: dict[str, int] = dict.fromkeys(_TWO_DECIMALS.split(), 2) | {
    code: decimals for decimals, codes in _DECIMALS.items() for code in codes.split()
}


class UnknownCurrency(DomainError):
    """The text is not a current ISO 4217 code."""

    code = "unknown_currency"


class BadAmount(DomainError):
    """The text is not an amount that the currency can express."""

    code = "bad_amount"


def decimals_of(currency: str) -> int:
    """Return how many decimals the currency has.

    Raises:
        UnknownCurrency: the code is not in ISO 4217.
    """
    try:
        return DECIMALS[currency]
    except KeyError:
        raise UnknownCurrency(currency=currency) from None


def round_half_up(numerator: int, denominator: int) -> int:
    """Return the quotient rounded half up, away from zero for negatives (R11)."""
    if numerator < 0:
        return -round_half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


@quick
@dataclass(frozen=True, slots=True, order=False)
class Money:
    """A signed amount in minor units of one currency.

    Attributes:
        minor: Minor units (cents), an integer.
        currency: ISO 4217 code.
    """

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        """Return the sum; both must have one currency."""
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Return the difference; both must have one currency."""
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        """Return the opposite amount."""
        return Money(-self.minor, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other.minor

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))

    def __str__(self) -> str:
        """Return the amount as a decimal string with all decimals of the currency, no code."""
        return f"{self.decimal:f}"


def parse_money(text: str, currency: str) -> Money:
    """Read ``digits[.digits]`` above zero, exactly as the HTTP API and people send it.

    Raises:
        UnknownCurrency: the currency does not exist.
        BadAmount: not such a number, zero, too many decimals, or 10^15 minor units and more.
    """
    decimals = decimals_of(currency)
    if not _AMOUNT.fullmatch(text):
        raise BadAmount(text=text, currency=currency, decimals=decimals, problem="format")
    whole, _, fraction = text.partition(".")
    if len(fraction) > decimals:
        raise BadAmount(text=text, currency=currency, decimals=decimals, problem="decimals")
    minor = int(whole + fraction.ljust(decimals, "0"))
    if minor == 0:
        raise BadAmount(text=text, currency=currency, decimals=decimals, problem="zero")
    if minor >= MINOR_LIMIT:
        raise BadAmount(text=text, currency=currency, decimals=decimals, problem="too_large")
    return Money(minor, currency)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """Program currency units per one unit of the payment currency, exact to 12 decimals (R12).

    Attributes:
        scaled: The rate times 10^12.
    """

    scaled: int

    @classmethod
    def parse(cls, text: str) -> "ExchangeRate":
        """Read a rate above zero with up to 12 decimals.

        Raises:
            BadAmount: the text is something else.
        """
        if not _EXCHANGE.fullmatch(text):
            raise BadAmount(text=text, problem="format")
        whole, _, fraction = text.partition(".")
        scaled = int(whole + fraction.ljust(RATE_DECIMALS_MAX, "0"))
        if scaled == 0:
            raise BadAmount(text=text, problem="zero")
        return cls(scaled)

    def __str__(self) -> str:
        """Return the shortest decimal text of the rate."""
        text = f"{Decimal(self.scaled).scaleb(-RATE_DECIMALS_MAX):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


SAME_CURRENCY = ExchangeRate(10**RATE_DECIMALS_MAX)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A share in basis points: whole hundredths of a percent (R11).

    Attributes:
        bps: 1 250 is 12.5 %.
    """

    bps: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """Read ``12.5%``.

        Raises:
            BadAmount: not a percentage from 0% to 100% with at most two decimals.
        """
        match = _PERCENT.fullmatch(text)
        if not match:
            raise BadAmount(text=text, problem="format")
        bps = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
        if bps > BPS:
            raise BadAmount(text=text, problem="too_large")
        return cls(bps)

    def of(
        self, minor: int, source: str, target: str, exchange: ExchangeRate, *, tax_bps: int = 0
    ) -> int:
        """Return this share of an amount, converted, rounded half up once (R11).

        Args:
            minor: Minor units of ``source``.
            source: Currency of the payment.
            target: Currency of the program.
            exchange: ``target`` units per ``source`` unit.
            tax_bps: A tax that the amount includes and of which there is no share: 2 000 is a tax
                of 20 % on the price without it.
        """
        return self.of_part(minor, source, target, exchange, (BPS, BPS + tax_bps))

    def of_part(
        self, minor: int, source: str, target: str, exchange: ExchangeRate, part: tuple[int, int]
    ) -> int:
        """Return this share of a part of an amount, converted, rounded half up once (R11, R20).

        Args:
            minor: Minor units of ``source``.
            source: Currency of the payment.
            target: Currency of the program.
            exchange: ``target`` units per ``source`` unit.
            part: Numerator and denominator of the part.
        """
        numerator = minor * exchange.scaled * self.bps * 10 ** decimals_of(target) * part[0]
        denominator = BPS * 10 ** (RATE_DECIMALS_MAX + decimals_of(source)) * part[1]
        return round_half_up(numerator, denominator)

    def __str__(self) -> str:
        """Return the percentage without needless zeros, such as ``12.5%``."""
        text = f"{Decimal(self.bps).scaleb(-2):f}"
        return f"{text.rstrip('0').rstrip('.')}%"


WHOLE = Rate(BPS)


def convert(minor: int, source: str, target: str, exchange: ExchangeRate) -> int:
    """Return minor units of ``target`` for minor units of ``source``, half up."""
    if source == target and exchange == SAME_CURRENCY:
        return minor
    return WHOLE.of(minor, source, target, exchange)


def split_in_proportion(total: int, weights: list[int]) -> list[int]:
    """Share ``total`` over ``weights`` by largest remainder; equal ones go to the earlier (R13).

    Args:
        total: Minor units, not negative.
        weights: Not negative, with a sum above zero.
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
