"""The home of the words of forecasts: ways to earn, tiers and their rates."""

from domain.money import Rate
from domain.programs.model import Program
from domain.usecases.calculator.forecast import Forecast, Way
from handlers.ui.html import Html, safe, sentence
from handlers.ui.language import Language

_ABBREVIATIONS = frozenset({"api", "cdn", "crm", "dns", "s3", "ssl", "vds", "vpn", "vps"})


def way_name(language: Language, program: Program, way: Way, *, is_only_category: bool) -> Html:
    """Return what a way of earning is called.

    Args:
        language: The reader's.
        program: Names its categories.
        way: The way.
        is_only_category: The program has no categories, so only the settlement tells ways apart.
    """
    say = language.say
    parts: list[str] = []
    if way.category is not None:
        parts.append(category_name(language, program, way.category))
    elif not is_only_category:
        parts.append(say("Everything else"))
    if way.settlement == "direct":
        parts.append(say("the client pays the vendor"))
    elif way.settlement == "via_partner":
        parts.append(say("you collect the payment"))
    return Html(", ".join(safe(part) for part in parts)) if parts else say("Any payment")


def category_name(language: Language, program: Program, category: str) -> str:
    """Return a category of service as people read it; where no name is written, by its key."""
    named = program.category_name(category, language.code)
    if named != category:
        return named
    words = category.replace("_", " ").split()
    shown = " ".join(word.upper() if word in _ABBREVIATIONS else word for word in words)
    return shown[:1].upper() + shown[1:]


def way_names(language: Language, forecast: Forecast) -> list[Html]:
    """Return the names of a forecast's ways, in their order."""
    is_only = all(earning.way.category is None for earning in forecast.earnings)
    return [
        sentence(way_name(language, forecast.program, earning.way, is_only_category=is_only))
        for earning in forecast.earnings
    ]


def tier_words(language: Language, forecast: Forecast) -> Html:
    """Return which tier holds with the expected clients, or what is missing to the first."""
    say, program, progress = language.say, forecast.program, forecast.progress
    if progress.level is not None:
        return say("Tier: {tier}", tier=program.tier_name(progress.level.key, language.code))
    if progress.following is not None:
        return language.say_many(
            "{count} more client, and the first tier begins: {tier}",
            "{count} more clients, and the first tier begins: {tier}",
            progress.missing_clients,
            tier=program.tier_name(progress.following.key, language.code),
        )
    return say("One rate for everybody")


def highest_rate(program: Program) -> Rate | None:
    """Return the highest rate of the table, ``None`` for a program that pays nothing."""
    rates = [row.rate for row in program.rates if row.rate.bps]
    return max(rates, default=None)
