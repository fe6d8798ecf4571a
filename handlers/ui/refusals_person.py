"""The home of the words of refusals of what anybody has."""

from handlers.ui.html import Html, short
from handlers.ui.language import Language

Facts = dict[str, object]


def bad_quiet_hours(language: Language, _facts: Facts) -> Html:
    """Say how quiet hours are typed."""
    return language.say(
        "These are no quiet hours. Type two different times, such as {example}, or /cancel.",
        example="22:00–08:00",
    )


def unknown_zone(language: Language, facts: Facts) -> Html:
    """Say how a time zone is typed."""
    return language.say(
        "I know no time zone or city “{zone}”. Type the nearest big city or an offset from UTC, "
        "such as {example}, or /cancel.",
        zone=short(str(facts["zone"]), 60),
        example="+2",
    )


WORDS_OF_PERSON = {
    "bad_quiet_hours": bad_quiet_hours,
    "unknown_zone": unknown_zone,
}
