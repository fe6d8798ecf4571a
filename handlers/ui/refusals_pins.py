"""The home of the words of refusals about clients named in advance."""

from datetime import datetime

from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_pins import PinPress
from handlers.ui.html import Html, code, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _off(language: Language, _facts: Facts) -> Html:
    return language.say(
        "In this program clients are not named in advance: they come by your link."
    )


def _not_active(language: Language, facts: Facts) -> Html:
    if facts["status"] == "suspended":
        return language.say(
            "You are suspended, so you can name no client until the vendor reinstates you."
        )
    return language.say("You have left the program. Take part again to name clients.")


def _bad_account(language: Language, facts: Facts) -> Html:
    say = language.say
    return lines(
        say(
            "This cannot be an account ID: it has 1 to {limit} Latin letters, digits or signs, "
            "without spaces.",
            limit=facts["limit"],
        )
        if not facts.get("example")
        else say("An account ID looks like this: {example}.", example=code(facts["example"])),
        say("Copy it from the client’s account, and send it again."),
    )


def _too_many(language: Language, facts: Facts) -> Html:
    at = facts["possible_at"]
    limit = facts["limit"]
    return language.say_many(
        "You have named {count} account within 24 hours; that is all for now. The next one from "
        "{at}.",
        "You have named {count} accounts within 24 hours; that is all for now. The next one from "
        "{at}.",
        limit if isinstance(limit, int) else 0,
        at=language.instant(at) if isinstance(at, datetime) else "—",
    )


def _void(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This request is over: it was answered or withdrawn, or its time has passed. Nothing was "
        "changed. Ask your partner for a new one if you want to confirm."
    )


def _not_yours(language: Language, _facts: Facts) -> Html:
    return language.say(
        "Only the client itself can answer this, from the Telegram account or with the phone "
        "number that the vendor knows. Nothing was changed."
    )


def _not_protected(language: Language, _facts: Facts) -> Html:
    return language.say("There is no protection now: the vendor may contact the client directly.")


REFUSALS_OF_PINS = {
    "pinning_off": _off,
    "pinner_not_active": _not_active,
    "bad_pinned_account": _bad_account,
    "too_many_pins": _too_many,
    "pin_void": _void,
    "pin_not_yours": _not_yours,
    "not_protected": _not_protected,
}


def pins_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under a refusal about named clients; none for others."""
    say = language.say
    if refusal.code == "pinning_off":
        return ((Button(say("👥 Referrals"), Open(screen="referrals")),),)
    if refusal.code == "bad_pinned_account":
        return ((Button(say("✖️ Cancel"), PinPress(action="cancel")),),)
    if refusal.code in ("pinner_not_active", "too_many_pins"):
        return ((Button(say("📌 Named clients"), PinPress(action="list")),),)
    return ()
