"""The home of the words for papers: what they are, how large, under which name they go out."""

from collections.abc import Callable
from typing import Final

from domain.entities.paper import Paper
from domain.entities.questionnaire import PaperKind
from handlers.ui.application_words import paper_name
from handlers.ui.html import Html, code, short
from handlers.ui.language import Language

NAME_LENGTH = 40
_KIBIBYTE, _MEBIBYTE = 1024, 1024 * 1024

_KINDS: Final[dict[str, Callable[[Language], Html]]] = {
    "passport": lambda language: language.say("Passport"),
    "tax_certificate": lambda language: language.say("Certificate of tax registration"),
    "registration": lambda language: language.say("Certificate of registration"),
    "authority": lambda language: language.say("Proof that the employee may sign"),
    "company_details": lambda language: language.say("Company details"),
    "bank_details": lambda language: language.say("Bank details"),
    "contract": lambda language: language.say("Contract"),
    "signed_document": lambda language: language.say("Signed document"),
}
"""Kinds that many programs ask for; another one is shown by its name in the program's file."""


def paper_kind(language: Language, kind: str) -> Html:
    """Return what a kind of paper is called."""
    if kind in set(PaperKind):
        return paper_name(language, PaperKind(kind))
    # Each pay-out has papers of a kind of its own.
    words = _KINDS.get("signed_document" if kind.startswith("payout_") else kind)
    return words(language) if words else code(short(kind, NAME_LENGTH))


def paper_size(language: Language, size_bytes: int) -> Html:
    """Return a size as people say it."""
    if size_bytes >= _MEBIBYTE:
        return language.say("{size} MB", size=language.number(round(size_bytes / _MEBIBYTE)))
    return language.say("{size} kB", size=language.number(max(size_bytes // _KIBIBYTE, 1)))


def paper_line(language: Language, paper: Paper) -> Html:
    """Return a paper as a line of a list; a photo has no name."""
    told = {
        "kind": paper_kind(language, paper.kind),
        "page": paper.page,
        "size": paper_size(language, paper.size_bytes),
        "at": paper.stored_at,
    }
    if not paper.name:
        return language.say("• {kind}, page {page}: {size}, {at}", **told)
    name = short(paper.name, NAME_LENGTH)
    return language.say("• {kind}, page {page}: “{name}”, {size}, {at}", name=name, **told)


def sent_name(paper: Paper) -> str:
    """Return the name under which a paper goes out: ours, never the sender's.

    A name from outside can hide its end, or look like a command; the kind and the page tell more.
    """
    kind = "".join(
        sign for sign in paper.kind if sign.isascii() and (sign.isalnum() or sign in "-_")
    )
    return f"{kind or 'paper'}-{paper.page}{paper.media_type.extension}"
