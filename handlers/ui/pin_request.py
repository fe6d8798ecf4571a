"""The home of the request to a client: does this partner look after its account?"""

from domain.programs.model import Program
from handlers.ui.callbacks_pins import PinAnswer
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

NAME_LENGTH = 60
ACCOUNT_LENGTH = 40


def request_text(
    language: Language, *, partner: str, account: str, program: Program | None
) -> Html:
    """Return who asks, and what a yes and a no mean."""
    say = language.say
    return lines(
        say(
            "🤝 <b>{name}</b> says that it looks after your account {id}. Is that so?",
            name=short(partner, NAME_LENGTH),
            id=short(account, ACCOUNT_LENGTH),
        ),
        program.text(language.code).client_offer or None if program else None,
        "",
        say("If you confirm:"),
        say(
            "• {name} is your contact and earns a share of what you pay; your prices stay.",
            name=short(partner, NAME_LENGTH),
        ),
        say("• It sees your name, your client ID and what you pay."),
        say("• The vendor’s sales team does not contact you. You can end that any time: /my"),
        "",
        say(
            "If you say no, {name} is told so, and you are not asked for it again.",
            name=short(partner, NAME_LENGTH),
        ),
    )


def answer_rows(language: Language, pin_id: int, key: str) -> Rows:
    """Return the two answers."""
    yes = PinAnswer(action="yes", pin_id=pin_id, key=key)
    no = PinAnswer(action="no", pin_id=pin_id, key=key)
    return (
        (
            Button(language.say("✅ Yes, I confirm"), yes),
            Button(language.say("❌ No"), no),
        ),
    )
