"""The home of the words of refusals about questions, the profile and leaving."""

from datetime import datetime

from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_questions import ProfilePress, QuestionPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _whole(facts: Facts, name: str) -> int:
    return int(str(facts[name]))


def _empty(language: Language, _facts: Facts) -> Html:
    return language.say("Please send words, a photo or a document. Other kinds cannot be kept.")


def _too_long(language: Language, facts: Facts) -> Html:
    return language.say(
        "This is {length} characters long; at most {limit} fit into one message. Please shorten "
        "it, or send it in two.",
        length=language.number(_whole(facts, "length")),
        limit=language.number(_whole(facts, "most")),
    )


def _too_many(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "{count} question of yours is still open, which is the limit. Add to it, or close it; "
        "then you can ask a new one.",
        "{count} questions of yours are still open, which is the limit. Add to one of them, or "
        "close one; then you can ask a new one.",
        _whole(facts, "most"),
    )


def _too_often(language: Language, facts: Facts) -> Html:
    at = facts["possible_at"]
    return language.say(
        "You have written {limit} messages in an hour, which is the limit. Next time: {at}.",
        limit=facts["limit"],
        at=language.instant(at) if isinstance(at, datetime) else "—",
    )


def _closed(language: Language, facts: Facts) -> Html:
    return language.say("Question {number} is closed already.", number=facts["number"])


def _nobody(language: Language, _facts: Facts) -> Html:
    return language.say("There is nobody to hand this question over to.")


def _handed_over(language: Language, facts: Facts) -> Html:
    if facts["to"] == "vendor":
        return language.say("The vendor has this question already.")
    return language.say("The partner has this question already.")


def _bad_name(language: Language, facts: Facts) -> Html:
    return language.say(
        "This cannot be a name. Send {least} to {most} characters on one line, with at least one "
        "letter or digit.",
        least=facts["least"],
        most=facts["most"],
    )


def _withdraw_first(language: Language, facts: Facts) -> Html:
    return lines(
        language.say(
            "You have <b>{payable}</b> that you can withdraw. Please do it first: only who takes "
            "part can ask for a pay-out.",
            payable=facts["payable"],
        ),
        language.say("As soon as the request is sent you can leave; it is paid all the same."),
    )


REFUSALS_OF_QUESTIONS = {
    "question_empty": _empty,
    "question_too_long": _too_long,
    "too_many_open_questions": _too_many,
    "writes_too_often": _too_often,
    "question_closed": _closed,
    "nobody_to_hand_to": _nobody,
    "already_handed_over": _handed_over,
    "bad_partner_name": _bad_name,
    "withdraw_first": _withdraw_first,
}


def questions_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under these refusals; none for others."""
    say = language.say
    if refusal.code in ("question_empty", "question_too_long"):
        return ((Button(say("✖️ Cancel"), QuestionPress(action="leave")),),)
    if refusal.code in ("too_many_open_questions", "writes_too_often"):
        return ((Button(say("💬 My own questions"), Open(screen="support")),),)
    if refusal.code == "bad_partner_name":
        return ((Button(say("✖️ Cancel"), ProfilePress(action="show")),),)
    if refusal.code == "withdraw_first":
        return ((Button(say("💸 Withdraw"), Open(screen="withdraw")),),)
    return ()
