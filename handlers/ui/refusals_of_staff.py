"""The home of the words of refusals in the staff's own work: broadcasts, roles, reports."""

from handlers.ui.html import Html, short
from handlers.ui.language import Language

Facts = dict[str, object]


def _not_open(language: Language, facts: Facts) -> Html:
    say = language.say
    words = {
        "sending": say("It is being sent already."),
        "sent": say("It has been sent already."),
        "stopped": say("It was stopped."),
        "dropped": say("It was thrown away."),
    }
    told = words.get(str(facts["status"]), say("It is not being sent."))
    return say("{told} /broadcast begins a new one.", told=told)


def _incomplete(language: Language, facts: Facts) -> Html:
    if facts["missing"] == "text":
        return language.say("There is no text yet. Press “Text” and write one.")
    return language.say(
        "Nobody would get it: the choice of recipients is empty. Press “Recipients” to widen it."
    )


def _second_person(language: Language, _facts: Facts) -> Html:
    return language.say("You asked for it, so another owner or manager must confirm.")


def _last_owner(language: Language, _facts: Facts) -> Html:
    return language.say("This is the last owner. Make somebody else an owner first.")


def _owner_of_config(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This owner is named in the config under staff.owners and can be changed only there."
    )


def _bad_period(language: Language, facts: Facts) -> Html:
    say = language.say
    match facts.get("problem"):
        case "order":
            return say("The first day comes after the last one.")
        case "to_come":
            return say("These days are still to come. Choose days up to today.")
        case "no_such_day":
            return say("There is no such day in the calendar.")
        case "too_long":
            return language.say_many(
                "That is too long: at most {count} year, from 2000 on.",
                "That is too long: at most {count} years, from 2000 on.",
                int(str(facts.get("years", 10))),
            )
        case _:
            return say(
                "“{text}” is no period. Send days like 01.11–15.11, a month like 11.2026, or a "
                "year.",
                text=short(str(facts.get("text", "")), 40),
            )


STAFF_WORDS = {
    "bad_period": _bad_period,
    "broadcast_not_open": _not_open,
    "broadcast_incomplete": _incomplete,
    "broadcast_second_person": _second_person,
    "last_owner": _last_owner,
    "owner_of_config": _owner_of_config,
}
