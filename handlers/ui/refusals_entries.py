"""The home of the words of refusals about what staff enter by hand, and about events."""

from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.marks import event_problem

Facts = dict[str, object]


def _entry_refused(language: Language, facts: Facts) -> Html:
    if facts["problem"] in {"exchange_rate", "data.exchange_rate"}:
        return language.say(
            "Nothing was recorded: the program counts in another currency. Add the rate at the "
            "end, program units for one unit paid, for example: <code>/pay ID 100 EUR 1.08</code>"
        )
    return language.say(
        "Nothing was recorded: {problem}.",
        problem=event_problem(language, str(facts["problem"])),
    )


def _event_still_fails(language: Language, facts: Facts) -> Html:
    return language.say(
        "A mistake in this program still keeps the event from applying. Nothing is lost: give the "
        "engineers reference <code>{reference}</code>, and run it again after an update.",
        reference=facts["reference"],
    )


def _event_replaced(language: Language, facts: Facts) -> Html:
    return language.say(
        "The event <code>{event}</code> has been replaced: the vendor reported the same again as "
        "<code>{by}</code>, which took effect. There is nothing left to run.",
        event=facts["event"],
        by=facts["by"],
    )


def _undo_too_late(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "Undo was possible for {count} minute only.",
        "Undo was possible for {count} minutes only.",
        int(str(facts["minutes"])),
    )


REFUSALS_OF_ENTRIES = {
    "entry_refused": _entry_refused,
    "event_still_fails": _event_still_fails,
    "event_replaced": _event_replaced,
    "undo_too_late": _undo_too_late,
}
