"""The home of the help for what nothing waits for: it fits what was sent."""

from domain.entities.people import Caller
from handlers.fallback.guess import Guess, Meant
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.links import telegram_link
from handlers.ui.screen import Button, Screen


def not_understood_screen(
    language: Language, caller: Caller, guessed: Guess, username: str
) -> Screen:
    """Return help that fits what was sent, with a button that leads on."""
    say = language.say
    words, button = _help(language, caller, guessed, username)
    text = lines(
        say("I did not understand that.") if guessed.meant is Meant.WORDS else None,
        words,
        say("/menu shows everything, /help explains it."),
    )
    menu = Button(say("📋 Menu"), Open(screen="menu"))
    return Screen(text, ((button, menu),) if button else ((menu,),))


def _help(
    language: Language, caller: Caller, guessed: Guess, username: str
) -> tuple[Html | None, Button | None]:
    say = language.say
    match guessed.meant:
        case Meant.COMMAND:
            return _about_command(language, guessed.value), None
        case Meant.INVITATION:
            return (
                say("This is an invitation. Open it with the button."),
                Button(say("🎁 Open it"), url=telegram_link(username, guessed.value)),
            )
        case Meant.NUMBER if caller.is_partner_admin:
            return (
                say("A number? To withdraw money, send it after the command: /withdraw 100"),
                Button(say("💸 Withdraw"), Open(screen="withdraw")),
            )
        case Meant.EMAIL | Meant.PHONE | Meant.NUMBER | Meant.LINK if caller.membership is None:
            return _for_outsider(language, guessed.meant)
        case Meant.EMAIL | Meant.PHONE | Meant.LINK:
            return _for_member(language, guessed.meant)
        case Meant.NO_TEXT:
            return say("I read text and buttons only, and nothing waits for a file now."), None
        case _:
            return None, None


def _about_command(language: Language, likeliest: str) -> Html:
    if likeliest:
        return language.say("There is no such command. Did you mean /{name}?", name=likeliest)
    return language.say("There is no such command.")


def _for_outsider(language: Language, meant: Meant) -> tuple[Html, Button | None]:
    say = language.say
    if meant is Meant.PHONE:
        return (
            say(
                "A phone number counts only as your own contact: open the link of whoever "
                "invited you and press the button there."
            ),
            None,
        )
    if meant is Meant.LINK:
        return (
            say("This link is not one of ours. Ask for it again; it should contain /r/ or t.me."),
            None,
        )
    return (
        say("I ask for nothing now. Registered already? Your data is here: /my"),
        Button(say("🤝 Become a partner"), Open(screen="join")),
    )


def _for_member(language: Language, meant: Meant) -> tuple[Html, Button]:
    say = language.say
    if meant is Meant.LINK:
        return (
            say("Looking for your link? Here it is, with a QR code."),
            Button(say("🔗 My link"), Open(screen="link")),
        )
    return (
        say("Looking for a client? The list of referrals has everybody you brought."),
        Button(say("👥 Referrals"), Open(screen="referrals")),
    )
