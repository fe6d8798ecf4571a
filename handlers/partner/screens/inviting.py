"""The home of what a partner sees of inviting clients by e-mail."""

from domain.entities.client_invitation import (
    CLIENT_INVITATION_DAYS,
    ClientInvitation,
    InvitationStatus,
)
from domain.usecases.inviting.invite import OwnInvitations
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_inviting import InvitePress
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

LENGTH = 60


def invitations_screen(language: Language, own: OwnInvitations) -> Screen:
    """Return what was sent and what came of it, with the button for one more."""
    say = language.say
    text = lines(
        say("✉️ <b>Invitations by e-mail</b>"),
        say("The client gets a letter with your link and registers in two minutes."),
        "",
        *(_line(language, row, own) for row in own.rows),
    )
    back = tuple(
        (
            Button(
                say("✖️ Take back: {address}", address=short(row.address, 32)),
                InvitePress(action="revoke", id=row.id),
            ),
        )
        for row in own.rows
        if row.status(own.now) is InvitationStatus.SENT
    )
    new = (Button(say("➕ Invite a client"), InvitePress(action="new")),)
    return Screen(text, (new, *back, _menu(language)))


def _line(language: Language, row: ClientInvitation, own: OwnInvitations) -> Html:
    say, status = language.say, row.status(own.now)
    words = {
        InvitationStatus.SENT: say("🟡 sent, valid until {at}", at=row.expires_at),
        InvitationStatus.ACCEPTED: say("🟢 accepted"),
        InvitationStatus.REVOKED: say("⚪️ taken back or refused"),
        InvitationStatus.EXPIRED: say("⚪️ expired"),
    }
    return say(
        "• {date}, {who}: {status}",
        date=language.date(row.created_at),
        who=short(f"{row.name} {row.address}".strip() or "—", LENGTH),
        status=words[status],
    )


def invitee_question(language: Language) -> Screen:
    """Return the question whom to invite."""
    say = language.say
    text = lines(
        say("✉️ Whom do you want to invite? Send the e-mail address, and the name behind it:"),
        say("for example: {example}", example="anna@example.com Anna"),
        "",
        say("⚠️ Only invite who has agreed to it: a letter that nobody asked for is spam."),
    )
    return Screen(text, (_cancel(language),))


def confirm_question(language: Language, address: str, name: str) -> Screen:
    """Return the question before the e-mail is sent."""
    say = language.say
    text = lines(
        say("Send the invitation to {address}?", address=bold(short(address, 254))),
        say("Name: {name}", name=bold(short(name, LENGTH))) if name else None,
        language.say_many(
            "It is valid for {count} day, and says that it comes from you.",
            "It is valid for {count} days, and says that it comes from you.",
            CLIENT_INVITATION_DAYS,
        ),
        say("By sending it you say that this person has agreed to get it."),
    )
    yes = Button(say("✅ Yes, send"), InvitePress(action="send"))
    return Screen(text, ((yes,), _cancel(language)))


def sent_screen(language: Language, address: str) -> Screen:
    """Return that the invitation is on its way."""
    say = language.say
    text = lines(
        say("📨 The invitation to {address} is on its way.", address=bold(short(address, 254))),
        say("You are told when the client registers."),
    )
    rows: Rows = ((Button(say("✉️ Invitations"), Open(screen="invite")),), _menu(language))
    return Screen(text, rows)


def form_gone(language: Language) -> Screen:
    """Return that there is nothing to send any more."""
    return Screen(
        language.say("This was sent already, or the form was left."),
        ((Button(language.say("✉️ Invitations"), Open(screen="invite")),),),
    )


def _cancel(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✖️ Cancel"), Open(screen="invite")),)


def _menu(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("📋 Menu"), Open(screen="menu")),)
