"""The home of the words of refusals of what anybody has."""

from domain.errors import DomainError
from domain.money import Money
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import PrivacyCard
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def bad_quiet_hours(language: Language, _facts: Facts) -> Html:
    """Say how quiet hours are typed."""
    return language.say(
        "These cannot be quiet hours. Type two different times, such as {example}, or /cancel.",
        example="22:00–08:00",
    )


def unknown_zone(language: Language, facts: Facts) -> Html:
    """Say how a time zone is typed."""
    return language.say(
        "I do not know the time zone or city “{zone}”. Type the nearest big city or an offset "
        "from UTC, such as {example}, or /cancel.",
        zone=short(str(facts["zone"]), 60),
        example="+2",
    )


def last_admin_has_money(language: Language, facts: Facts) -> Html:
    """Say what to do with the money first: only what is open now."""
    say, amount = language.say, facts["amount"]
    if isinstance(amount, Money) and amount.minor < 0:
        return say(
            "You are the only admin, and the balance is {amount}. Let somebody else be admin "
            "(/team), or settle it with the vendor (/support); then you can leave.",
            amount=amount,
        )
    ways = facts["ways"] if isinstance(facts["ways"], frozenset) else frozenset()
    words = {
        "withdraw": say("• Withdraw it: /withdraw"),
        "convert": say("• Turn it into credit: /convert"),
        "come_back": say("• Accept the rules again, and withdraw it: /join"),
        "schedule": say("• The program pays it out by itself; wait for that: /balance"),
        "processing": say(
            "• A pay-out is being processed: when it has ended, or when you have taken it back, "
            "go on from there. /payouts"
        ),
        "team": say("• Let somebody else be admin: /team"),
    }
    return lines(
        say(
            "You are the only admin, and {amount} is still on the balance.",
            amount=amounts_left(language, facts["amounts"]),
        ),
        say("Before you can leave, do one of these:") if ways else None,
        *(words[way] for way in words if way in ways),
        say(
            "There is no way to this money now: ask the vendor (/support), or give it up and "
            "leave."
        )
        if facts["may_give_up"]
        else None,
        say("Please ask the vendor: /support") if not ways and not facts["may_give_up"] else None,
    )


def amounts_left(language: Language, amounts: object) -> str:
    """Return sums of several currencies, one after the other."""
    known = amounts if isinstance(amounts, tuple) else ()
    return ", ".join(language.money(amount) for amount in known)


def last_admin_has_team(language: Language, facts: Facts) -> Html:
    """Say that somebody else must be admin first."""
    return language.say_many(
        "You are the only admin, and your partner has {count} more member. Let somebody else be "
        "admin first: /team",
        "You are the only admin, and your partner has {count} more members. Let somebody else be "
        "admin first: /team",
        int(str(facts["count"])),
    )


WORDS_OF_PERSON = {
    "last_admin_has_money": last_admin_has_money,
    "last_admin_has_team": last_admin_has_team,
    "bad_quiet_hours": bad_quiet_hours,
    "unknown_zone": unknown_zone,
}


def person_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under a refusal to leave; none for others."""
    if refusal.code != "last_admin_has_money":
        return ()
    rows: Rows = ((Button(language.say("💬 Support"), Open(screen="support")),),)
    if refusal.facts["may_give_up"]:
        give_up = Button(
            language.say("🚪 Give it up and leave"), PrivacyCard(action="ask_give_up")
        )
        rows = (*rows, (give_up,))
    return rows
