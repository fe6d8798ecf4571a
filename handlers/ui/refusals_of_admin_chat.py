"""The home of the words of refusals that staff meet in the admin chat."""

from collections.abc import Callable
from datetime import date

from domain.rights import STAFF_RIGHTS, StaffRole
from handlers.ui.html import Html, short
from handlers.ui.language import Language
from handlers.ui.marks import role_name

Words = Callable[[Language, dict[str, object]], Html]


def not_allowed(language: Language, facts: dict[str, object]) -> Html:
    """Return the words for whoever lacks a right: staff are told who has it."""
    right, role = str(facts.get("right")), facts.get("role")
    if right == "staff":
        return language.say(
            "This is not available to you: it is for the vendor’s staff, in the admin chat."
        )
    if not role or right not in STAFF_RIGHTS:
        return language.say("This is not available to you. /menu shows what is.")
    may = [role_name(language, other.value) for other in StaffRole if other in STAFF_RIGHTS[right]]
    return language.say(
        "This is not available to you: your role is {role}. Who may do it: {roles}.",
        role=role_name(language, str(role)),
        roles=Html(", ".join(may)),
    )


def _not_reopened(language: Language, facts: dict[str, object]) -> Html:
    match facts["why"]:
        case "too_late":
            return language.say_many(
                "A rejection can be taken back for {count} minute. The partner can ask again.",
                "A rejection can be taken back for {count} minutes. The partner can ask again.",
                int(str(facts["minutes"])),
            )
        case "asked_anew":
            return language.say(
                "The partner has asked for a new pay-out since. Decide that one instead."
            )
        case _:
            return language.say(
                "The money is not there any more: {payable} is payable now, {amount} is needed. "
                "The partner can ask for what is left.",
                payable=facts["payable"],
                amount=facts["amount"],
            )


def _bad_paid_day(language: Language, facts: dict[str, object]) -> Html:
    earliest, latest = facts["earliest"], facts["latest"]
    return language.say(
        "“{text}” cannot be the day of the payment. Send a date from {earliest} to {latest}, "
        "such as 21.11.2026.",
        text=str(facts["text"]),
        earliest=language.day(earliest) if isinstance(earliest, date) else "—",
        latest=language.day(latest) if isinstance(latest, date) else "—",
    )


def _nothing_to_list(language: Language, facts: dict[str, object]) -> Html:
    left_out = int(str(facts.get("count") or 0))
    if left_out:
        return language.say_many(
            "{count} waits for a signed copy or a receipt that you accept; nothing else waits to "
            "be paid.",
            "{count} wait for a signed copy or a receipt that you accept; nothing else waits to "
            "be paid.",
            left_out,
        )
    return language.say("None of these waits to be paid any more. /payouts shows what does.")


def _bad_search(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "Send {least} to {most} characters to search for.",
        least=facts["least"],
        most=facts["most"],
    )


ADMIN_CHAT_WORDS: dict[str, Words] = {
    "not_allowed": not_allowed,
    "payout_not_reopened": _not_reopened,
    "bad_paid_day": _bad_paid_day,
    "nothing_to_list": _nothing_to_list,
    "bad_search": _bad_search,
}


def _no_partner(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "No partner was found for “{text}”. Use a code, a part of the name, "
        "@username, Telegram ID, e-mail, phone or account ID.",
        text=facts["partner_search"],
    )


def _no_client(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "No client was found for “{text}”. Use an ID, a part of the name, "
        "@username, Telegram ID, e-mail, phone or account ID.",
        text=facts["client_search"],
    )


def _no_payout(language: Language, facts: dict[str, object]) -> Html:
    return language.say("No pay-out has the number <code>{number}</code>.", number=facts["number"])


def _no_pin(language: Language, _facts: dict[str, object]) -> Html:
    return language.say("You have named no such account. /clients shows what you have.")


def _no_invoice(language: Language, _facts: dict[str, object]) -> Html:
    return language.say("There is no such invoice here.")


def _nothing_to_hold(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "No partner has this code, and no payment this ID: {name}.",
        name=f"“{short(str(facts['held']), 60)}”",
    )


NOT_FOUND_WORDS: dict[str, Words] = {
    "held": _nothing_to_hold,
    "invoice": _no_invoice,
    "pin": _no_pin,
    "partner_search": _no_partner,
    "client_search": _no_client,
    "number": _no_payout,
}
"""Words of what was not found, by the fact that tells what was looked for."""
