"""The home of guessing what somebody meant who typed what nothing waits for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

LIKENESS_MIN = 0.6
_EMAIL = re.compile(r"\S+@\S+\.\S{2,}")
_AMOUNT = re.compile(r"[+\-−]?\d{1,9}(?:[.,]\d{1,2})?\s*(?:[A-Za-z]{3}|[$€₽₴])?")
_PHONE = re.compile(r"\+?\d[\d\s()\-]{8,18}")
_START = re.compile(r"(?:https?://)?t\.me/\w+\?start=([A-Za-z0-9_-]{1,64})", re.IGNORECASE)
_REDIRECT = re.compile(r"(?:https?://)?[^\s/]+(?:/[^\s/]+)*/r/([A-Za-z0-9_-]{1,64})/?(?:\?\S*)?")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:com|net|org|io|ru|ua|bg)(?:/\S*)?")


class Meant(StrEnum):
    """What a text looks like."""

    COMMAND = "command"
    INVITATION = "invitation"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    LINK = "link"
    WORDS = "words"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody may have meant.

    Attributes:
        meant: What it looks like.
        value: The code in a link, the likeliest command, or "".
    """

    meant: Meant
    value: str = ""


def guess(text: str | None, commands: Iterable[str]) -> Guess:
    """Return what a message may have meant, out of its text alone."""
    if text is None:
        return Guess(Meant.NO_TEXT)
    text = text.strip()
    if text.startswith("/"):
        word = text[1:].split(maxsplit=1)[0].partition("@")[0].lower() if text[1:].strip() else ""
        known = list(commands)
        longer = [name for name in known if word and name.startswith(word)]
        close = longer or get_close_matches(word, known, n=1, cutoff=LIKENESS_MIN)
        return Guess(Meant.COMMAND, close[0] if close else "")
    invited = _START.fullmatch(text)
    if invited:
        return Guess(Meant.INVITATION, invited[1])
    invited = _REDIRECT.fullmatch(text)
    if invited:
        return Guess(Meant.INVITATION, f"r_{invited[1]}")
    return Guess(_looks_like(text))


def _looks_like(text: str) -> Meant:
    kinds = ((Meant.EMAIL, _EMAIL), (Meant.NUMBER, _AMOUNT), (Meant.PHONE, _PHONE))
    for meant, pattern in (*kinds, (Meant.LINK, _LINK)):
        if pattern.fullmatch(text):
            return meant
    return Meant.WORDS
