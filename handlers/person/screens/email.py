"""The home of the screens of a person's e-mail address."""

from domain.entities.mail import CODE_DIGITS, EmailAddress
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_papers import EmailPress
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

ADDRESS_LENGTH = 80


def _back(language: Language) -> Rows:
    return ((Button(language.say("✖️ Cancel"), Open(screen="privacy")),),)


def address_question(language: Language) -> Screen:
    """Return the question for an address."""
    text = lines(
        language.say("✉️ <b>Your e-mail address</b>"),
        language.say("Send it as a message. A code will come there, to show that it is yours."),
    )
    return Screen(text, _back(language))


def code_question(language: Language, named: EmailAddress) -> Screen:
    """Return the question for the code."""
    text = lines(
        language.say(
            "📮 A code is on its way to {address}.", address=short(named.address, ADDRESS_LENGTH)
        ),
        language.say_many(
            "Send its {count} digit here.", "Send its {count} digits here.", CODE_DIGITS
        ),
        language.say("Nothing came? Look into spam, or name the address anew."),
    )
    again = (Button(language.say("✏️ Another address"), EmailPress(action="name")),)
    return Screen(text, (again, *_back(language)))


def confirmed_screen(language: Language, named: EmailAddress) -> Screen:
    """Return that the address is confirmed."""
    text = language.say("✅ {address} is confirmed.", address=short(named.address, ADDRESS_LENGTH))
    return Screen(text, ((Button(language.say("🔒 My privacy"), Open(screen="privacy")),),))
