"""The home of the question on which day the bank sent the money."""

from datetime import timedelta

from domain.usecases.payouts.paid_days import PaidDays
from handlers.ui.callbacks import PaidDay, PayoutCard
from handlers.ui.html import bold, lines
from handlers.ui.language import Language
from handlers.ui.payout_card import payout_card
from handlers.ui.screen import Button, Screen

DAYS_SHOWN = 4


def days_screen(language: Language, offer: PaidDays) -> Screen:
    """Return the card with the last days that are possible, and a way to type another one."""
    say, payout_id = language.say, offer.view.payout.id
    possible = min((offer.latest - offer.earliest).days + 1, DAYS_SHOWN)
    days = [offer.latest - timedelta(days=back) for back in range(possible)]
    words = {0: say("Today"), 1: say("Yesterday")}
    rows = [
        (
            Button(
                f"{words[back]}, {language.day(day)}" if back in words else language.day(day),
                PaidDay(payout_id=payout_id, day=day.isoformat()),
            ),
        )
        for back, day in enumerate(days)
    ]
    other = Button(say("✏️ Another date"), PayoutCard(action="other_day", payout_id=payout_id))
    back = Button(say("⬅️ Back"), PayoutCard(action="card", payout_id=payout_id))
    text = lines(
        payout_card(language, offer.view).text,
        "",
        bold(say("On which day did the bank send it?")),
        say(
            "Possible: from {earliest} to {latest}",
            earliest=language.day(offer.earliest),
            latest=language.day(offer.latest),
        ),
    )
    return Screen(text, (*rows, (other, back)))
