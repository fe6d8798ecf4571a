"""The home of the words of refusals of what anybody has."""

from domain.money import Money
from handlers.ui.html import Html, short
from handlers.ui.language import Language

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
    """Say what to do with the money first."""
    amount = facts["amount"]
    if isinstance(amount, Money) and amount.minor < 0:
        return language.say(
            "You are the only admin, and the balance is {amount}. Let somebody else be admin "
            "(/team), or settle it with the vendor (/support); then you can leave.",
            amount=amount,
        )
    return language.say(
        "You are the only admin, and {amount} is still on the balance. Withdraw it (/withdraw), "
        "turn it into credit (/convert) or let somebody else be admin (/team); then you can "
        "leave.",
        amount=amount,
    )


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
