"""The home of what an e-mail says, before it is put into its frame."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.ui.html import Html
from handlers.ui.language import Language

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """What an e-mail says; everything but the addresses of buttons is words of the reader.

    Attributes:
        subject: One line.
        heading: The first line of the message itself.
        paragraphs: One after the other.
        code: Something to copy or to type, shown large; or "".
        facts: Names with their values, such as the number of a contract and its date.
        action: Words and address of the one button, or ``None``.
        why: Why the reader gets it, small, at the end.
    """

    subject: Html
    heading: Html
    paragraphs: tuple[Html, ...]
    code: str = ""
    facts: tuple[tuple[Html, Html], ...] = ()
    action: tuple[Html, str] | None = None
    why: Html | None = None


MailWords = Callable[[Language, Params, str], MailText]
"""Given the language, the parameters and the address of the bot ("" while it is not known)."""


def own_text(language: Language, texts: object) -> str:
    """Return the text in the reader's language, else in English."""
    known = texts if isinstance(texts, Mapping) else {}
    return str(known.get(language.code) or known.get("en") or "")
