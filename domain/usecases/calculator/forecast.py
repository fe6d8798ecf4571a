"""The home of the calculator that anyone may use (R44)."""

from dataclasses import dataclass

from domain.errors import DomainError, NotFound
from domain.money import BadAmount, Money, parse_money
from domain.programs.model import Program
from domain.rules.calculator import Earning, Forecast, Step, Way, forecast
from domain.surroundings import Surroundings

__all__ = ["BadClientCount", "Earning", "Forecast", "ForecastEarnings", "Step", "Way"]

CLIENTS_MAX = 100_000
CLIENTS_AT_FIRST = 10
_DIGITS_MAX = 12


class BadClientCount(DomainError):
    """The text is not a number of clients."""

    code = "bad_client_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What somebody expects, as it was typed; ``None`` takes a usual figure."""

    clients: str | None = None
    bill: str | None = None


class ForecastEarnings:
    """Tell what expected clients would bring; nothing is stored and no right is needed."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    def __call__(
        self, program: str | None = None, expected: Expectation | None = None
    ) -> Forecast:
        """Return the forecast of a program, the first one by default.

        Raises:
            NotFound: there is no such program.
            BadClientCount: the number of clients is none.
            BadAmount: the bill is no amount in the program's currency.
        """
        terms = self._terms(program)
        expected = expected or Expectation()
        clients = CLIENTS_AT_FIRST if expected.clients is None else _count(expected.clients)
        bill = usual_bill(terms) if expected.bill is None else _bill(expected.bill, terms.currency)
        return forecast(terms, clients, bill)

    def _terms(self, key: str | None) -> Program:
        programs = self._around.programs
        paying = (program for program in programs.values() if program.rates)
        first = next(paying, next(iter(programs.values())))
        terms = first if key is None else programs.get(key)
        if terms is None:
            raise NotFound(program=key)
        return terms


def usual_bill(program: Program) -> Money:
    """Return a bill to begin with: twice the least pay-out is of a fit size in any currency."""
    return Money(program.payout_minimum.minor * 2, program.currency)


def _count(text: str) -> int:
    plain = "".join(text.split())
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS_MAX):
        raise BadClientCount(text=text, most=CLIENTS_MAX)
    count = int(plain)
    if not 1 <= count <= CLIENTS_MAX:
        raise BadClientCount(text=text, most=CLIENTS_MAX)
    return count


def _bill(text: str, currency: str) -> Money:
    plain = "".join(text.upper().replace(currency, "").split()).replace(",", ".")
    try:
        return parse_money(plain, currency)
    except BadAmount as refusal:
        raise BadAmount(**{**refusal.facts, "text": text}) from None
