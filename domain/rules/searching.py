"""The home of reading what staff type to find somebody."""

from domain.contacts import normal_phone
from domain.entities.search import SEARCH_LENGTH, SearchText
from domain.errors import DomainError

PHONE_DIGITS_MIN = 4
_INT64_MAX = 2**63 - 1


class BadSearch(DomainError):
    """The text is too short or too long to find anybody by."""

    code = "bad_search"


def read_search(text: str) -> SearchText:
    """Return the text in every way that it may be meant.

    Raises:
        BadSearch: too short or too long.
    """
    plain = " ".join(text.split())
    least, most = SEARCH_LENGTH
    if not least <= len(plain) <= most:
        raise BadSearch(least=least, most=most)
    cases = (plain, plain.lower(), plain.upper(), plain.capitalize(), plain.title())
    is_number = plain.isascii() and plain.isdigit()
    return SearchText(
        plain=plain,
        spellings=tuple(dict.fromkeys(cases)),
        number=int(plain) if is_number and int(plain) <= _INT64_MAX else None,
        phone=_phone(plain),
        username=plain.removeprefix("@").lower(),
        is_username=plain.startswith("@"),
    )


def _phone(plain: str) -> str:
    """Return the digits of what looks like a phone number; other texts may hold digits too."""
    if any(sign.isalpha() for sign in plain) or "@" in plain:
        return ""
    digits = normal_phone(plain)
    return digits if len(digits) >= PHONE_DIGITS_MIN else ""
