"""The home of the texts of a program file, in every language that people may choose."""

from types import MappingProxyType

from domain.programs.model import LANGUAGES, ProgramTexts
from domain.programs.reading import Table
from domain.programs.values import text

TITLE_MAX = 100
SUMMARY_MAX = 600
RULES_MAX = 3_000
OFFER_MAX = 1_000
NAME_MAX = 40
"""Rules and the words around them fit into one message of 4 096 characters."""


def read_texts(root: Table, tiers: list[str], categories: list[str]) -> dict[str, ProgramTexts]:
    """Read the texts; all languages are required, and what exists may be named in each."""
    table = root.table("texts")
    result = {
        language: _read_language(table, language, tiers, categories) for language in LANGUAGES
    }
    table.close()
    return result


def _read_language(
    texts: Table, language: str, tiers: list[str], categories: list[str]
) -> ProgramTexts:
    if not texts.has(language):
        texts.report.add(
            (*texts.path, language),
            f"the texts in this language are missing: all of {', '.join(LANGUAGES)} are needed",
        )
        return ProgramTexts(title="", summary="", rules="")
    table = texts.table(language)
    result = ProgramTexts(
        title=table.need("title", text(most=TITLE_MAX), "", what="the name of the program"),
        summary=table.need(
            "summary", text(most=SUMMARY_MAX, lines=True), "", what="one or two sentences"
        ),
        rules=table.need(
            "rules", text(most=RULES_MAX, lines=True), "", what="what a partner accepts"
        ),
        client_offer=table.take("client_offer", text(most=OFFER_MAX, blank=True, lines=True), ""),
        excluded_promotion=table.take(
            "excluded_promotion", text(most=OFFER_MAX, blank=True, lines=True), ""
        ),
        tiers=MappingProxyType(_names(table.table("tiers"), tiers, "tier")),
        categories=MappingProxyType(_names(table.table("categories"), categories, "category")),
    )
    table.close()
    return result


def _names(table: Table, keys: list[str], what: str) -> dict[str, str]:
    names = {key: table.take(key, text(most=NAME_MAX), "") for key in keys if table.has(key)}
    for key in table.data:
        if key not in keys:
            allowed = ", ".join(keys) or f"none, the program has no {what} of its own"
            table.report.add((*table.path, key), f"no such {what}; allowed: {allowed}")
    return names
