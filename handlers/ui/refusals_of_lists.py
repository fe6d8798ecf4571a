"""The home of the words of refusals about links and periods."""

from collections.abc import Callable

from handlers.ui.html import Html, short
from handlers.ui.language import Language

Words = Callable[[Language, dict[str, object]], Html]


def _bad_period(language: Language, facts: dict[str, object]) -> Html:
    say = language.say
    text = short(str(facts.get("text", "")), 40)
    match facts.get("problem"):
        case "no_such_day":
            return say("“{text}” names a day that does not exist.", text=text)
        case "order":
            return say("The first day comes after the last one. Please send them in order.")
        case "to_come":
            return say("These days are yet to come. Please choose days up to today.")
        case "too_long":
            return language.say_many(
                "A period is at most {count} year long and begins in 2000 or later.",
                "A period is at most {count} years long and begins in 2000 or later.",
                int(str(facts["years"])),
            )
        case _:
            return say(
                "“{text}” is not a period. Send days such as 01.11–15.11, a month such as "
                "11.2026, or a year such as 2026.",
                text=text,
            )


def _bad_label(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "This cannot be the name of a link. Send 1 to {limit} characters on one line.",
        limit=facts["limit"],
    )


def _bad_code(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "This cannot be a code. Send {least} to {most} Latin letters, digits, - or _; "
        "it begins and ends with a letter or a digit.",
        least=facts["least"],
        most=facts["most"],
    )


def _code_taken(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "The code <b>{code}</b> is taken already. Please send another one.", code=facts["code"]
    )


def _label_taken(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "You have a link called <b>{label}</b> already. Please send another name.",
        label=facts["label"],
    )


def _too_many(language: Language, facts: dict[str, object]) -> Html:
    if facts["has"] != facts["limit"]:
        return language.say(
            "You have made {in_all} links, and more are not possible. Use one again that you "
            "have put away.",
            in_all=facts["in_all"],
        )
    return language.say(
        "You have {limit} links in use, and more are not possible. Put one away first: "
        "it goes on working.",
        limit=facts["limit"],
    )


def _suspended(language: Language, _facts: dict[str, object]) -> Html:
    return language.say(
        "Your participation is suspended, so links cannot be changed now. Please ask the vendor."
    )


WORDS: dict[str, Words] = {
    "bad_period": _bad_period,
    "bad_link_label": _bad_label,
    "bad_link_code": _bad_code,
    "link_code_taken": _code_taken,
    "link_label_taken": _label_taken,
    "too_many_links": _too_many,
    "links_suspended": _suspended,
}
