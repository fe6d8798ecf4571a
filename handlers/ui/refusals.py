"""The home of how a refusal is shown: what is wrong, what is allowed, what to do next."""

from domain.errors import DomainError
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.refusals_gathered import WAYS_OUT, WORDS
from handlers.ui.screen import Rows, Screen

WORDED_CODES = frozenset(WORDS)
"""Codes of refusals that have words of their own; a test compares them with the domain."""


def refusal_screen(language: Language, refusal: DomainError) -> Screen:
    """Return what a person sees instead of what it asked for."""
    words = WORDS.get(refusal.code, _general)
    return Screen(words(language, refusal.facts), _ways_out(language, refusal))


def _ways_out(language: Language, refusal: DomainError) -> Rows:
    return next((rows for way in WAYS_OUT if (rows := way(language, refusal))), ())


def _general(language: Language, _facts: dict[str, object]) -> Html:
    return language.say("This is not possible now. /menu shows what is.")
