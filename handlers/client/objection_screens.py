"""The home of what a client sees that says who really invited it."""

from domain.entities.claim import Claim
from handlers.ui.callbacks import ClientCard
from handlers.ui.claim_marks import number_of
from handlers.ui.html import bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 60


def objection_question(language: Language, inviter: str | None) -> Screen:
    """Return the question who it really was."""
    say = language.say
    text = lines(
        say("On record as having invited you: {name}", name=bold(short(inviter, NAME_LENGTH)))
        if inviter
        else say("Nobody is on record as having invited you."),
        say("Who was it really? Send a name, a link or a code in one message."),
        say("The vendor’s staff decide; the partner is not told that you asked."),
    )
    nobody = (Button(say("🚫 Nobody invited me"), ClientCard(action="nobody")),)
    leave = (Button(say("✖️ Cancel"), ClientCard(action="leave")),)
    return Screen(text, (nobody, leave) if inviter else (leave,))


def objection_opened(language: Language, question: Claim) -> Screen:
    """Return that staff have the question, and until when they answer."""
    text = lines(
        language.say(
            "📨 Your question is with the vendor’s staff, number {number}.",
            number=number_of(question.id),
        ),
        language.say(
            "They answer by {date}; you are told here.", date=language.date(question.due_at)
        ),
    )
    my_data = Button(language.say("🙋 My data"), ClientCard(action="my"))
    return Screen(text, ((my_data,),))
