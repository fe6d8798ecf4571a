"""The home of the words of refusals about applications."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.entities.application import ApplicationStatus
from domain.entities.partner import LegalForm
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.errors import DomainError
from handlers.ui.application_hints import problem_words
from handlers.ui.application_words import field_name, item_name, paper_name, status_words
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_applications import ApplicationPress
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _field_invalid(language: Language, facts: Facts) -> Html:
    name = bold(field_name(language, FieldKind(str(facts["field"]))))
    return lines(
        Html(f"⚠️ {name}: {problem_words(language, str(facts['problem']), facts)}"),
        language.say("Everything else is kept. Send it once more."),
    )


def _locked(language: Language, facts: Facts) -> Html:
    return language.say(
        "Application {number} cannot be changed now: {status}.",
        number=facts["number"],
        status=status_words(language, ApplicationStatus(str(facts["status"]))),
    )


def _decided(language: Language, facts: Facts) -> Html:
    status = status_words(language, ApplicationStatus(str(facts["status"])))
    if facts.get("by_name"):
        return language.say(
            "Application {number} is decided already by {name}: {status}.",
            number=facts["number"],
            name=short(str(facts["by_name"]), 60),
            status=status,
        )
    return language.say(
        "This is not possible for application {number} now: {status}.",
        number=facts["number"],
        status=status,
    )


def _names(language: Language, facts: Facts) -> Html:
    items = facts.get("items")
    keys = [str(key) for key in items] if isinstance(items, Sequence) else []
    return lines(*(Html(f"▫️ {item_name(language, key)}") for key in keys))


def _incomplete(language: Language, facts: Facts) -> Html:
    head = language.say("Before it can be sent, this is needed:")
    return lines(head, _names(language, facts))


def _not_accepted(language: Language, facts: Facts) -> Html:
    head = language.say("Before an approval, each of these must be accepted:")
    return lines(head, _names(language, facts))


def _later(language: Language, facts: Facts) -> Html:
    at = facts["possible_at"]
    return language.say(
        "You can correct everything now, and send it again from {at}.",
        at=language.instant(at) if isinstance(at, datetime) else "—",
    )


def _nothing_refused(language: Language, _facts: Facts) -> Html:
    return language.say("Nothing is refused. Refuse a paper or an answer first.")


def _originals(language: Language, _facts: Facts) -> Html:
    return language.say("The program approves only when the originals are here.")


def _bad_number(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "This cannot be a number of a contract: letters, digits and / . _ - only, at most {count} "
        "character.",
        "This cannot be a number of a contract: letters, digits and / . _ - only, at most {count} "
        "characters.",
        int(str(facts["most"])),
    )


def _number_taken(language: Language, facts: Facts) -> Html:
    return language.say(
        "The number {number} belongs to another application.", number=bold(facts["number"])
    )


def _bad_date(language: Language, facts: Facts) -> Html:
    first, last = facts.get("first"), facts.get("last")
    if isinstance(first, date) and isinstance(last, date):
        return language.say(
            "The contract can be of {first} to {last}.",
            first=language.day(first),
            last=language.day(last),
        )
    return language.say("This is not a date. Write it like 31.12.2026.")


def _not_prepared(language: Language, _facts: Facts) -> Html:
    return language.say("The contract has changed meanwhile. Press Approve again to see it.")


def _own(language: Language, _facts: Facts) -> Html:
    return language.say("This is your own application, so somebody else must decide.")


def _takes_part(language: Language, facts: Facts) -> Html:
    if facts.get("is_active"):
        return language.say("You take part in this program already.")
    return language.say("Your participation in this program was ended. Please ask the vendor.")


def _not_admitted(language: Language, facts: Facts) -> Html:
    form = str(facts.get("form") or "")
    if form not in set(LegalForm):
        return language.say("Choose your legal form first.")
    return language.say(
        "{form}: this legal form does not fit here. A partner has one legal form in all programs, "
        "and each program says which it admits.",
        form=form_title(language, LegalForm(form)),
    )


def _rules_changed(language: Language, _facts: Facts) -> Html:
    return language.say("The rules have changed. Please read them once more, then send it again.")


def _paper_accepted(language: Language, facts: Facts) -> Html:
    return language.say(
        "{paper} is accepted already and stays as it is.",
        paper=bold(paper_name(language, PaperKind(str(facts["paper"])))),
    )


def _words_missing(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "Please send words, at most {count} character.",
        "Please send words, at most {count} characters.",
        int(str(facts["most"])),
    )


def _waits(language: Language, _facts: Facts) -> Html:
    return language.say("The reviewer has your messages and will answer. Please wait for it.")


LEADING_TO_FORM = frozenset(
    {"field_invalid", "no_answer", "reapply_later", "rules_changed", "application_locked"}
)
REFUSALS_OF_APPLICATIONS = {
    "field_invalid": _field_invalid,
    "no_answer": _field_invalid,
    "application_locked": _locked,
    "application_decided": _decided,
    "application_incomplete": _incomplete,
    "papers_not_accepted": _not_accepted,
    "reapply_later": _later,
    "nothing_refused": _nothing_refused,
    "originals_missing": _originals,
    "bad_contract_number": _bad_number,
    "contract_number_taken": _number_taken,
    "bad_contract_date": _bad_date,
    "not_prepared": _not_prepared,
    "own_application": _own,
    "already_takes_part": _takes_part,
    "form_not_admitted": _not_admitted,
    "rules_changed": _rules_changed,
    "paper_accepted": _paper_accepted,
    "words_missing": _words_missing,
    "waits_for_answer": _waits,
}


def applications_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under these refusals; none for others."""
    say = language.say
    if refusal.code == "application_incomplete" and "application_id" in refusal.facts:
        go_on = ApplicationPress(action="next", id=int(str(refusal.facts["application_id"])))
        return ((Button(say("▶️ Go on"), go_on),),)
    if refusal.code in (
        "field_invalid",
        "no_answer",
        "reapply_later",
        "rules_changed",
        "application_locked",
    ):
        return ((Button(say("📝 My application"), Open(screen="application")),),)
    return ()
