"""The home of finding an IBAN in what a person types as its account, and of proving it (R32)."""

import re
from collections.abc import Iterator

from domain.errors import DomainError
from domain.rules import numbers
from domain.rules.numbers import BadNumber

LOOKS_LIKE = (15, 34)
"""The least and the most signs of any IBAN."""
_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?=[ -]?[A-Za-z0-9])")
_PART = re.compile(r"[ -]?([A-Za-z0-9]+)")


class BadPayoutAccount(DomainError):
    """The text cannot be where a pay-out goes; ``why`` is the code of the cause."""

    code = "bad_payout_account"


def check_iban_within(text: str) -> None:
    """Test that what looks like an IBAN in a text is one: known country, length, check digits.

    The holder's name may follow it. Signs of both cases are a wallet and no IBAN.

    Raises:
        BadPayoutAccount: it is none.
    """
    for start in _START.finditer(text):
        parts = list(_parts(text, start.start()))
        run = "".join(parts)
        if run != run.upper() and run != run.lower():
            parts = _of_one_case(parts)
            run = "".join(parts)
        _check(parts, run.upper())


def _parts(text: str, at: int) -> Iterator[str]:
    """Return the groups of letters and digits from a place on."""
    while (found := _PART.match(text, at)) is not None:
        yield found[1]
        at = found.end()


def _of_one_case(parts: list[str]) -> list[str]:
    """Return the groups before the first that has other letters: a name begins there."""
    is_upper = parts[0] == parts[0].upper()
    good = []
    for part in parts:
        if part != (part.upper() if is_upper else part.lower()):
            break
        good.append(part)
    return good


def _check(parts: list[str], run: str) -> None:
    length = numbers.iban_length(run[:2])
    typed = _typed(parts, length)
    least, most = LOOKS_LIKE
    if not least <= len(typed) <= most:
        return
    if length is None:
        raise BadPayoutAccount(why="iban_country", country=run[:2])
    if len(typed) != length:
        raise BadPayoutAccount(why="iban_length", country=run[:2], length=length, given=len(typed))
    try:
        numbers.iban(typed)
    except BadNumber:
        raise BadPayoutAccount(why="iban_check") from None


def _typed(parts: list[str], length: int | None) -> str:
    """Return what was typed of the number: as long as it has to be, else groups with digits."""
    typed = ""
    for part in parts:
        typed += part.upper()
        if len(typed) == length:
            return typed
    typed = ""
    for part in parts:
        if part.isalpha():
            break
        typed += part.upper()
    return typed
