"""The home of what a client is asked about a partner that named its account."""

from domain.entities.pin import Pin, PinStatus
from domain.programs.model import Program
from domain.usecases.clients.show_own import OwnData
from domain.usecases.pins.answer import PinRequest
from handlers.ui.callbacks import ClientCard, Open
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.pin_request import answer_rows, request_text
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 60


def request_screen(language: Language, request: PinRequest, program: Program | None) -> Screen:
    """Return the request."""
    text = request_text(
        language,
        partner=request.partner_name,
        account=request.pin.account_id,
        program=program,
    )
    return Screen(text, answer_rows(language, request.pin.id, request.key))


def contact_screen(language: Language) -> Screen:
    """Return the question for the client's own number, by which it is known."""
    say = language.say
    text = lines(
        say("📱 One more step: show that you are the client."),
        say(
            "Share your contact with the button below. Your answer counts if it is the number "
            "that the vendor knows of you."
        ),
    )
    return Screen(text, contact_button=str(say("📱 Share my contact")))


def answered_screen(language: Language, pin: Pin) -> Screen:
    """Return what came of the answer."""
    say = language.say
    if pin.status is PinStatus.ACTIVE:
        text = lines(
            say("✅ Confirmed. Thank you!"),
            say("To work with the vendor directly again, open /my."),
        )
    elif pin.answered_at is not None and pin.status is not PinStatus.REFUSED:
        text = say("✅ You said no. The vendor’s sales team can contact you as before.")
    else:
        text = say("✅ Your answer is kept. Nothing changes for you.")
    return Screen(text, removes_keyboard=True)


def direct_question(language: Language, data: OwnData) -> Screen:
    """Return what working with the vendor directly means, with the confirmation."""
    say = language.say
    if data.protector is None:
        back = Button(say("📋 Menu"), Open(screen="menu"))
        return Screen(say("The vendor may contact you directly already."), ((back,),))
    text = lines(
        say("🏢 <b>Work with the vendor directly?</b>"),
        say(
            "The vendor’s sales team may contact you again, and {name} is told so. Your account, "
            "prices and services stay as they are.",
            name=short(data.protector, NAME_LENGTH),
        ),
    )
    rows = (
        (
            Button(say("🏢 Yes, directly"), ClientCard(action="direct")),
            Button(say("⬅️ Back"), ClientCard(action="my")),
        ),
    )
    return Screen(text, rows)


def direct_screen(language: Language) -> Screen:
    """Return that the protection is over."""
    text = language.say("🏢 Done: the vendor may contact you directly, and your partner is told.")
    return Screen(text, ((Button(language.say("🙋 My data"), ClientCard(action="my")),),))
