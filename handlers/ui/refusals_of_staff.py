"""The home of the words of refusals in the staff's own work: broadcasts, roles, reports."""

from handlers.ui.html import Html
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


STAFF_WORDS = {
    "broadcast_not_open": _not_open,
    "broadcast_incomplete": _incomplete,
    "broadcast_second_person": _second_person,
    "last_owner": _last_owner,
    "owner_of_config": _owner_of_config,
}
