"""The home of what no line of the log may hold: secrets, and what stands in rows of people."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

SHORTEST = 6
"""A shorter password would be found in the middle of other words; in addresses it is hidden."""
_SECRETS: Final = (
    # Bot tokens are part of every Bot API address.
    (re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{10,}"), "TOKEN"),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=_-]+"), "SECRET"),
    (re.compile(r"(?i)\b(bearer) [\w.~+/=-]+"), r"\1 TOKEN"),
    (re.compile(r"(://[^\s:/@]+):[^\s@]+@"), r"\1:PASSWORD@"),
)
# Where a traceback goes on after the words of an error; groups of errors are drawn with bars.
_GOES_ON: Final = (
    r"(?=\n[ |+-]*(?:HINT:|\[SQL|\(Background on|The above exception|During handling|Traceback \()"
    r"|\Z)"
)
_ROWS: Final = (
    # PostgreSQL prints the row that breaks a rule; a value may have lines of its own.
    (re.compile(rf"\b(DETAIL|CONTEXT|QUERY|STATEMENT):.*?{_GOES_ON}", re.DOTALL), r"\1: HIDDEN"),
    (re.compile(r"\b(COPY \w+, line \d+)[^\n]*"), r"\1, HIDDEN"),
    # A value that is no number, date or whatever its column takes.
    (
        re.compile(rf'\b(invalid input (?:syntax|value)\b[^"]*)".*?{_GOES_ON}', re.DOTALL),
        r"\1HIDDEN",
    ),
    (re.compile(r'\b(value|string) "[^"]*" (is out of range)'), r"\1 HIDDEN \2"),
    (re.compile(r"\b((?:invalid input for )?query argument \$\d[^:\n]*): [^\n]*"), r"\1: HIDDEN"),
    # What cannot be read of an update.
    (re.compile(r"\b(input_value)=.*?, (input_type=)"), r"\1=HIDDEN, \2"),
)
_known: set[str] = set()
_known_ones: list[re.Pattern[str]] = []


def hide(secrets: Iterable[str]) -> None:
    """Let these very values stand in no line from now on, however they are quoted."""
    _known.update(form for secret in secrets for form in _forms(secret))
    longest_first = sorted(_known, key=len, reverse=True)
    _known_ones[:] = [re.compile("|".join(map(re.escape, longest_first)))] if _known else []


def _forms(secret: str) -> Iterator[str]:
    """Yield the value as it is, in an address, in JSON and in ``repr``."""
    if len(secret) < SHORTEST:
        return
    yield secret
    yield quote(secret, safe="")
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield repr(secret)[1:-1]


def without_secrets(text: str) -> str:
    """Return a text in which no token, secret, password or row stands."""
    for known in _known_ones:
        text = known.sub("SECRET", text)
    for pattern, instead in _SECRETS + _ROWS:
        text = pattern.sub(instead, text)
    return text
