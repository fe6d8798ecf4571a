"""The home of the names of what notices are about."""

from domain.entities.people import Caller
from domain.entities.preferences import QuietHours, Topic
from handlers.ui.html import Html
from handlers.ui.language import Language


def topic_name(language: Language, topic: Topic) -> Html:
    """Return what a topic is called in the settings."""
    say = language.say
    names = {
        Topic.REGISTRATION: say("New referrals"),
        Topic.COMMISSION: say("Commissions"),
        Topic.TIER: say("Tiers"),
        Topic.PAYOUT: say("Pay-outs"),
        Topic.STATEMENT: say("Monthly statements"),
        Topic.REMINDER: say("Reminders"),
        Topic.NEWS: say("News"),
    }
    return names[topic]


def topics_for(caller: Caller) -> tuple[Topic, ...]:
    """Return what this person gets notices about (R35)."""
    if caller.is_partner_admin:
        return tuple(Topic)
    if caller.membership is not None:
        return (Topic.REGISTRATION, Topic.REMINDER, Topic.NEWS)
    return (Topic.REMINDER, Topic.NEWS)


def hours_text(quiet: QuietHours) -> str:
    """Return quiet hours such as ``22:00–08:00``."""
    start, end = (f"{at // 60:02}:{at % 60:02}" for at in (quiet.start, quiet.end))
    return f"{start}–{end}"
