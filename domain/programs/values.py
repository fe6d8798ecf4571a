"""The home of single values of a file: each reader returns the value or says what is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar
from unicodedata import category
from urllib.parse import urlsplit

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Read = Callable[[object], T]
"""Turns a value of the file into ours, or raises Unfit."""


class Unfit(ValueError):
    """The value is not allowed; the message says why and what is, without repeating secrets."""


class WrongType(Unfit):
    """The value is of another type than the key needs."""


_ADDRESS_SIGNS = re.compile(r"[!-~]+", re.ASCII)
_NAMES = {bool: "true or false", int: "a whole number", float: "a number with a fraction"}


def kind_of(value: object) -> str:
    """Return what the value is, in words of a person and without the value."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return _NAMES.get(type(value), "a date or time")


def guess(name: str, known: Iterable[str]) -> str:
    """Return ``did you mean ...? `` with the nearest of the names, or nothing."""
    nearest = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"did you mean {nearest[0]}? " if nearest else ""


def hint(name: str, known: Iterable[str]) -> str:
    """Return ``did you mean ...?`` and the allowed names."""
    names = list(known)
    return f"{guess(name, names)}allowed: {', '.join(names)}"


def text(*, most: int = 4000, blank: bool = False, lines: bool = False) -> Read[str]:
    """Return a reader of text without control characters.

    Args:
        most: Most characters.
        blank: Whether nothing, or only spaces, will do.
        lines: Whether line breaks will do.
    """

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise WrongType(f"text in quotes is needed, this is {kind_of(value)}")
        stripped = value.strip()
        if not stripped and not blank:
            raise Unfit("must not be empty")
        if len(stripped) > most:
            raise Unfit(f"{len(stripped)} characters are too many: at most {most}")
        signs = stripped.replace("\n", "") if lines else stripped
        if _has_control(signs):
            raise Unfit("contains a control character or a line break")
        return stripped

    return read


def _has_control(signs: str) -> bool:
    """Return whether a control character or half of a surrogate pair is inside."""
    return any(category(sign) in {"Cc", "Cs"} for sign in signs)


def integer(least: int, most: int) -> Read[int]:
    """Return a reader of whole numbers in a range, both ends included."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongType(f"a whole number is needed, this is {kind_of(value)}")
        if not least <= value <= most:
            raise Unfit(f"{value} is not allowed: from {least} to {most}")
        return value

    return read


def flag(value: object) -> bool:
    """Read ``true`` or ``false``."""
    if not isinstance(value, bool):
        raise WrongType(f"true or false is needed, this is {kind_of(value)}")
    return value


def one_of(*allowed: str) -> Read[str]:
    """Return a reader of one of the words."""

    def read(value: object) -> str:
        word = text()(value)
        if word not in allowed:
            raise Unfit(f"unknown value {word[:40]!r}; {hint(word, allowed)}")
        return word

    return read


def member_of(kind: type[E]) -> Read[E]:
    """Return a reader of one member of an enumeration, by its value."""
    word = one_of(*kind)
    return lambda value: kind(word(value))


def web_address(value: object) -> str:
    """Read an ``https://`` or ``http://`` address without a password in it."""
    url = text(most=2000)(value)
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        good = good and parts.username is None and parts.password is None
    except ValueError:
        good = False
    if not _ADDRESS_SIGNS.fullmatch(url):
        raise Unfit("has a space or a letter that is not Latin: write xn--... or %XX for it")
    if not good:
        raise Unfit("an address that begins with https:// or http:// is needed")
    return url
