"""The home of the words of refusals that no one capability has: names, amounts, who joined."""

from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, short
from handlers.ui.language import Language
from handlers.ui.refusals_of_admin_chat import NOT_FOUND_WORDS
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _not_found(language: Language, facts: Facts) -> Html:
    for fact, words in NOT_FOUND_WORDS.items():
        if fact in facts:
            return words(language, facts)
    if "code" in facts:
        return language.say("No partner has the code <code>{code}</code>.", code=facts["code"])
    if "client" in facts:
        return language.say(
            "No client has the ID <code>{client}</code>. "
            "Use the ID from billing, or the one that begins with bot-.",
            client=facts["client"],
        )
    if "payment" in facts:
        return language.say(
            "No payment has the ID <code>{payment}</code>.", payment=facts["payment"]
        )
    if "audit" in facts:
        return language.say(
            "“{word}” is not a partner’s code, a known @name or Telegram ID, or a client’s ID.",
            word=short(str(facts["audit"]), 60),
        )
    if facts.get("event"):
        return language.say("No event has the ID <code>{event}</code>.", event=facts["event"])
    return language.say("Nothing was found under this name.")


def _not_a_partner(language: Language, _facts: Facts) -> Html:
    return language.say("You do not take part in a partner program yet. It takes two presses.")


def _by_application(language: Language, _facts: Facts) -> Html:
    return language.say("This program takes partners by application. Fill it in: /join")


def _bad_amount(language: Language, facts: Facts) -> Html:
    decimals = int(str(facts.get("decimals", 2)))
    if facts.get("problem") == "decimals" and decimals == 0:
        return language.say(
            "{currency} has no decimals. For example: 50", currency=facts["currency"]
        )
    if facts.get("problem") == "decimals":
        return language.say_many(
            "{currency} has at most {count} decimal. For example: 50",
            "{currency} has at most {count} decimals. For example: 50",
            decimals,
            currency=facts["currency"],
        )
    if facts.get("problem") == "too_large":
        return language.say(
            "“{text}” is too large an amount. Is a decimal point missing?",
            text=short(str(facts.get("text", "")), 40),
        )
    return language.say(
        "“{text}” is not an amount. Send digits, above zero, for example: 50 or 50.25",
        text=short(str(facts.get("text", "")), 40),
    )


def _bad_client_count(language: Language, facts: Facts) -> Html:
    return language.say(
        "“{text}” is not a number of clients. Give a whole number from 1 to {most}.",
        text=short(str(facts["text"]), 40),
        most=language.number(int(str(facts["most"]))),
    )


def _unknown_currency(language: Language, facts: Facts) -> Html:
    return language.say(
        "There is no currency “{currency}”. Use three letters, for example USD or EUR.",
        currency=short(str(facts.get("currency", "")), 10),
    )


def _invitation_void(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This invitation is used or expired. Ask the person who sent it for a new one."
    )


GENERAL_REFUSALS = {
    "not_found": _not_found,
    "not_a_partner": _not_a_partner,
    "joins_by_application": _by_application,
    "bad_amount": _bad_amount,
    "bad_client_count": _bad_client_count,
    "unknown_currency": _unknown_currency,
    "invitation_void": _invitation_void,
}


def general_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under these refusals; none for others."""
    if refusal.code == "not_a_partner":
        return ((Button(language.say("🤝 Become a partner"), Open(screen="join")),),)
    return ()
