"""The home of the words of refusals about changed terms and scheduled pay-outs."""

from datetime import date

from domain.errors import DomainError
from domain.money import Money
from handlers.ui.callbacks import Open, TermsPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _not_accepted(language: Language, facts: Facts) -> Html:
    say, since = language.say, facts.get("since")
    return lines(
        say("📜 The rules have changed, and you have not accepted them yet."),
        say(
            "Version {version} applies since {date}.",
            version=facts["version"],
            date=language.day(since),
        )
        if isinstance(since, date)
        else None,
        say(
            "You go on earning and nothing is lost. Pay-outs and conversion are possible as soon "
            "as you have read and accepted it."
        ),
    )


def _scheduled(language: Language, facts: Facts) -> Html:
    say = language.say
    due, payable, minimum = (facts.get(name) for name in ("due", "payable", "minimum"))
    if not isinstance(due, date):
        return say("This program pays out by itself on its days. /withdraw shows the next one.")
    is_enough = (
        isinstance(payable, Money)
        and isinstance(minimum, Money)
        and payable.minor >= minimum.minor
    )
    return lines(
        say(
            "🗓 This program pays out by itself. Next time: <b>{date}</b>.", date=language.day(due)
        ),
        say(
            "As things stand it will be <b>{amount}</b>, and what you earn until then.",
            amount=payable,
        )
        if is_enough
        else say(
            "You have <b>{payable}</b>. Pay-outs start at {minimum}; less is carried over to the "
            "next time.",
            payable=payable,
            minimum=minimum,
        ),
        None
        if facts.get("has_account")
        else say("❗️ Where should it go? Name the account before that day."),
    )


def _no_schedule(language: Language, _facts: Facts) -> Html:
    return language.say("This program pays out when you ask: /withdraw")


REFUSALS_OF_TERMS = {
    "terms_not_accepted": _not_accepted,
    "payouts_scheduled": _scheduled,
    "no_payout_schedule": _no_schedule,
}


def terms_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under these refusals; none for others."""
    say = language.say
    if refusal.code == "terms_not_accepted":
        press = TermsPress(action="show", program=str(refusal.facts["program"]))
        return ((Button(say("📜 Read and accept"), press),),)
    if refusal.code == "payouts_scheduled":
        label = (
            say("✏️ Another account")
            if refusal.facts.get("has_account")
            else say("🏦 Name the account")
        )
        return (
            (Button(label, Open(screen="payout_account")),),
            (Button(say("💰 Balance"), Open(screen="balance")),),
        )
    return ()
