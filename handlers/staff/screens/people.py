"""The home of what staff see of themselves."""

from collections.abc import Sequence

from domain.entities.people import StaffMember
from domain.rights import StaffRole, may_appoint
from domain.usecases.staff.invite import NewInvitation
from handlers.ui.callbacks import StaffCard
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.links import telegram_link
from handlers.ui.marks import role_name
from handlers.ui.screen import Button, Screen


def staff_screen(
    language: Language, members: Sequence[StaffMember], own_role: StaffRole | None
) -> Screen:
    """Return who works here, with invitations and the people that the reader may change."""
    say = language.say
    people = [
        lines(
            Html(f"{bold(short(member.name, 40))} — {role_name(language, member.role.value)}"),
        )
        for member in members
    ]
    invites = tuple(
        Button(
            say("➕ {role}", role=role_name(language, role.value)),
            StaffCard(action="invite", role=role.value),
        )
        for role in StaffRole
        if may_appoint(own_role, role)
    )
    cards = tuple(
        (
            Button(
                say("👤 {name}", name=short(member.name, 24)),
                StaffCard(action="card", person_id=member.person_id),
            ),
        )
        for member in members
        if member.joined_at is not None and may_appoint(own_role, member.role)
    )
    text = lines(
        say("👥 <b>Staff</b>"), *people, "", say("Invite somebody as:") if invites else None
    )
    return Screen(text, (invites[:2], invites[2:], *cards))


def invitation_screen(language: Language, invitation: NewInvitation, username: str) -> Screen:
    """Return the link of an invitation."""
    say = language.say
    url = telegram_link(username, f"s_{invitation.token}")
    text = lines(
        say(
            "✉️ Invitation as <b>{role}</b>. Send this link to one person:",
            role=role_name(language, invitation.role.value),
        ),
        code(url),
        say("It works once, until {at}.", at=invitation.expires_at),
    )
    return Screen(text, ((Button(say("📋 Copy the link"), copy=url),),))
