"""The home of what clients see."""

from domain.usecases.clients.consent import Registered
from domain.usecases.clients.open_link import LinkOpening, OpenedLink
from domain.usecases.clients.show_own import OwnData
from handlers.ui.callbacks import ClientCard, Open
from handlers.ui.html import bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.own_data import own_data_text
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 60


def opened_screen(language: Language, opened: OpenedLink) -> Screen:
    """Return what somebody sees who opened a partner's link."""
    say = language.say
    if opened.partner is None or opened.program is None:
        text = lines(
            say(
                "This link is not valid: nobody has the code {code}.", code=code(opened.code[:64])
            ),
            say("Ask the person who sent it for a new one."),
        )
        return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))
    if opened.opening is LinkOpening.OWN_LINK:
        text = lines(
            say("This is your own link. Send it to others: it does not count for you."),
        )
        return Screen(text, ((Button(say("🔗 My link"), Open(screen="link")),),))
    if opened.opening is LinkOpening.ENDED:
        text = lines(
            say("This link is not in use any more: its owner has left the program."),
            say("Ask the person who sent it for a new one."),
        )
        return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))
    if opened.opening is LinkOpening.ALREADY_CLIENT:
        text = say("You are registered already, so this link changes nothing for you.")
        return Screen(text, ((Button(say("🙋 My data"), ClientCard(action="my")),),))
    return _invitation(language, opened)


def _invitation(language: Language, opened: OpenedLink) -> Screen:
    say = language.say
    name = short(opened.partner.name, NAME_LENGTH) if opened.partner else ""
    texts = opened.program.text(language.code) if opened.program else None
    text = lines(
        say("👋 <b>{name}</b> invites you.", name=name),
        texts.client_offer if texts and texts.client_offer else None,
        "",
        say("To register, share your contact with the button below."),
        say(
            "🔒 {name} and the vendor will see your name, phone number and what you pay. "
            "You can see and erase your data any time: /privacy",
            name=name,
        ),
        say("Another language: /language"),
    )
    return Screen(text, contact_button=str(say("📱 Register and share my contact")))


def foreign_contact_screen(language: Language) -> Screen:
    """Return that only one's own contact counts."""
    say = language.say
    return Screen(
        say("This is somebody else’s contact. Please use the button: it shares your own."),
        contact_button=str(say("📱 Register and share my contact")),
    )


def registered_screen(language: Language, result: Registered) -> Screen:
    """Return that the person is a client now."""
    say = language.say
    inviter = short(result.partner_name, NAME_LENGTH) if result.partner_name else None
    text = lines(
        say("✅ You are registered.") if result.is_new else say("✅ You are registered already."),
        say("Invited by: {name}", name=inviter) if inviter else None,
        say("Your client ID: {id}", id=code(result.client.shown_id)),
        say("Give this ID to the vendor if you are asked for it. /my shows it again."),
    )
    return Screen(text, removes_keyboard=True)


def own_data_screen(language: Language, data: OwnData) -> Screen:
    """Return everything that is stored about a person, with the way to erase it."""
    say = language.say
    erase = (Button(say("🗑 Erase my data as a client"), ClientCard(action="ask_erase")),)
    more = (
        Button(say("🔒 My privacy"), Open(screen="privacy")),
        Button(say("📋 Menu"), Open(screen="menu")),
    )
    wrong = say("🙅 This is not who invited me") if data.inviter else say("🙋 Somebody invited me")
    rows: Rows = ((Button(wrong, ClientCard(action="object")),), erase, more)
    if data.protector is not None:
        direct = Button(say("🏢 Work with the vendor directly"), ClientCard(action="ask_direct"))
        rows = ((direct,), *rows)
    return Screen(own_data_text(language, data), rows if data.client else (more,))


def own_partner_screen(language: Language, inviter: str | None) -> Screen:
    """Return who invited the client, with the ways to ask and to object."""
    say = language.say
    text = (
        say("Invited by: {name}", name=bold(short(inviter, NAME_LENGTH)))
        if inviter
        else say("Nobody is on record as having invited you.")
    )
    wrong = say("🙅 This is not who invited me") if inviter else say("🙋 Somebody invited me")
    rows: Rows = (
        (Button(say("💬 Support"), Open(screen="support")),),
        (Button(wrong, ClientCard(action="object")),),
        (
            Button(say("🙋 My data"), ClientCard(action="my")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def not_a_client_screen(language: Language) -> Screen:
    """Return that the person is no client."""
    say = language.say
    text = lines(
        say("You are not registered as a client here."),
        say("If somebody invited you, open that person’s link."),
    )
    return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))


def erase_question(language: Language) -> Screen:
    """Return the question before a client's data is erased."""
    say = language.say
    text = say(
        "Erase your name, phone, e-mail and the link to your Telegram? This cannot be undone. "
        "Your account with the vendor is not touched."
    )
    rows = (
        (
            Button(say("🗑 Yes, erase"), ClientCard(action="erase")),
            Button(say("⬅️ Back"), ClientCard(action="my")),
        ),
    )
    return Screen(text, rows)


def erased_screen(language: Language) -> Screen:
    """Return that a client's data is gone."""
    return Screen(language.say("🗑 Your data as a client is erased."))
